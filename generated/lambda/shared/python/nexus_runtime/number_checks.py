"""Checks of numbers and truth values. No number passes through a binary float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from nexus_runtime.attributes import canonical
from nexus_runtime.checking import Check, wrong_type
from nexus_runtime.problems import Errors

MAX_SAFE_INTEGER = 2**53 - 1
"""Largest integer that JSON readers agree on (RFC 8259, section 6)."""

MAX_DECIMAL_DIGITS = 38
"""Significant digits of a DynamoDB number."""

MIN_EXPONENT, MAX_EXPONENT = -130, 125
"""Range of a DynamoDB number: 1E-130 to 9.99E+125."""

_INTEGER = re.compile(r"-?[0-9]{1,16}")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

MAX_DECIMAL_LENGTH = 100
"""Characters of a decimal number, zeros at its ends included."""


class _Integer(Check):
    __slots__ = ("_max", "_min")

    def __init__(self, minimum: int, maximum: int) -> None:
        self._min = minimum
        self._max = maximum

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        whole = _whole_number(value)
        if whole is None:
            return wrong_type("a whole number", pointer, errors)
        if whole < self._min:
            return errors.add(pointer, "minimum", f"The number is less than {self._min}.")
        if whole > self._max:
            return errors.add(pointer, "maximum", f"The number is greater than {self._max}.")
        return whole

    def read_query(self, text: str, errors: Errors) -> Any:
        if not _INTEGER.fullmatch(text):
            return wrong_type("a whole number", "", errors)
        return self(int(text), "", errors)


def _whole_number(value: Any) -> int | None:
    """The value of a JSON number that is whole; 1.0 and 1e2 are (JSON Schema, `integer`)."""
    if type(value) is int:
        return value
    if not isinstance(value, Decimal) or value.adjusted() > 20:
        return None
    whole = int(value)
    return whole if whole == value else None


class _Number(Check):
    __slots__ = ("_max", "_min")

    def __init__(self, minimum: str | int | None, maximum: str | int | None) -> None:
        self._min = None if minimum is None else Decimal(minimum)
        self._max = None if maximum is None else Decimal(maximum)

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        """A float is a stored number beside which a patch was merged; no body parses to one."""
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return wrong_type("a number", pointer, errors)
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not _is_in_range(exact) or not is_double(exact):
            detail = "The number is out of range, or has more digits than a double carries."
            return errors.add(pointer, "precision", detail)
        if not is_within(exact, self._min, self._max, pointer, errors):
            return None
        return Decimal(canonical(exact))


class _Decimal(Check):
    __slots__ = ("_max", "_min", "_scale")

    def __init__(self, minimum: str | int | None, maximum: str | int | None, scale: int) -> None:
        self._min = None if minimum is None else Decimal(minimum)
        self._max = None if maximum is None else Decimal(maximum)
        self._scale = scale

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, str):
            return wrong_type("a decimal number in a string", pointer, errors)
        if len(value) > MAX_DECIMAL_LENGTH:
            detail = f"The text has more than {MAX_DECIMAL_LENGTH} characters."
            return errors.add(pointer, "max_length", detail)
        if not _DECIMAL.fullmatch(value):
            return errors.add(pointer, "format", 'The text is not a decimal number like "12.50".')
        whole, _, fraction = value.partition(".")
        if len(fraction.rstrip("0")) > self._scale:
            detail = f"The number has more than {self._scale} decimal places."
            return errors.add(pointer, "scale", detail)
        digits = MAX_DECIMAL_DIGITS - self._scale
        if len(whole.lstrip("-0")) > digits:
            detail = f"The number has more than {digits} digits before the point."
            return errors.add(pointer, "precision", detail)
        exact = Decimal(value)
        if not is_within(exact, self._min, self._max, pointer, errors):
            return None
        return f"{exact.copy_abs() if exact.is_zero() else exact:.{self._scale}f}"


def _is_in_range(value: Decimal) -> bool:
    return value.is_zero() or MIN_EXPONENT <= value.adjusted() <= MAX_EXPONENT


def is_double(value: Decimal) -> bool:
    """Whether a double carries a number unchanged, so that every JSON reader finds the same."""
    return Decimal(repr(float(value))) == value


def is_within(
    value: Decimal, least: Decimal | None, most: Decimal | None, pointer: str, errors: Errors
) -> bool:
    """Whether a number keeps its bounds; an error is noted where not."""
    if least is not None and value < least:
        errors.add(pointer, "minimum", f"The number is less than {least}.")
        return False
    if most is not None and value > most:
        errors.add(pointer, "maximum", f"The number is greater than {most}.")
        return False
    return True


class _Boolean(Check):
    __slots__ = ()

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, bool):
            return wrong_type("true or false", pointer, errors)
        return value

    def read_query(self, text: str, errors: Errors) -> Any:
        if text not in ("true", "false"):
            return wrong_type("true or false", "", errors)
        return text == "true"


def integer(*, minimum: int = -MAX_SAFE_INTEGER, maximum: int = MAX_SAFE_INTEGER) -> Check:
    """A whole number."""
    return _Integer(minimum, maximum)


def number(*, minimum: str | int | None = None, maximum: str | int | None = None) -> Check:
    """A number that a double carries unchanged, as Decimal."""
    return _Number(minimum, maximum)


def decimal(
    *, minimum: str | int | None = None, maximum: str | int | None = None, scale: int = 2
) -> Check:
    """A decimal number in a string, with exactly `scale` decimal places in its normal form."""
    return _Decimal(minimum, maximum, scale)


def boolean() -> Check:
    """true or false."""
    return _Boolean()
