"""NX218: an index or `unique` names a field that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_fields import CREATED_BY, SORTABLE_STAMPS
from nexus_gen.analysis.place import Place, strings
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.suggest import did_you_mean


def unknown_key_fields(subject: Subject) -> Iterator[Diagnostic]:
    """Names in `match`, `sort` and `unique` that no field of the entity has."""
    for entity, name, raw in subject.indexes():
        for position, field in enumerate(strings(raw.get("match"))):
            if field not in entity.fields and field != CREATED_BY:
                place = entity.index(name) / "match" / position
                yield from _report(entity, place, (CREATED_BY,))
        sort = raw.get("sort")
        if isinstance(sort, str) and sort not in entity.fields and sort not in SORTABLE_STAMPS:
            yield from _report(entity, entity.index(name) / "sort", SORTABLE_STAMPS)
    for entity in subject.entities():
        for position, field in enumerate(strings(entity.place.mapping.get("unique"))):
            if field not in entity.fields:
                yield from _report(entity, entity.place / "unique" / position, ())


def _report(entity: EntitySource, place: Place, stamps: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Nothing where the field is there but has no type, or may come from what we do not know."""
    fields = (entity.place / "fields").mapping
    if place.text not in fields:
        yield Diagnostic(
            "NX218",
            f"`{entity.place.name}` has no field `{place.text}`",
            place.span,
            note="not a field",
            help=did_you_mean(place.text, [*fields, *stamps], otherwise="its fields"),
        )
