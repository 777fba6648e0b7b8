"""NX248: lists, maps and objects too deep inside one another."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model.field_types import MAX_NESTING

_CONTAINERS = frozenset({"list", "map", "object"})


def deep_nesting(subject: Subject) -> Iterator[Diagnostic]:
    """Containers that stand inside as many others as the language allows."""
    for source in subject.nested:
        if source.depth == MAX_NESTING + 1 and source.field.type.name in _CONTAINERS:
            yield Diagnostic(
                "NX248",
                f"`{source.label}` is a {source.field.type.name} inside {MAX_NESTING} others",
                (source.place / "type").span,
                note=f"level {source.depth}",
                help="make it flatter, or store this part as `json`",
            )
