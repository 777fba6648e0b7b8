"""Entity declarations to entities of the model.

Lowering never fails: what does not resolve is left out, and the rule that speaks of it reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nexus_gen.analysis.lower_fields import FieldLowering, field_name, system_field
from nexus_gen.analysis.place import Place, strings
from nexus_gen.analysis.subject import EntitySource
from nexus_gen.diagnostics import Span
from nexus_gen.model import (
    AccessRule,
    Action,
    Dependent,
    Entity,
    EntityKey,
    Field,
    Index,
    Name,
    OnDelete,
    Operation,
    OperationKind,
    SoftDelete,
)

OWNER = "owner"
DEFAULT_RETENTION = 30 * 86400
"""Seconds that the trash keeps an item where `delete: {soft: true}` does not say."""

_UNITS = {"h": 3600, "d": 86400}
_RETAIN = re.compile(r"([0-9]{1,6})([hd])")

_ROUTES = (
    (OperationKind.LIST, "GET", Action.READ, True, True, ""),
    (OperationKind.CREATE, "POST", Action.CREATE, True, False, ""),
    (OperationKind.GET, "GET", Action.READ, False, False, ""),
    (OperationKind.UPDATE, "PATCH", Action.UPDATE, False, False, ""),
    (OperationKind.DELETE, "DELETE", Action.DELETE, False, False, ""),
    (OperationKind.RESTORE, "POST", Action.DELETE, False, False, "/restore"),
)
"""Kind, method, the access rule that opens it, whether it is a route of the collection, whether its
name is plural, and what follows the path."""


def entity_keys(vertical: Name, entities: Place) -> dict[str, EntityKey]:
    """Who each declared entity is, with its ancestors; a parent that is unknown or its own
    ancestor counts as none."""
    places = {place.name: place for place in entities.entries()}
    names = {raw: Name(raw, (place / "plural").text) for raw, place in places.items()}
    parents = {raw: parent_name(place) for raw, place in places.items()}
    return {
        raw: EntityKey(vertical, name, tuple([names[one] for one in _ancestors(raw, parents)]))
        for raw, name in names.items()
    }


def _ancestors(raw: str, parents: Mapping[str, str]) -> list[str]:
    """Outermost first; none where the chain comes back to itself."""
    chain: list[str] = []
    parent = parents[raw]
    while parent in parents:
        if parent == raw or parent in chain:
            return []
        chain.append(parent)
        parent = parents[parent]
    return chain[::-1]


def parent_name(entity: Place) -> str:
    """The entity that a declaration names as its parent, or the empty string."""
    parent = entity.mapping.get("parent")
    return parent if isinstance(parent, str) else ""


class EntityLowering(NamedTuple):
    """Lowers the entities of one vertical.

    Attributes:
        keys: its entities by the name that the file gives them.
        sources: their declarations, with fields lowered.
    """

    keys: Mapping[str, EntityKey]
    sources: Mapping[str, EntitySource]

    def entities(self) -> tuple[Entity, ...]:
        """Every entity, in the order of the file."""
        indexes = {raw: tuple(_indexes(source)) for raw, source in self.sources.items()}
        dependents = self._dependents(indexes)
        return tuple(
            self._entity(raw, source, indexes[raw], dependents.get(raw, ()))
            for raw, source in self.sources.items()
        )

    def _entity(
        self,
        raw: str,
        source: EntitySource,
        indexes: tuple[Index, ...],
        dependents: Iterable[Dependent],
    ) -> Entity:
        declared = source.place.mapping
        line = self._line(raw)
        access = _inherited_access(line)
        soft_delete = _inherited_soft_delete(line)
        unique = declared.get("unique")
        return Entity(
            key=source.key,
            span=source.place.key,
            description=declared.get("description") or "",
            fields=tuple(source.fields.values()),
            parent=self._parent(raw),
            indexes=indexes,
            unique=_known(source, unique) if unique else (),
            access=access,
            operations=operations(source.key, access, soft_delete is not None),
            dependents=tuple(dependents),
            soft_delete=soft_delete,
            require_if_match=declared.get("if_match") == "required",
        )

    def _parent(self, raw: str) -> EntityKey | None:
        key = self.keys[raw]
        return self.keys[key.parents[-1].raw] if key.parents else None

    def _line(self, raw: str) -> list[dict[str, Any]]:
        """The declarations of an entity and of its ancestors, nearest first."""
        names = [raw, *[name.raw for name in reversed(self.keys[raw].parents)]]
        return [self.sources[name].place.mapping for name in names]

    def _dependents(self, indexes: Mapping[str, tuple[Index, ...]]) -> dict[str, list[Dependent]]:
        found: dict[str, list[Dependent]] = {}
        for raw, source in self.sources.items():
            if (parent := self._parent(raw)) is not None:
                child = Dependent(source.key, None, OnDelete.CASCADE, None)
                found.setdefault(parent.name.raw, []).append(child)
            for field in source.fields.values():
                if field.target is not None:
                    reference = _reference(source.key, field, indexes[raw])
                    found.setdefault(field.target.name.raw, []).append(reference)
        return found


def _reference(owner: EntityKey, field: Field, indexes: Iterable[Index]) -> Dependent:
    index = finder(field, indexes) if field.on_delete is not OnDelete.RESTRICT else None
    return Dependent(owner, field.name, field.on_delete, index.name if index else None)


def finder(field: Field, indexes: Iterable[Index]) -> Index | None:
    """The index that finds items by one field alone."""
    for index in indexes:
        if len(index.match) == 1 and index.match[0].name.raw == field.name.raw:
            return index
    return None


def _indexes(source: EntitySource) -> Iterable[Index]:
    if not (declared := source.indexes):
        return
    place = source.place
    spans = place.document.source.keys(*place.path, "indexes")
    for slot, (name, raw) in enumerate(declared.items(), 1):
        span = spans.get(name) or place.key
        sort = raw.get("sort")
        fields = [key_field(source, field, span) for field in strings(raw.get("match"))]
        yield Index(
            name=field_name(name),
            slot=slot,
            span=span,
            match=tuple([field for field in fields if field is not None]),
            sort=key_field(source, sort, span) if isinstance(sort, str) else None,
        )


def key_field(source: EntitySource, name: str, span: Span) -> Field | None:
    """A field that an index may name: one of the entity's, or a stamp that every item has."""
    return source.fields.get(name) or system_field(name, span)


def _known(source: EntitySource, names: Any) -> tuple[Field, ...]:
    """The fields of a list of names, each once."""
    fields = source.fields
    return tuple([fields[name] for name in dict.fromkeys(strings(names)) if name in fields])


def _inherited_access(line: Iterable[Mapping[str, Any]]) -> dict[Action, AccessRule]:
    """The access rules of the nearest declaration that does not inherit."""
    for declared in line:
        access = declared.get("access")
        if not isinstance(access, dict):
            return {}
        if "inherit" not in access:
            rules = {action: strings(access.get(action.value)) for action in Action}
            return {action: _rule(names) for action, names in rules.items() if names}
    return {}


@lru_cache(maxsize=1024)
def _rule(names: tuple[str, ...]) -> AccessRule:
    roles = tuple([name for name in dict.fromkeys(names) if name != OWNER])
    return AccessRule(roles, owner=OWNER in names)


def _inherited_soft_delete(line: Iterable[Mapping[str, Any]]) -> SoftDelete | None:
    """The trash of the nearest declaration that speaks of deletion."""
    for declared in line:
        if "delete" in declared:
            return _soft_delete(declared["delete"])
    return None


def _soft_delete(declared: Any) -> SoftDelete | None:
    if not isinstance(declared, dict) or declared.get("soft") is not True:
        return None
    return SoftDelete(retain_seconds(declared.get("retain")) or DEFAULT_RETENTION)


def retain_seconds(value: Any) -> int | None:
    """`30d` or `12h` in seconds, None for anything else."""
    match = _RETAIN.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) * _UNITS[match[2]] if match else None


def operations(
    key: EntityKey, access: Mapping[Action, AccessRule], trash: bool
) -> tuple[Operation, ...]:
    """The routes that an entity's access rules open."""
    if not access:
        return ()
    collection = key.collection_path
    item = f"{collection}/{{{key.id_parameter}}}"
    return tuple(
        [
            Operation(
                kind,
                Name(f"{kind.value}_{key.name.plural.snake if collective else key.name.snake}"),
                method,
                (collection if of_collection else item) + suffix,
                access[action],
            )
            for kind, method, action, of_collection, collective, suffix in _ROUTES
            if action in access and (trash or kind is not OperationKind.RESTORE)
        ]
    )


def lower_entity_sources(
    entities: Place, keys: Mapping[str, EntityKey], lowering: FieldLowering
) -> dict[str, EntitySource]:
    """Every declared entity with its fields lowered."""
    sources = {}
    for place in entities.entries():
        fields = lowering.fields(place.mapping.get("fields"), (*place.path, "fields"))
        by_name = {field.name.raw: field for field in fields}
        indexes = {
            index.name: index.value
            for index in (place / "indexes").entries()
            if isinstance(index.value, dict)
        }
        sources[place.name] = EntitySource(place, keys[place.name], by_name, indexes)
    return sources
