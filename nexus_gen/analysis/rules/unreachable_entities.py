"""NX262, a warning: an entity without any route."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Severity


def unreachable_entities(subject: Subject) -> Iterator[Diagnostic]:
    """An entity without any route."""
    for source, entity in subject.lowered():
        if not entity.operations and "inherit" not in source.place / "access":
            yield Diagnostic(
                "NX262",
                f"nobody may do anything with `{entity.name}`",
                source.place.key,
                severity=Severity.WARNING,
                note="no access rule",
                help="allow some roles under `access`: what is not allowed is denied",
            )
