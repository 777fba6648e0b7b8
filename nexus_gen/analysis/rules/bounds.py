"""NX242: a least value that is more than the greatest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Constraints

_PAIRS = (("min_length", "max_length"), ("minimum", "maximum"), ("min_items", "max_items"))


def contradictory_bounds(subject: Subject) -> Iterator[Diagnostic]:
    """Fields that no value fits."""
    for least, most in _PAIRS:
        for source in subject.fields(least):
            if _contradict(source.field.constraints, least, most):
                yield _report(source, least, most)
        for source in subject.fields(most):
            if least not in source.raw and _contradict(source.field.constraints, least, most):
                yield _report(source, least, most)


def _contradict(bounds: Constraints, least: str, most: str) -> bool:
    low, high = getattr(bounds, least), getattr(bounds, most)
    return low is not None and high is not None and Decimal(low) > Decimal(high)


def _report(source: FieldSource, least: str, most: str) -> Diagnostic:
    bounds = source.field.constraints
    low, high = getattr(bounds, least), getattr(bounds, most)
    given, other, value = (least, most, high) if least in source.raw else (most, least, low)
    stated = other in source.raw
    return Diagnostic(
        "NX242",
        f"no value fits `{source.label}`: its `{least}` is {low} and its `{most}` {high}",
        (source.place / given).span,
        note=f"more than {value}" if given == least else f"less than {value}",
        labels=(Label((source.place / other).span, f"`{other}`"),) if stated else (),
        help=f"swap `{least}` and `{most}`, or change one"
        if stated
        else f"`{other}` is {value} unless you say otherwise: give one",
    )
