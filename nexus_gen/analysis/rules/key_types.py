"""NX219: a field in an index or `unique` is of a type that cannot be part of a key."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_fields import CREATED_BY, SORTABLE_STAMPS
from nexus_gen.analysis.place import Place, strings
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import FIELD_TYPES, Field, SortForm

_MATCHABLE = tuple(name for name, type_ in FIELD_TYPES.items() if type_.match)
_SORTABLE = tuple(name for name, type_ in FIELD_TYPES.items() if type_.sort is not SortForm.NONE)


def key_types(subject: Subject) -> Iterator[Diagnostic]:
    """Fields that cannot be matched, ordered by, or kept unique."""
    for entity, name, raw in subject.indexes():
        for position, matched in enumerate(strings(raw.get("match"))):
            if (field := _unfit(entity, matched, _MATCHABLE)) and matched != CREATED_BY:
                place = entity.index(name) / "match" / position
                yield _report(entity, field, place, "matched by an index", _MATCHABLE)
        sort = raw.get("sort")
        if (field := _unfit(entity, sort, _SORTABLE)) and sort not in SORTABLE_STAMPS:
            yield _report(entity, field, entity.index(name) / "sort", "ordered by", _SORTABLE)
    for entity in subject.entities():
        for position, unique in enumerate(strings(entity.place.mapping.get("unique"))):
            if (field := _unfit(entity, unique, _MATCHABLE)) is not None:
                place = entity.place / "unique" / position
                yield _report(entity, field, place, "kept unique", _MATCHABLE)


def _unfit(entity: EntitySource, name: object, legal: tuple[str, ...]) -> Field | None:
    """The field of a name, if its type is not legal."""
    field = entity.fields.get(name) if isinstance(name, str) else None
    return field if field is not None and field.type.name not in legal else None


def _report(
    entity: EntitySource, field: Field, place: Place, use: str, legal: tuple[str, ...]
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
