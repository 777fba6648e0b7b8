"""Checks of numbers: exact, bounded, and never through a binary float."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_runtime import attributes, bodies, checks
from nexus_runtime.problems import Errors

from .test_text_checks import code, run


def parsed(text: str) -> Any:
    """A JSON value as bodies read it."""
    return bodies._DECODER.decode(text)


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("-0", 0), ("1.0", 1), ("1e2", 100)])
def test_whole_json_numbers_are_integers(text: str, value: int) -> None:
    normal, errors = run(checks.integer(), parsed(text))
    assert (normal, type(normal), errors) == (value, int, [])


@pytest.mark.parametrize("text", ["1.5", '"1"', "true", "1e400", "1e999999", "[]"])
def test_what_is_no_integer(text: str) -> None:
    assert code(checks.integer(), parsed(text)) == "type"


def test_integers_are_bounded_by_what_json_readers_agree_on() -> None:
    assert code(checks.integer(), 2**53 - 1) is None
    assert code(checks.integer(), 2**53) == "maximum"
    assert code(checks.integer(), -(2**53)) == "minimum"
    assert code(checks.integer(minimum=1, maximum=5), 0) == "minimum"
    assert code(checks.integer(minimum=1, maximum=5), 6) == "maximum"


@pytest.mark.parametrize(
    ("text", "stored"),
    [("0.1", "0.1"), ("1.50", "1.5"), ("-0.0", "0"), ("1e20", "100000000000000000000"), ("7", "7")],
)
def test_numbers_are_stored_with_the_digits_that_were_sent(text: str, stored: str) -> None:
    normal, errors = run(checks.number(), parsed(text))
    assert errors == []
    assert attributes.number(normal) == {"N": stored}


@pytest.mark.parametrize(
    "text",
    [
        *("0.12345678901234567", "1e126", "1e-131", "1e999999999", "12345678901234567", "1e308"),
        *("0.1000000000000000055511151231257827", "9007199254740993", "5e-324"),
    ],
)
def test_numbers_that_a_double_or_dynamodb_would_change_are_refused(text: str) -> None:
    assert code(checks.number(), parsed(text)) == "precision"


@given(st.floats(-1e125, 1e125).filter(lambda value: value == 0 or abs(value) >= 1e-130))
def test_whatever_a_double_holds_is_taken_and_comes_back(value: float) -> None:
    normal, errors = run(checks.number(), parsed(json.dumps(value)))
    assert errors == []
    stored = attributes.number(normal)
    assert stored is not None
    assert json.loads(json.dumps(attributes.as_number(stored)), parse_int=float) == value


def test_numbers_keep_their_bounds_exactly() -> None:
    check = checks.number(minimum="0.1", maximum=1)
    assert code(check, parsed("0.1")) is None
    assert code(check, parsed("0.09999999999999")) == "minimum"
    assert code(check, parsed("1.00000000000001")) == "maximum"
    assert code(check, True) == "type"
    assert code(check, "0.5") == "type"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1, max_value=1))
def test_a_number_comes_back_as_it_was_sent(value: Decimal) -> None:
    normal, errors = run(checks.number(), value)
    if not errors:
        stored = attributes.number(normal)
        assert stored is not None
        read = attributes.as_number(stored)
        assert Decimal(json.dumps(read)) == value
        assert attributes.number(read) == stored


@pytest.mark.parametrize(
    ("text", "normal"),
    [("12.5", "12.50"), ("0", "0.00"), ("-0", "0.00"), ("007", "7.00"), ("12.500", "12.50")],
)
def test_decimals_have_their_scale(text: str, normal: str) -> None:
    assert run(checks.decimal(minimum="0", scale=2), text) == (normal, [])


@pytest.mark.parametrize("text", ["", "1,5", "1e5", ".5", "5.", "+1", " 1", "1\n", "NaN", "٥"])
def test_what_is_no_decimal(text: str) -> None:
    assert code(checks.decimal(), text) == "format"


def test_decimals_keep_scale_bounds_and_digits() -> None:
    check = checks.decimal(minimum="0", maximum="10", scale=2)
    assert code(check, "0.001") == "scale"
    assert code(check, "-0.01") == "minimum"
    assert code(check, "10.01") == "maximum"
    assert code(check, 5) == "type"
    assert code(checks.decimal(scale=0), "1" * 39) == "precision"
    assert code(checks.decimal(scale=2), "1" * 37) == "precision"
    assert run(checks.decimal(scale=2), "00" + "1" * 36)[1] == []
    assert code(checks.decimal(), "0" * 101) == "max_length"
    assert run(checks.decimal(scale=0), "1" * 38) == ("1" * 38, [])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**20))
def test_a_decimal_comes_back_exactly(value: Decimal) -> None:
    normal, errors = run(checks.decimal(scale=4), f"{value:f}")
    assert errors == [] or [e[1] for e in errors] == ["precision"]
    if not errors:
        stored = attributes.number(normal)
        assert stored is not None
        assert attributes.read_decimal({"x": stored}, "x", scale=4) == normal
        assert Decimal(normal) == value


def test_booleans() -> None:
    assert run(checks.boolean(), True) == (True, [])
    for value in (0, 1, "true", None):
        assert code(checks.boolean(), value) == "type"


def test_query_parameters_spell_numbers_and_truth() -> None:
    errors = Errors()
    assert checks.integer().read_query("-7", errors) == -7
    assert checks.boolean().read_query("true", errors) is True
    assert checks.boolean().read_query("false", errors) is False
    assert errors == []
    for text in ("1.5", "+1", "", "x", "٣", "1" * 17):
        assert checks.integer().read_query(text, errors) is None
    for text in ("True", "1", ""):
        assert checks.boolean().read_query(text, errors) is None
    assert len(errors) == 9
