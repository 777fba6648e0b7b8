"""NX242: a least value that is more than the greatest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic, Label

_PAIRS = (("min_length", "max_length"), ("minimum", "maximum"), ("min_items", "max_items"))


def contradictory_bounds(subject: Subject) -> Iterator[Diagnostic]:
    """Fields that no value fits. No type has a least value unless the spec gives one."""
    for least, most in _PAIRS:
        for source in subject.fields(least):
            low = getattr(source.field.constraints, least)
            high = getattr(source.field.constraints, most)
            if low is not None and high is not None and Decimal(low) > Decimal(high):
                yield _report(source, (least, low), (most, high))


def _report(source: FieldSource, least: tuple[str, object], most: tuple[str, object]) -> Diagnostic:
    (low_key, low), (high_key, high) = least, most
    stated = high_key in source.raw
    return Diagnostic(
        "NX242",
        f"no value fits `{source.label}`: its `{low_key}` is {low} and its `{high_key}` {high}",
        (source.place / low_key).span,
        note=f"more than {high}",
        labels=(Label((source.place / high_key).span, f"`{high_key}`"),) if stated else (),
        help=f"swap `{low_key}` and `{high_key}`, or change one"
        if stated
        else f"`{high_key}` is {high} unless you say otherwise: give one",
    )
