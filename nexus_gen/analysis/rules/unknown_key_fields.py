"""NX218: an index or `unique` names a field that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_fields import CREATED_BY, SORTABLE_STAMPS
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.suggest import did_you_mean


def unknown_key_fields(subject: Subject) -> Iterator[Diagnostic]:
    """Names in `match`, `sort` and `unique` that no field of the entity has."""
    for entity in subject.entities():
        if entity.opaque:
            continue
        fields = set((entity.place / "fields").mapping)
        for place, legal in _names(entity):
            if place.text and place.text not in fields and place.text not in legal:
                yield Diagnostic(
                    "NX218",
                    f"`{entity.place.name}` has no field `{place.text}`",
                    place.span,
                    note="not a field",
                    help=did_you_mean(place.text, [*fields, *legal], otherwise="its fields"),
                )


def _names(entity: EntitySource) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Every place that names a field, with the stamps that are legal there."""
    if "indexes" in entity.place:
        for index in (entity.place / "indexes").entries():
            for match in (index / "match").items():
                yield match, (CREATED_BY,)
            if "sort" in index:
                yield index / "sort", SORTABLE_STAMPS
    if "unique" in entity.place:
        for name in (entity.place / "unique").items():
            yield name, ()
