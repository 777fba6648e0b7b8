"""NX219: a field in an index or `unique` is of a type that cannot be part of a key."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_fields import CREATED_BY, SORTABLE_STAMPS
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.sizes import sortable
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import FIELD_TYPES, Field, SortForm

_MATCHABLE = [name for name, type_ in FIELD_TYPES.items() if type_.match]
_SORTABLE = [name for name, type_ in FIELD_TYPES.items() if type_.sort is not SortForm.NONE]


def key_types(subject: Subject) -> Iterator[Diagnostic]:
    """Fields that cannot be matched, ordered by, or kept unique."""
    for entity in subject.entities():
        for place in (entity.place / "unique").items() if "unique" in entity.place else ():
            yield from _matchable(entity, place, "kept unique")
        if "indexes" in entity.place:
            for index in (entity.place / "indexes").entries():
                for match in (index / "match").items():
                    yield from _matchable(entity, match, "matched by an index")
                yield from _ordered(entity, index / "sort")


def _matchable(entity: EntitySource, place: Place, use: str) -> Iterator[Diagnostic]:
    field = entity.fields.get(place.text)
    if field is not None and not field.type.match and field.name.raw != CREATED_BY:
        yield _report(entity, field, place, use, _MATCHABLE)


def _ordered(entity: EntitySource, place: Place) -> Iterator[Diagnostic]:
    field = entity.fields.get(place.text)
    if field is not None and not sortable(field) and field.name.raw not in SORTABLE_STAMPS:
        yield _report(entity, field, place, "ordered by", _SORTABLE)


def _report(
    entity: EntitySource, field: Field, place: Place, use: str, legal: list[str]
) -> Diagnostic:
    article = "an" if field.type.name[0] in "aeiou" else "a"
    return Diagnostic(
        "NX219",
        f"`{field.name}` is {article} {field.type.name}, which cannot be {use}",
        place.span,
        note="not a key",
        labels=(Label((entity.place / "fields" / field.name.raw / "type").span, "its type"),),
        help=f"legal types: {', '.join(f'`{name}`' for name in legal)}",
    )
