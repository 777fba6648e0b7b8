"""Bounds of a decimal number that travels as text, as one regular expression for each.

A magnitude is written with any zeros before it and after its decimal places, as the runtime takes
it (`nexus_runtime.number_checks`): `007`, `12.500` with two places.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from nexus_gen.model.field_types import MAX_DECIMAL_DIGITS

MAX_LENGTH = 100
"""Characters of a decimal number (`nexus_runtime.number_checks`)."""

_DIGIT = "[0-9]"
_ZERO = r"0+(\.0+)?"


def patterns(scale: int, minimum: str | None, maximum: str | None) -> list[str]:
    """Expressions that all have to match: one, or two where there are both bounds."""
    numbers = _Numbers(scale)
    found = []
    if minimum is not None:
        found.append(f"^({numbers.at_least(minimum)})$")
    if maximum is not None:
        found.append(f"^({numbers.at_most(maximum)})$")
    return found or [f"^-?{numbers.any}$"]


class _Numbers:
    """Expressions for numbers with `scale` decimal places."""

    def __init__(self, scale: int) -> None:
        self._scale = scale
        self._whole = MAX_DECIMAL_DIGITS - scale
        self._fraction = rf"(\.{_DIGIT}{{1,{scale}}}0*)?" if scale else r"(\.0+)?"
        self.any = f"0*{_DIGIT}{{1,{self._whole}}}{self._fraction}"

    def at_least(self, bound: str) -> str:
        least = Decimal(bound)
        if least > 0:
            return self._no_less(*self._parts(least, ROUND_CEILING))
        below = _ZERO if least == 0 else self._no_more(*self._parts(least.copy_abs(), ROUND_FLOOR))
        return f"{self.any}|-{below}"

    def at_most(self, bound: str) -> str:
        most = Decimal(bound)
        if most < 0:
            return f"-{self._no_less(*self._parts(most.copy_abs(), ROUND_CEILING))}"
        above = _ZERO if most == 0 else self._no_more(*self._parts(most, ROUND_FLOOR))
        return f"-{self.any}|{above}"

    def _parts(self, bound: Decimal, rounding: str) -> tuple[str, str]:
        """Digits before and after the point of a bound that has this scale."""
        with localcontext(prec=500):
            exact = bound.quantize(Decimal(1).scaleb(-self._scale), rounding=rounding)
        whole, _, fraction = f"{exact:f}".partition(".")
        return whole, fraction

    def _no_more(self, whole: str, fraction: str) -> str:
        """Magnitudes up to one."""
        size = len(whole)
        if size > self._whole:
            return self.any
        smaller = [f"{_DIGIT}{{1,{size - 1}}}{self._fraction}"] if size > 1 else []
        for at, digit in enumerate(whole):
            if digit > "0":
                rest = _digits(size - at - 1)
                smaller.append(f"{whole[:at]}[0-{int(digit) - 1}]{rest}{self._fraction}")
        places = [f"{fraction[: at + 1]}0*" for at in range(len(fraction))]
        for at, digit in enumerate(fraction):
            if digit > "0":
                rest = f"{_DIGIT}{{0,{len(fraction) - at - 1}}}"
                places.append(f"{fraction[:at]}[0-{int(digit) - 1}]{rest}0*")
        end = rf"(\.{_either(places)})?" if places else self._fraction
        return f"0*{_either([*smaller, whole + end])}"

    def _no_less(self, whole: str, fraction: str) -> str:
        """Magnitudes from one on."""
        size = len(whole)
        larger = []
        if size < self._whole:
            larger.append(f"[1-9]{_DIGIT}{{{size},{self._whole - 1}}}{self._fraction}")
        for at, digit in enumerate(whole):
            if digit < "9":
                rest = _digits(size - at - 1)
                larger.append(f"{whole[:at]}[{int(digit) + 1}-9]{rest}{self._fraction}")
        needed = fraction.rstrip("0")
        places = [f"{needed}{_DIGIT}{{0,{len(fraction) - len(needed)}}}0*"]
        for at, digit in enumerate(needed):
            if digit < "9":
                rest = f"{_DIGIT}{{0,{len(fraction) - at - 1}}}"
                places.append(f"{needed[:at]}[{int(digit) + 1}-9]{rest}0*")
        end = rf"\.{_either(places)}" if needed else self._fraction
        return f"0*{_either([*larger, whole + end])}"


def _digits(count: int) -> str:
    return f"{_DIGIT}{{{count}}}" if count else ""


def _either(parts: Iterable[str]) -> str:
    return f"({'|'.join(parts)})"
