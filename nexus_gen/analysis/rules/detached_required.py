"""NX216: a deletion would empty a field that must not be empty."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import OnDelete


def detached_required(subject: Subject) -> Iterator[Diagnostic]:
    """A deletion would empty a field that must not be empty."""
    for source in _references(subject, OnDelete.DETACH):
        if source.field.required:
            yield Diagnostic(
                "NX216",
                f"`{source.label}` is required, so a deletion cannot detach it",
                (source.place / "on_delete").span,
                note="would leave it empty",
                labels=(Label((source.place / "required").key, "required here"),),
                help="use `restrict` or `cascade`, or make the field optional",
            )


def _references(subject: Subject, reaction: OnDelete) -> Iterator[FieldSource]:
    for source in subject.fields("on_delete"):
        if source.field.target is not None and source.field.on_delete is reaction:
            yield source
