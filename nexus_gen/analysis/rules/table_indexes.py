"""NX306: an entity has more indexes than a table takes."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

MAX_INDEXES = 20
"""Global secondary indexes of a table (DynamoDB quotas). Entities share them, slot by slot."""


def table_indexes(subject: Subject) -> Iterator[Diagnostic]:
    """Entities with more indexes than a table has slots."""
    for source, entity in subject.lowered():
        if len(entity.indexes) > MAX_INDEXES:
            extra = entity.indexes[MAX_INDEXES]
            yield Diagnostic(
                "NX306",
                f"`{entity.name}` has {len(entity.indexes)} indexes, and a table has at most "
                f"{MAX_INDEXES}",
                (source.place / "indexes" / extra.name.raw).key,
                note=f"number {extra.slot}",
                help="remove some: each costs a write for every change",
            )
