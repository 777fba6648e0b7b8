"""NX211 and NX212: a parent that is not there, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import parent_name
from nexus_gen.analysis.subject import EntitySource, Subject, VerticalSource
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.diagnostics.suggest import did_you_mean


def unknown_parents(subject: Subject) -> Iterator[Diagnostic]:
    """NX211, and NX212 where the parent is an entity of another vertical."""
    for vertical in subject.verticals:
        for entity in vertical.entities.values():
            name = parent_name(entity.place)
            if name and name not in vertical.entities:
                yield _unresolved(subject, vertical, entity, name)


def _unresolved(
    subject: Subject, vertical: VerticalSource, entity: EntitySource, name: str
) -> Diagnostic:
    span = (entity.place / "parent").span
    elsewhere = subject.find(name)
    if elsewhere is not None:
        return Diagnostic(
            "NX212",
            f"the parent `{name}` belongs to another vertical, `{elsewhere.key.vertical}`",
            span,
            note="in another table",
            labels=(Label(elsewhere.place.key, "declared here"),),
            help=f"move `{entity.key.name}` to `{elsewhere.key.vertical}`: "
            "a child lies in its parent's table",
        )
    others = [other for other in vertical.entities if other != entity.place.name]
    return Diagnostic(
        "NX211",
        f"the parent `{name}` is not an entity",
        span,
        note="not declared",
        help=did_you_mean(name, others, otherwise="entities of this vertical"),
    )
