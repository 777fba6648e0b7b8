"""NX913: a reference to a child, whose id alone does not say where it lies."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def child_targets(subject: Subject) -> Iterator[Diagnostic]:
    """References to entities that have a parent.

    A child's partition key holds its parent's id, and a reference holds the child's id only.
    """
    for vertical in subject.verticals:
        children = {
            name: entity for name, entity in vertical.entities.items() if entity.key.parents
        }
        for source in subject.fields("to") if children else ():
            place = source.place / "to"
            if source.document is vertical.document and place.text in children:
                target = children[place.text]
                yield Diagnostic(
                    "NX913",
                    "a reference to a child is not supported yet",
                    place.span,
                    note=f"a child of `{target.key.parents[-1]}`",
                    labels=(Label(target.place.key, "declared here"),),
                    help=f"refer to `{target.key.parents[0]}`, or give `{place.text}` no parent",
                )
