"""NX302: a vertical's paths begin as those of core do."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def reserved_paths(subject: Subject) -> Iterator[Diagnostic]:
    """Verticals whose first path part belongs to an endpoint of the estate."""
    reserved = {
        place.text: place for place in (subject.nexus / "integration" / "reserved_paths").items()
    }
    for source, vertical in subject.vertical_pairs():
        if (partner := reserved.get(vertical.name.kebab)) is not None:
            yield Diagnostic(
                "NX302",
                f"the path `/{vertical.name.kebab}` belongs to core",
                (source.place / "vertical").span,
                note="taken",
                labels=(Label(partner.span, "reserved here"),),
                help="give the vertical another name",
            )
