"""Values as text whose byte order is the order of the values.

An unset value is the empty text, which sorts before every other.
"""

from __future__ import annotations

from decimal import Decimal

from nexus_runtime.keys import escape

_INTEGER_OFFSET = 10**16
_EXPONENT_OFFSET = 500
_NINES = str.maketrans("0123456789", "9876543210")


def text(value: str | None) -> str:
    """Strings by code point; dates and datetimes too, for they have a fixed width."""
    return "" if value is None else escape(value)


def integer(value: int | None) -> str:
    """Integers between -(10^16) and 10^16 - 1, as 17 digits."""
    return "" if value is None else f"{value + _INTEGER_OFFSET:017d}"


def number(value: int | float | str | Decimal | None) -> str:
    """Decimal numbers of DynamoDB's range: class of sign, exponent, digits.

    Negatives carry complemented digits and end in `~`, so that -1.25 sorts before -1.2.
    """
    if value is None:
        return ""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    sign, digits, _ = exact.as_tuple()
    mantissa = "".join(map(str, digits)).strip("0")
    if not mantissa:
        return "1"
    exponent = exact.adjusted()
    if sign:
        return f"0{_EXPONENT_OFFSET - exponent:03d}{mantissa.translate(_NINES)}~"
    return f"2{_EXPONENT_OFFSET + exponent:03d}{mantissa}"
