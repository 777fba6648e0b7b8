"""NX220: the largest value of a key is past what DynamoDB takes."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis import sizes
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Entity, Field, Index


def key_sizes(subject: Subject) -> Iterator[Diagnostic]:
    """Partition and sort keys of the table and of indexes, and keys that hold unique values.

    Fields of types that are no part of a key are another problem.
    """
    for source, entity in subject.lowered():
        yield from _below_parents(source, entity)
        for index in entity.indexes:
            yield from _index(source, entity, index)
        for field in entity.unique:
            size = sizes.unique_key_bytes(entity.key, field)
            if size > sizes.MAX_PARTITION_KEY and field.type.match:
                position = (source.place / "unique").strings.index(field.name.raw)
                place = source.place / "unique" / position
                yield _report(source, place, field, size, sizes.MAX_PARTITION_KEY, "a key")


def _below_parents(source: EntitySource, entity: Entity) -> Iterator[Diagnostic]:
    """Keys that hold nothing but the ids of all ancestors."""
    size = sizes.ancestors_bytes(entity)
    if size > sizes.MAX_PARTITION_KEY:
        yield Diagnostic(
            "NX220",
            f"a partition key with the ids of {len(entity.key.parents)} parents takes {size:,} "
            f"bytes, and DynamoDB takes {sizes.MAX_PARTITION_KEY:,}",
            (source.place / "parent").span,
            note=f"level {len(entity.key.parents) + 1}",
            help="nest it under fewer parents",
        )


def _index(source: EntitySource, entity: Entity, index: Index) -> Iterator[Diagnostic]:
    size = sizes.partition_key_bytes(entity.key, index)
    matches = bool(index.match) and all(field.type.match for field in index.match)
    if size > sizes.MAX_PARTITION_KEY and matches:
        longest = max(index.match, key=sizes.key_bytes)
        place = source.index(index.name.raw) / "match"
        yield _report(source, place, longest, size, sizes.MAX_PARTITION_KEY, "a partition key")
    size = sizes.sort_key_bytes(index)
    if index.sort is not None and size > sizes.MAX_SORT_KEY and sizes.sortable(index.sort):
        place = source.index(index.name.raw) / "sort"
        yield _report(source, place, index.sort, size, sizes.MAX_SORT_KEY, "a sort key")


def _report(
    source: EntitySource, place: Place, field: Field, size: int, limit: int, key: str
) -> Diagnostic:
    others = size - sizes.key_bytes(field)
    room = (limit - others) // sizes.key_bytes_a_character(field)
    declared = source.place / "fields" / field.name.raw
    return Diagnostic(
        "NX220",
        f"{key} with `{field.name}` may take {size:,} bytes, and DynamoDB takes {limit:,}",
        place.span,
        note=f"up to {sizes.key_bytes(field):,} bytes of it",
        labels=(Label(declared.key, "declared here"),),
        help=f"give `{field.name}` a `max_length` of at most {room}"
        if room > 0
        else "match on fewer or shorter fields",
    )
