"""NX309 and NX330: the largest item of an entity is past what DynamoDB stores."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.sizes import MAX_ITEM, ORDINARY, WIDEST, field_bytes, item_bytes
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label, Severity
from nexus_gen.model import Entity


def item_sizes(subject: Subject) -> Iterator[Diagnostic]:
    """Entities whose fields, all of them full, do not fit into one item: in ordinary text an
    error, in the widest encoding a warning."""
    for source, entity in subject.lowered():
        if not entity.fields or (size := item_bytes(entity, WIDEST)) <= MAX_ITEM:
            continue
        if (ordinary := item_bytes(entity, ORDINARY)) > MAX_ITEM:
            yield _report(source, entity, ordinary, ORDINARY)
        else:
            yield _report(source, entity, size, WIDEST)


def _report(source: EntitySource, entity: Entity, size: int, width: int) -> Diagnostic:
    largest = max(entity.fields, key=lambda field: field_bytes(field, width))
    label = Label(largest.span, f"{field_bytes(largest, width):,} bytes of it")
    takes = f"an item of `{entity.name}` may take {size:,} bytes"
    if width == ORDINARY:
        return Diagnostic(
            "NX309",
            f"{takes}, and DynamoDB takes {MAX_ITEM:,}",
            source.place.key,
            note="too large",
            labels=(label,),
            help=f"lower the bounds of `{largest.name}`, or move it to a child entity",
        )
    return Diagnostic(
        "NX330",
        f"{takes} in characters of {WIDEST} bytes, and DynamoDB takes {MAX_ITEM:,}",
        source.place.key,
        severity=Severity.WARNING,
        note="may be too large",
        labels=(label,),
        help=f"lower the bounds of `{largest.name}`, or let such a write be answered with 413",
    )
