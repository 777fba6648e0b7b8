"""NX214 and NX911: a reference to what is not there, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.diagnostics.suggest import did_you_mean


def unknown_targets(subject: Subject) -> Iterator[Diagnostic]:
    """NX214, and NX911 where the target is an entity of another vertical."""
    entities = {vertical.document.file: vertical.entities for vertical in subject.verticals}
    for source in subject.fields("to"):
        place = source.place / "to"
        if source.field.type.name != "ref" or source.field.target is not None or not place.text:
            continue
        elsewhere = subject.find(place.text)
        if elsewhere is not None:
            yield Diagnostic(
                "NX911",
                "a reference to another vertical is not supported yet",
                place.span,
                note=f"an entity of `{elsewhere.key.vertical}`",
                labels=(Label(elsewhere.place.key, "declared here"),),
                help="keep the id in a `string`, or move the entity to this vertical",
            )
        else:
            known = entities[source.document.file]
            yield Diagnostic(
                "NX214",
                f"`{source.label}` refers to `{place.text}`, which is not an entity",
                place.span,
                note="not declared",
                help=did_you_mean(place.text, known, otherwise="entities of this vertical"),
            )
