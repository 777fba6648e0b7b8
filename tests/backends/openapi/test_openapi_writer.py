"""What the writer writes, a parser reads as it was."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.backends.openapi.writer import Joined, Number, Shared, dump
from tests.backends.random_specs import HOSTILE
from tests.sizes import examples

_WORDS = st.one_of(
    HOSTILE,
    st.text("abcnNyYoOfF~=<>!&*?|-:#,[]{}'\"% \n.0123456789eE+x_", max_size=20),
    st.sampled_from(
        ["no", "Off", "NULL", "~", "1_000", "0x1f", "2026-01-31", "1e3", "=", "<<", ""]
    ),
)
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    _WORDS,
)
_data = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_WORDS, inner, max_size=4)
    ),
    max_leaves=20,
)


@examples(ci=200, soak=10_000)
@given(st.dictionaries(_WORDS, _data, max_size=5))
def test_data_comes_back_as_it_was(mapping: dict[str, Any]) -> None:
    assert yaml.load(dump(mapping), Loader=yaml.CSafeLoader) == (mapping or None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain words, here", "key: plain words, here\n"),
        ("200", 'key: "200"\n'),
        ("no", 'key: "no"\n'),
        ("a: b", 'key: "a: b"\n'),
        ("first\n\n- second", "key: |-\n  first\n\n  - second\n"),
        ("first \nsecond", 'key: "first \\nsecond"\n'),
        (Number("0.10"), "key: 0.10\n"),
        (["a", None, 1], "key: [a, null, 1]\n"),
        ([{"a": 1, "b": 2}], "key:\n  - a: 1\n    b: 2\n"),
        ({}, "key: {}\n"),
        ([], "key: []\n"),
    ],
)
def test_text_is_as_plain_as_it_may_be(value: Any, expected: str) -> None:
    assert dump({"key": value}) == expected


def test_a_list_that_does_not_fit_takes_a_line_each() -> None:
    words = [f"{letter * 30}" for letter in "abcd"]
    assert dump({"key": words}).splitlines() == ["key:", *(f"  - {word}" for word in words)]


def test_shared_mappings_look_as_if_they_were_not() -> None:
    shared = Shared({"a": {"b": 1}, "c": [1]})
    plain = {"a": {"b": 1}, "c": [1]}
    assert dump({"x": shared, "y": {"z": shared}}) == dump({"x": plain, "y": {"z": plain}})
    assert dump({"x": Joined({"0": 1}, shared)}) == dump({"x": {"0": 1, **plain}})
    assert dump({"x": [shared, shared]}) == dump({"x": [plain, plain]})
