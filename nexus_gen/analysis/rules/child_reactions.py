"""NX914: a deletion that would have to find children of all parents."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import OnDelete


def child_reactions(subject: Subject) -> Iterator[Diagnostic]:
    """`cascade` and `detach` of a child's reference: its indexes find children of one parent."""
    for source, entity in subject.lowered():
        if entity.parent is None:
            continue
        for field in entity.references:
            if field.on_delete is not OnDelete.RESTRICT:
                place = source.place / "fields" / field.name.raw / "on_delete"
                yield Diagnostic(
                    "NX914",
                    f"`{field.on_delete.value}` of a child's reference is not supported yet",
                    place.span,
                    note="not yet",
                    labels=(Label((source.place / "parent").span, "a child"),),
                    help=f"use `restrict`, or give `{entity.name}` no parent",
                )
