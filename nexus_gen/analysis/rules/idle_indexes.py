"""NX223: an index serves what every list serves without one."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def idle_indexes(subject: Subject) -> Iterator[Diagnostic]:
    """Indexes that match nothing and order by creation."""
    for entity, name, raw in subject.indexes():
        if not raw.get("match") and raw.get("sort") in (None, "created_at"):
            yield Diagnostic(
                "NX223",
                f"`{name}` serves the order of creation, which needs no index",
                entity.index(name).key,
                note="every list has it",
                help="remove it, or say what it should match or order by",
            )
