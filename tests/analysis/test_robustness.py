"""Rules look at anything without failing, whatever the schemas let through one day."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from nexus_gen.analysis.lower import lower_subject
from nexus_gen.analysis.rules import RULES
from nexus_gen.frontend import Document, load
from tests.sizes import examples

DOCUMENTS = load(Path(__file__).parents[2])

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(["", "owner", "Course", "title", "created_by", "string", "list", "(a+)+", "1"]),
    st.text(max_size=5),
)
_JUNK = st.recursive(
    _SCALARS,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "of", "to", "match", "a", "1"]), inside, max_size=3
        )
    ),
    max_leaves=5,
)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in plain data but the whole."""
    found: list[tuple[str | int, ...]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inside in items:
        found.append((*path, key))
        if isinstance(inside, (dict, list)):
            found.extend(_paths(inside, (*path, key)))
    return found


PLACES = [(number, path) for number, d in enumerate(DOCUMENTS) for path in _paths(d.data)]
VALUES = next(place for place in PLACES if place[1][-1] == "values")


def _replaced(document: Document, path: tuple[str | int, ...], junk: Any) -> Document:
    data = _with(document.data, path, junk)
    return Document(document.kind, document.file, data, document.source, document.lines)


def _with(value: Any, path: tuple[str | int, ...], junk: Any) -> Any:
    """The value with another one at a path; nothing is changed in place."""
    if not path:
        return junk
    changed = copy.copy(value)
    changed[path[0]] = _with(value[path[0]], path[1:], junk)
    return changed


@examples(ci=250, soak=10_000)
@given(st.sampled_from(PLACES), _JUNK)
@example(VALUES, True)
@example(VALUES, 2.5)
def test_no_rule_fails_on_junk(place: tuple[int, tuple[str | int, ...]], junk: Any) -> None:
    number, path = place
    documents = list(DOCUMENTS)
    documents[number] = _replaced(documents[number], path, junk)
    subject = lower_subject(documents)
    for rule in RULES:
        for problem in rule(subject):
            assert problem.message
            assert problem.span is not None


def test_no_rule_needs_a_document() -> None:
    subject = lower_subject([])
    assert [problem.code for rule in RULES for problem in rule(subject)] == ["NX207"]
