"""Sort keys: the order of bytes is the order of values."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from nexus_runtime import sorting

SAFE = st.integers(-(2**53) + 1, 2**53 - 1)
NUMBERS = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**38) + 1, 10**38 - 1),
    st.integers(-130, 87),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def key(sort: str) -> bytes:
    """The sort key of an index entry, which an id follows."""
    return f"{sort}#01K00000000000000000000000".encode()


@given(SAFE, SAFE)
def test_integers_keep_their_order(one: int, other: int) -> None:
    first, second = sorting.integer(one), sorting.integer(other)
    assert len(first) == 17
    assert (key(first) < key(second)) == (one < other)
    assert (first == second) == (one == other)


@given(NUMBERS, NUMBERS)
@example(Decimal("-1.2"), Decimal("-1.25"))
@example(Decimal("1.2"), Decimal("1.25"))
@example(Decimal("1E-130"), Decimal("9.9E+125"))
@example(Decimal("-1E-130"), Decimal("-9.9E+125"))
@example(Decimal("-0"), Decimal("0.00"))
@example(Decimal("10"), Decimal("9.99"))
def test_numbers_keep_their_order(one: Decimal, other: Decimal) -> None:
    first, second = sorting.number(one), sorting.number(other)
    assert (key(first) < key(second)) == (one < other)
    assert (first == second) == (one == other)


@given(st.floats(allow_nan=False, allow_infinity=False), SAFE)
def test_a_number_has_one_key_whatever_python_type_it_comes_in(real: float, whole: int) -> None:
    assert sorting.number(real) == sorting.number(repr(real)) == sorting.number(Decimal(repr(real)))
    assert sorting.number(whole) == sorting.number(str(whole)) == sorting.number(Decimal(whole))


@given(TEXT, TEXT)
def test_text_keeps_its_order(one: str, other: str) -> None:
    assert (key(sorting.text(one)) < key(sorting.text(other))) == (one < other)


def test_unset_values_come_first() -> None:
    assert sorting.text(None) == sorting.integer(None) == sorting.number(None) == ""
    assert key("") < key(sorting.text("\0"))
    assert key("") < key(sorting.integer(-(2**53) + 1))
    assert key("") < key(sorting.number(Decimal("-9.99E+125")))
