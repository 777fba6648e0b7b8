"""NX912: a reference inside a list, a map or an object."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def nested_references(subject: Subject) -> Iterator[Diagnostic]:
    """References that are no fields of an entity: nothing would look for their items."""
    for source in subject.nested:
        if source.field.type.name == "ref":
            yield Diagnostic(
                "NX912",
                "a reference inside a list, a map or an object is not supported yet",
                (source.place / "type").span,
                note="not yet",
                help="make it a field of the entity, or of a child entity",
            )
