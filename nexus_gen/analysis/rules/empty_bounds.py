"""NX242: bounds in the right order that leave no value all the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from re import _constants as op  # type: ignore[attr-defined]  # sre's tree has no public module
from re import _parser as sre  # type: ignore[attr-defined]

from nexus_gen.analysis.portable_patterns import is_sound
from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Constraints
from nexus_gen.model.field_types import MAX_DECIMAL_DIGITS, MAX_EXPONENT, MIN_EXPONENT

_SHORTEST_URL = "http://a"
_LEAST = Decimal(1).scaleb(MIN_EXPONENT)


def bounds_without_a_value(subject: Subject) -> Iterator[Diagnostic]:
    """Fields that no value of their type fits; those whose bounds contradict each other aside."""
    for source in subject.fields("max_length"):
        most = source.field.constraints.max_length
        if source.field.type.name == "url" and most is not None and most < len(_SHORTEST_URL):
            shortest = f"the shortest URL, `{_SHORTEST_URL}`, has {len(_SHORTEST_URL)} characters"
            yield _report(
                source, shortest, ("max_length",), f"give it {len(_SHORTEST_URL)} at least"
            )
    for source in subject.fields("pattern"):
        if why := _pattern_refusal(source.field.constraints):
            yield _report(
                source, why, ("pattern", "max_length", "min_length"), "change one of them"
            )
    for source in _bounded(subject):
        name, bounds = source.field.type.name, source.field.constraints
        low, high = _exact(bounds.minimum), _exact(bounds.maximum)
        if low is not None and high is not None and low > high:
            continue
        if name == "decimal" and not _has_decimal(low, high, bounds.scale or 0):
            digits = f"{MAX_DECIMAL_DIGITS} digits, {bounds.scale} of them after the point"
            why = f"between its bounds lies no number of {digits}"
            yield _report(source, why, ("minimum", "maximum", "scale"), "change one of them")
        elif name == "number" and not _has_number(low, high):
            why = "between its bounds lies no number that a double and DynamoDB both hold"
            yield _report(source, why, ("minimum", "maximum"), "change a bound")


def _report(source: FieldSource, why: str, keys: Sequence[str], help: str) -> Diagnostic:
    stated = [key for key in keys if key in source.raw]
    return Diagnostic(
        "NX242",
        f"no value fits `{source.label}`: {why}",
        (source.place / stated[0]).span,
        note="leaves no value",
        labels=tuple(Label((source.place / key).span, f"`{key}`") for key in stated[1:]),
        help=help,
    )


def _bounded(subject: Subject) -> Iterator[FieldSource]:
    yield from subject.fields("minimum")
    for source in subject.fields("maximum"):
        if "minimum" not in source.raw:
            yield source


def _exact(bound: object) -> Decimal | None:
    return None if bound is None else Decimal(str(bound))


def _pattern_refusal(bounds: Constraints) -> str | None:
    """Why no text has a length that a pattern takes; None where one has, or nobody can tell."""
    if bounds.pattern is None or not is_sound(bounds.pattern):
        return None
    tree = sre.parse(bounds.pattern)
    least, most = tree.getwidth()
    if bounds.max_length is not None and least > bounds.max_length:
        return f"its pattern takes {least} characters or more, and its `max_length` is " + str(
            bounds.max_length
        )
    nodes = list(tree)
    whole = len(nodes) > 1 and (nodes[0], nodes[-1]) == (
        (op.AT, op.AT_BEGINNING),
        (op.AT, op.AT_END),
    )
    if whole and bounds.min_length is not None and most < bounds.min_length:
        return f"its pattern takes {most} characters or fewer, and its `min_length` is " + str(
            bounds.min_length
        )
    return None


def _has_decimal(low: Decimal | None, high: Decimal | None, scale: int) -> bool:
    """Whether a multiple of 10^-scale with no more digits than are stored lies there."""
    with localcontext(prec=1000):
        unit = Decimal(1).scaleb(-scale)
        most = Decimal(10) ** (MAX_DECIMAL_DIGITS - scale) - unit
        least = max(-most, -most if low is None else low.quantize(unit, ROUND_CEILING))
        return least <= min(most, most if high is None else high.quantize(unit, ROUND_FLOOR))


def _has_number(low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a double whose shortest digits are the number lies between the bounds."""
    if low is None or low <= 0:
        if high is None or high >= 0:
            return True
        low, high = -high, None if low is None else -low
    double = float(max(low, _LEAST))
    if math.isfinite(double) and Decimal(repr(double)) < low:
        double = math.nextafter(double, math.inf)
    found = Decimal(repr(double))
    return (
        found.is_finite() and found.adjusted() <= MAX_EXPONENT and (high is None or found <= high)
    )
