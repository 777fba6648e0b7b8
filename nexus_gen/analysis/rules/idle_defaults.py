"""NX261, a warning: a default that is never used."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label, Severity


def idle_defaults(subject: Subject) -> Iterator[Diagnostic]:
    """A default of a field that a client must give."""
    for source in subject.fields("default"):
        if source.field.required:
            yield Diagnostic(
                "NX261",
                f"`{source.label}` is required, so its default is never used",
                (source.place / "default").span,
                severity=Severity.WARNING,
                note="never used",
                labels=(Label((source.place / "required").key, "required here"),),
                help="remove the default, or `required: true`",
            )
