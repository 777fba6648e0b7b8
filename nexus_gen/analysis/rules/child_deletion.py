"""NX252: a child is deleted otherwise than its parent."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import parent_name
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def child_deletion(subject: Subject) -> Iterator[Diagnostic]:
    """A child that is deleted otherwise than its parent."""
    for source, entity in subject.lowered():
        if "delete" not in source.place or not parent_name(source.place):
            continue
        parent = entity.parent.name if entity.parent else parent_name(source.place)
        yield Diagnostic(
            "NX252",
            f"`{entity.name}` is deleted as its parent `{parent}` is",
            (source.place / "delete").key,
            note="not for a child to say",
            help=f"remove it, or write it in `{parent}`",
        )
