"""A default is judged as the runtime judges a client's value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.analysis.lower_fields import constraints
from nexus_gen.analysis.values import refusal
from nexus_gen.diagnostics import Span
from nexus_gen.model import FIELD_TYPES, Field, Name
from nexus_runtime import checks
from nexus_runtime.checking import Check
from nexus_runtime.problems import Errors
from tests.sizes import examples

_SPAN = Span("spec/verticals/education.yaml", 1, 1, 2)


def _field(kind: str, **raw: Any) -> Field:
    type_ = FIELD_TYPES[kind]
    of = raw.pop("of", None)
    fields = raw.pop("fields", ())
    return Field(Name("a"), type_, _SPAN, constraints=constraints(type_, raw), of=of, fields=fields)


def _accepts(check: Check, value: Any) -> bool:
    """Whether the runtime takes a value, whose numbers it parses as decimals."""
    errors = Errors()
    check(Decimal(str(value)) if isinstance(value, float) else value, "", errors)
    return len(errors) == 0


FIELDS: dict[str, tuple[Field, Check]] = {
    "string": (
        _field("string", min_length=2, max_length=5, pattern="^[a-z]+$"),
        checks.string(min_length=2, max_length=5, pattern="^[a-z]+$"),
    ),
    "text": (_field("text", pattern="^a.[.$]?$"), checks.text(pattern="^a.[.$]?$")),
    "slug": (_field("slug"), checks.slug()),
    "email": (_field("email"), checks.email()),
    "url": (_field("url"), checks.url()),
    "uuid": (_field("uuid"), checks.uuid()),
    "integer": (_field("integer", minimum=-3, maximum=9), checks.integer(minimum=-3, maximum=9)),
    "number": (_field("number", minimum=0), checks.number(minimum="0")),
    "decimal": (
        _field("decimal", minimum="-1", maximum="10", scale=2),
        checks.decimal(minimum="-1", maximum="10", scale=2),
    ),
    "boolean": (_field("boolean"), checks.boolean()),
    "date": (_field("date"), checks.date()),
    "datetime": (_field("datetime"), checks.datetime()),
    "duration": (_field("duration"), checks.duration()),
    "enum": (_field("enum", values=["low", "high"]), checks.enum("low", "high")),
    "list": (
        _field("list", of=_field("slug"), min_items=1, max_items=2),
        checks.list_of(checks.slug(), min_items=1, max_items=2),
    ),
    "map": (
        _field("map", of=_field("integer"), max_items=2),
        checks.map_of(checks.integer(), max_items=2),
    ),
    "object": (
        _field(
            "object",
            fields=(
                Field(Name("a"), FIELD_TYPES["boolean"], _SPAN, required=True),
                Field(Name("b"), FIELD_TYPES["date"], _SPAN),
            ),
        ),
        checks.object_of({"a": checks.boolean(), "b": checks.date()}, required=("a",)),
    ),
    "json": (
        _field("json", max_bytes=20, max_depth=2),
        checks.json_value(max_bytes=20, max_depth=2),
    ),
}

VALUES: tuple[Any, ...] = (
    *("ab\0", "ab\x7f", "ab\x85", "a\t", "a\r", "a\v", "\ufeffab", {"a\0": 1}, {"a\n": 1}, ["\0"]),
    *(1e300, 1e126, 1e-131, 5e-324, 0.1 + 0.2, 2**53 + 1, [2**53], {"a": 1e17}, "007", "1" * 101),
    *("1" * 36, "1" * 37, "-" + "0" * 50 + "1", "P1DT1H5S", "P1D1H", "P1DT", "PT1H5S", "PT5S1H"),
    *("", "a", "ab", "abcdef", "abc\n", "Ab", "a\u2028", "a-b", "a--b", "-a", "low", "medium"),
    *("a@b", "a@b.io", "A@B.io", "a b@c.io", "a@b..io", "@b.io", f"{'a' * 65}@b.io", "a@-b.io"),
    *("http://a", "https://a.io/x?y#z", "https://a.io/ü", "https://", "ftp://a", "https://u@a.io"),
    *("http://a:99999", "http://a b", "https://a.io/%zz"),
    "123e4567-e89b-12d3-a456-426614174000",
    "123e4567e89b12d3a456426614174000",
    *(0, 1, -3, -4, 9, 10, 2**53, 0.5, 1e20, 0.1234567890123456, True, False, None),
    *("0", "1.005", "1.50", "1.500", "-1", "-1.01", "10", "1e3", "+1", ".5", "1.", "9" * 40),
    *("2026-11-23", "2026-02-29", "2026-1-1", "20261123", "2026-11-23T09:30:00Z"),
    *("2026-11-23T09:30:00", "2026-11-23t09:30:00.5+02:00", "2026-11-23T25:00:00Z"),
    *("2026-11-23T09:30:00.1234567891Z", "2026-11-23T09:30:00+25:00", "2026-11-23 09:30:00Z"),
    *("P", "PT", "P1D", "PT1H30M", "P1Y", "P2W", "P2W1D", "PT0S", "pt1h"),
    *([], ["a"], ["a", "b"], ["a", "b", "c"], ["A"], [1], [[[]]], [["a"]]),
    *({}, {"a": 1}, {"a": True}, {"a": True, "b": "2026-11-23"}, {"a": True, "b": "x"}),
    *({"b": "2026-11-23"}, {"a": True, "c": 1}, {"x": 1, "y": 2, "z": 3}, {"x": "1"}, {"": 1}),
    *({"a" * 300: 1}, "x" * 30, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_defaults_are_refused_as_values_are(kind: str) -> None:
    field, check = FIELDS[kind]
    judged = {repr(value): refusal(field, value) is None for value in VALUES if value is not None}
    expected = {repr(value): _accepts(check, value) for value in VALUES if value is not None}
    assert {
        key: (judged[key], expected[key]) for key in judged if judged[key] != expected[key]
    } == {}
    assert True in judged.values()
    assert False in judged.values()


def test_no_id_is_known_when_a_spec_is_compiled() -> None:
    assert refusal(_field("ref"), "01ARZ3NDEKTSV4RRFFQ69G5FAV")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside),
    max_leaves=6,
)


@examples(ci=200, soak=10_000)
@given(st.sampled_from(sorted(FIELDS)), _JSON)
def test_any_value_gets_an_answer(kind: str, value: Any) -> None:
    found = refusal(FIELDS[kind][0], value)
    assert found is None or found
