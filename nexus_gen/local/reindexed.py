"""Indexes that a save moved: items of before are not where the new code looks for them."""

from __future__ import annotations

from nexus_gen.model import Index, Model


def reindexed(before: Model, after: Model) -> list[str]:
    """Names, `education.Course.by_start`, of indexes that known entities have new or elsewhere."""
    known, entities = _stored(before), _entities(before)
    return [
        name
        for name, place in _stored(after).items()
        if name.rpartition(".")[0] in entities and known.get(name) != place
    ]


def _entities(model: Model) -> set[str]:
    return {
        f"{vertical.name.snake}.{entity.name.pascal}"
        for vertical in model.verticals
        for entity in vertical.entities
    }


def _stored(model: Model) -> dict[str, tuple[object, ...]]:
    return {
        f"{vertical.name.snake}.{entity.name.pascal}.{index.name.snake}": _place(index)
        for vertical in model.verticals
        for entity in vertical.entities
        for index in entity.indexes
    }


def _place(index: Index) -> tuple[object, ...]:
    """What an item's entry in the index is made of."""
    match = tuple((field.name.snake, field.type.name) for field in index.match)
    sort = None if index.sort is None else (index.sort.name.snake, index.sort.type.name)
    return (index.slot, match, sort)
