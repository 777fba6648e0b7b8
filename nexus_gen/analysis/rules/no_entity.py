"""NX208: a vertical holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def no_entity(subject: Subject) -> Iterator[Diagnostic]:
    """A vertical that holds nothing."""
    for vertical in subject.verticals:
        if not vertical.entities:
            place = vertical.place / "vertical"
            yield Diagnostic(
                "NX208",
                f"the vertical `{place.text}` has no entity",
                place.span,
                help="declare one under `entities`, or remove the file",
            )
