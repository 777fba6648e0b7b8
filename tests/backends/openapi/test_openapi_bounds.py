"""What the document states of a value is what the runtime takes, neither more nor less."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from nexus_gen.backends.openapi import decimals, schemas
from nexus_gen.model.field_types import DURATION, LINE, TEXT
from nexus_runtime import checks
from nexus_runtime.problems import Errors


def takes(check: checks.Check, value: Any) -> bool:
    """Whether the runtime takes a value."""
    errors = Errors()
    check(value, "", errors)
    return not errors


@st.composite
def bounded(draw: st.DrawFn) -> tuple[int, str | None, str | None, str]:
    """A scale, bounds, and a text near them or anywhere."""
    scale = draw(st.integers(0, 4))
    numbers = st.decimals(-1200, 1200, places=draw(st.integers(0, 5)))
    low, high = sorted([draw(numbers), draw(numbers)])
    minimum = draw(st.sampled_from([None, "0", f"{low:f}"]))
    maximum = draw(st.sampled_from([None, f"{max(high, Decimal(minimum or high)):f}"]))
    step = Decimal(1).scaleb(-scale)
    near = st.sampled_from([low, high, Decimal(0)]).flatmap(
        lambda bound: st.integers(-11, 11).map(lambda steps: f"{bound + steps * step:f}")
    )
    text = draw(near | numbers.map("{:f}".format) | st.from_regex(r"-?[0-9]+(\.[0-9]+)?"))
    zeros = draw(st.sampled_from(["", "0", "000"]))
    if draw(st.booleans()):
        text = re.sub(r"^(-?)", rf"\g<1>{zeros}", text)
    elif "." in text:
        text += zeros
    return scale, minimum, maximum, text


@settings(max_examples=1500, deadline=None)
@given(bounded())
def test_decimals_are_bounded_by_expressions(case: tuple[int, str | None, str | None, str]) -> None:
    scale, minimum, maximum, text = case
    stated = [re.compile(part) for part in decimals.patterns(scale, minimum, maximum)]
    fits = len(text) <= decimals.MAX_LENGTH and all(part.fullmatch(text) for part in stated)
    assert fits == takes(checks.decimal(scale=scale, minimum=minimum, maximum=maximum), text)


@pytest.mark.parametrize(
    ("scale", "minimum", "maximum", "text"),
    [
        (2, "0", None, "-0.00"),
        (2, None, "0", "0.01"),
        (0, "-5", "-1", "-0"),
        (2, "0.005", None, "0.01"),
        (2, None, "9.999", "9.99"),
        (0, None, "1e40", "9" * 38),
        (37, "0.5", "1", "0.5" + "0" * 60),
        (2, "99", None, "100"),
        (2, "10", None, "9.99"),
        (2, f"-1{'0' * 33}.99", None, f"-1{'0' * 33}.99"),
        (2, None, f"-1{'0' * 33}.99", f"-1{'0' * 33}.98"),
    ],
)
def test_decimals_at_the_edges(
    scale: int, minimum: str | None, maximum: str | None, text: str
) -> None:
    stated = decimals.patterns(scale, minimum, maximum)
    fits = all(re.fullmatch(part, text) for part in stated)
    assert fits == takes(checks.decimal(scale=scale, minimum=minimum, maximum=maximum), text)


@given(st.text(st.characters(max_codepoint=0x2100) | st.sampled_from("\0\t\r\n\x7f\x85\u2028")))
def test_lines_and_texts_are_bounded_by_expressions(text: str) -> None:
    assert bool(re.fullmatch(LINE, text)) == takes(checks.string(), text)
    assert bool(re.fullmatch(TEXT, text)) == takes(checks.text(), text)


@given(st.text("PTDHMSW019", max_size=8) | st.from_regex(DURATION))
def test_durations_are_what_their_expression_says(text: str) -> None:
    stated = text[-1:] != "\n" and len(text) <= 64 and bool(re.fullmatch(DURATION, text))
    assert stated == takes(checks.duration(), text)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**54), 2**54)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("a\0\n", max_size=2),
    lambda inside: (
        st.lists(inside, max_size=2)
        | st.dictionaries(st.text("a\0\n", max_size=2), inside, max_size=2)
    ),
    max_leaves=6,
)


@settings(max_examples=500, deadline=None)
@given(JSON)
def test_free_json_is_bounded_by_a_schema_for_each_level(value: Any) -> None:
    root = {"$ref": "#/components/schemas/Json.2"}
    components = {"components": {"schemas": schemas.json_schemas(2)}}
    stated = Draft202012Validator({**root, **components}).is_valid(value)
    assert stated == takes(checks.json_value(max_depth=2), _parsed(value))


def _parsed(value: Any) -> Any:
    """As bodies are: numbers with a fraction are decimals."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return [_parsed(item) for item in value]
    if isinstance(value, dict):
        return {name: _parsed(item) for name, item in value.items()}
    return value
