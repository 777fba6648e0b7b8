"""NX202: a vertical is called as a folder of `generated/` that is not a vertical's."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.reserved import MODULE_FOLDERS
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def generated_names(subject: Subject) -> Iterator[Diagnostic]:
    """Verticals whose module would be written over one that every product has.

    Entities need no such rule: generated code renames its own things where an entity has their
    name.
    """
    for vertical in subject.verticals:
        place = vertical.place / "vertical"
        if place.text in MODULE_FOLDERS:
            yield Diagnostic(
                "NX202",
                f"`{place.text}` is the name of a Terraform module that every product has",
                place.span,
                note="taken",
                help="give the vertical another name",
            )
