"""Encoders, decoders and readers of DynamoDB attributes."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_runtime import attributes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


@given(JSON)
def test_free_json_comes_back_as_it_was(value: Any) -> None:
    stored = attributes.json(value)
    if value is None:
        assert stored is None
    else:
        assert stored is not None
        assert attributes.as_json(stored) == value
        assert attributes.read_json({"x": stored}, "x") == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (-7, "-7"),
        ("12.50", "12.5"),
        ("100", "100"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.00"), "0"),
        (0.1, "0.1"),
        (Decimal("1E-130"), "1E-130"),
        (Decimal("1.5E+30"), "1.5E+30"),
        ("9" * 38, "9" * 38),
        ("0." + "1" * 38, "0." + "1" * 38),
    ],
)
def test_a_number_has_one_text(value: Any, text: str) -> None:
    stored = attributes.number(value)
    assert stored is not None
    assert Decimal(stored["N"]) == Decimal(text)
    assert attributes.number(stored["N"]) == stored


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**100), max_value=10**100))
def test_equal_numbers_have_equal_texts_and_no_digit_is_lost(value: Decimal) -> None:
    text = attributes.canonical(value)
    assert Decimal(text) == value
    longer = Decimal((value.as_tuple().sign, (*value.as_tuple().digits, 0), _exponent(value) - 1))
    assert attributes.canonical(longer) == text


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def test_what_is_not_finite_is_no_number() -> None:
    for value in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(ValueError, match="finite"):
            attributes.number(Decimal(value))


def test_unset_fields_are_not_stored() -> None:
    item = {
        "a": attributes.string(None),
        "b": attributes.number(None),
        "c": attributes.boolean(None),
        "d": attributes.list_of(None, attributes.string),
        "e": attributes.map_of(None, attributes.string),
        "f": attributes.object(None, {}),
        "g": attributes.json(None),
        "h": attributes.boolean(False),
        "i": attributes.string(""),
    }
    assert attributes.present(item) == {"h": {"BOOL": False}, "i": {"S": ""}}


def test_an_absent_attribute_reads_as_its_default() -> None:
    element = attributes.as_string
    assert attributes.read_string({}, "x") is None
    assert attributes.read_string({}, "x", "d") == "d"
    assert attributes.read_integer({}, "x", 1) == 1
    assert attributes.read_number({}, "x", 0.5) == 0.5
    assert attributes.read_decimal({}, "x", "1.00", scale=2) == "1.00"
    assert attributes.read_boolean({}, "x", True) is True
    assert attributes.read_list({}, "x", element, []) == []
    assert attributes.read_map({}, "x", element, {}) == {}
    assert attributes.read_object({}, "x", element, {"a": 1}) == {"a": 1}
    assert attributes.read_json({}, "x", [1]) == [1]


def test_values_come_back_through_their_readers() -> None:
    cents = partial(attributes.as_decimal, scale=2)
    item = attributes.present(
        {
            "text": attributes.string("a"),
            "whole": attributes.number(3),
            "real": attributes.number(Decimal("0.25")),
            "price": attributes.number("3.50"),
            "flag": attributes.boolean(False),
            "list": attributes.list_of(["1.5", "2"], attributes.number),
            "map": attributes.map_of({"k": True}, attributes.boolean),
            "lists": attributes.list_of(
                [[1], []], partial(attributes.list_of, encode=attributes.number)
            ),
        }
    )
    assert attributes.read_string(item, "text") == "a"
    assert attributes.read_integer(item, "whole") == 3
    assert attributes.read_number(item, "real") == 0.25
    assert attributes.read_decimal(item, "price", scale=2) == "3.50"
    assert attributes.read_boolean(item, "flag") is False
    assert attributes.read_list(item, "list", cents) == ["1.50", "2.00"]
    assert attributes.read_map(item, "map", attributes.as_boolean) == {"k": True}
    inner = partial(attributes.as_list, decode=attributes.as_integer)
    assert attributes.read_list(item, "lists", inner) == [[1], []]
    assert attributes.as_integer({"N": "1E+2"}) == 100


def test_a_whole_number_reads_as_an_int() -> None:
    assert repr(attributes.as_number({"N": "2"})) == "2"
    assert repr(attributes.as_number({"N": "2.5"})) == "2.5"


def test_objects_leave_unset_members_out() -> None:
    fields: dict[str, attributes.Encoder] = {"a": attributes.string, "b": attributes.number}
    stored = attributes.object({"a": "x", "b": None}, fields)
    assert stored == {"M": {"a": {"S": "x"}}}
