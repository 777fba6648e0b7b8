"""NX309: the largest item of an entity is past what DynamoDB stores."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.sizes import MAX_ITEM, field_bytes, item_bytes
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def item_sizes(subject: Subject) -> Iterator[Diagnostic]:
    """Entities whose fields, all of them full, do not fit into one item."""
    for source, entity in subject.lowered():
        if not entity.fields or (size := item_bytes(entity)) <= MAX_ITEM:
            continue
        largest = max(entity.fields, key=field_bytes)
        yield Diagnostic(
            "NX309",
            f"an item of `{entity.name}` may take {size:,} bytes, and DynamoDB takes {MAX_ITEM:,}",
            source.place.key,
            note="too large",
            labels=(Label(largest.span, f"{field_bytes(largest):,} bytes of it"),),
            help=f"lower the bounds of `{largest.name}`, or move it to a child entity",
        )
