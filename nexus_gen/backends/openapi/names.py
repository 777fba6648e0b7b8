"""Names that are unique in the whole document, where an entity's are unique in its vertical."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from nexus_gen.backends.openapi.components import SCHEMAS
from nexus_gen.model import Entity, EntityKey, Model, Operation


class SchemaNames(NamedTuple):
    """Schemas of one entity, and its tag."""

    answer: str
    creation: str
    patch: str
    page: str
    tag: str


def schema_names(model: Model) -> dict[EntityKey, SchemaNames]:
    """Names by entity; where two verticals have an entity of the same name, both carry the
    vertical's name too."""
    keys = [entity.key for vertical in model.verticals for entity in vertical.entities]
    count = Counter(key.name.pascal for key in keys)
    plain = {name for name, times in count.items() if times == 1 and name not in SCHEMAS}
    taken = {*SCHEMAS, *plain}
    return {key: _names(key, plain, taken) for key in keys}


def _names(key: EntityKey, plain: set[str], taken: set[str]) -> SchemaNames:
    base = key.name.pascal
    if base not in plain:
        base = _unique(f"{key.vertical.pascal}{base}", taken)
    return SchemaNames(
        answer=base,
        creation=_unique(f"{base}Create", taken),
        patch=_unique(f"{base}Patch", taken),
        page=_unique(f"{base}Page", taken),
        tag=base,
    )


def _unique(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def operation_ids(model: Model) -> dict[tuple[str, str], str]:
    """Ids by vertical and operation name, with the vertical's name where two verticals clash."""
    pairs = [
        (v.name.raw, v.name.pascal, o) for v in model.verticals for o in _operations(v.entities)
    ]
    count = Counter(operation.name.camel for _, _, operation in pairs)
    return {
        (vertical, operation.name.raw): operation.name.camel
        if count[operation.name.camel] == 1
        else f"{pascal[:1].lower()}{pascal[1:]}{operation.name.pascal}"
        for vertical, pascal, operation in pairs
    }


def _operations(entities: Iterable[Entity]) -> Iterable[Operation]:
    return (operation for entity in entities for operation in entity.operations)
