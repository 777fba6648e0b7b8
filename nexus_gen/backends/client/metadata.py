"""The model as JSON, for user interfaces that make lists and forms from it.

`metadata` is the one source of two things: `generated/client/src/model.ts`, and what the local API
serves while it runs. Their TypeScript type is `Metadata` of the client's core.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nexus_gen.model import (
    AccessRule,
    Action,
    Constraints,
    Entity,
    EntityKey,
    Field,
    Model,
    OnDelete,
    OperationKind,
    Vertical,
)

BY_CREATION = "created_at"
"""Order of a list where nothing else is asked for."""

_BOUNDS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "scale": "scale",
    "min_items": "minItems",
    "max_items": "maxItems",
    "max_bytes": "maxBytes",
    "max_depth": "maxDepth",
}


def metadata(model: Model) -> dict[str, Any]:
    """The model as plain JSON data (`Metadata` in TypeScript)."""
    graph = {e.key: e for vertical in model.verticals for e in vertical.entities}
    return {
        "product": model.product.name,
        "environments": [environment.name for environment in model.environments],
        "tenantClaim": model.tenancy.claim,
        "roles": dict(model.tenancy.roles),
        "verticals": {
            vertical.name.snake: _vertical(vertical, graph) for vertical in model.verticals
        },
    }


def entity_id(key: EntityKey) -> str:
    """Name of an entity in the whole product: `education.Course`."""
    return f"{key.vertical.snake}.{key.name.pascal}"


def related(entity: Entity, graph: Mapping[EntityKey, Entity]) -> list[str]:
    """Other entities whose items change or go when one of this entity is deleted or restored.

    Children and references with `cascade` go along, and what hangs on them in turn; references with
    `detach` are cleared, which touches nothing behind them.
    """
    found: dict[EntityKey, None] = {}
    open_ends = [entity.key]
    while open_ends:
        for dependent in graph[open_ends.pop()].dependents:
            key = dependent.entity
            if dependent.on_delete is OnDelete.RESTRICT or key in found or key == entity.key:
                continue
            found[key] = None
            if dependent.on_delete is OnDelete.CASCADE:
                open_ends.append(key)
    return sorted(entity_id(key) for key in found)


def defaults(entity: Entity) -> dict[str, Any]:
    """Values of fields that a request leaves out or clears."""
    return {
        field.name.snake: field.default
        for field in entity.fields
        if field.has_default and field.default is not None
    }


def queries(entity: Entity) -> list[dict[str, list[str]]]:
    """Filters that a list takes together, and the orders that go with each set of them."""
    served: dict[tuple[str, ...], list[str]] = {(): [BY_CREATION]}
    for index in entity.indexes:
        filters = tuple(field.name.snake for field in index.match)
        order = BY_CREATION if index.sort is None else index.sort.name.snake
        orders = served.setdefault(filters, [])
        if order not in orders:
            orders.append(order)
    return [{"filters": list(filters), "sorts": orders} for filters, orders in served.items()]


def parents(entity: Entity) -> Iterator[EntityKey]:
    """Its ancestors, outermost first."""
    above = entity.key.parents
    for depth, name in enumerate(above):
        yield EntityKey(entity.key.vertical, name, above[:depth])


def _vertical(vertical: Vertical, graph: Mapping[EntityKey, Entity]) -> dict[str, Any]:
    return {
        "name": vertical.name.snake,
        "label": vertical.name.text.capitalize(),
        "description": vertical.description,
        "entities": {
            entity.name.pascal: _entity(entity, graph)
            for entity in vertical.entities
            if entity.operations
        },
    }


def _entity(entity: Entity, graph: Mapping[EntityKey, Entity]) -> dict[str, Any]:
    key = entity.key
    return {
        "key": entity_id(key),
        "name": key.name.pascal,
        "plural": key.name.plural.pascal,
        "label": key.name.text,
        "pluralLabel": key.name.plural.text,
        "description": entity.description,
        "paths": {"collection": key.collection_path, "item": key.item_path},
        "idParameter": key.id_parameter,
        "defaults": defaults(entity),
        "parents": [
            {"entity": entity_id(parent), "parameter": parent.id_parameter}
            for parent in parents(entity)
        ],
        "operations": _operations(entity),
        "fields": [_field(field) for field in entity.fields],
        "unique": [field.name.snake for field in entity.unique],
        "indexes": [
            {
                "name": index.name.snake,
                "match": [field.name.snake for field in index.match],
                "sort": BY_CREATION if index.sort is None else index.sort.name.snake,
            }
            for index in entity.indexes
        ],
        "queries": queries(entity),
        "access": {
            action.value: _access(entity.access[action])
            for action in Action
            if action in entity.access
        },
        "softDelete": None
        if entity.soft_delete is None
        else {"retainSeconds": entity.soft_delete.retain_seconds},
        "ifMatchRequired": entity.require_if_match,
        "related": related(entity, graph),
    }


def _operations(entity: Entity) -> list[str]:
    served = {operation.kind for operation in entity.operations}
    return [kind.value for kind in OperationKind if kind in served]


def _access(rule: AccessRule) -> dict[str, Any]:
    return {"roles": list(rule.roles), "owner": rule.owner}


def _field(field: Field) -> dict[str, Any]:
    """A field, with only the keys that say something."""
    described = {**_type(field), "required": field.required, "immutable": field.immutable}
    if field.has_default:
        described["default"] = field.default
    return {"name": field.name.snake, "label": field.name.text.capitalize(), **described}


def _type(field: Field) -> dict[str, Any]:
    """What a value of the field is; all that the element of a list or a map has."""
    described: dict[str, Any] = {"type": field.type.name}
    if field.description:
        described["description"] = field.description
    described |= _bounds(field.constraints)
    if field.target is not None:
        described["to"] = entity_id(field.target)
        described["onDelete"] = field.on_delete.value
    if field.of is not None:
        described["of"] = _type(field.of)
    if field.fields:
        described["fields"] = [_field(member) for member in field.fields]
    return described


def _bounds(constraints: Constraints) -> dict[str, Any]:
    bounds = {
        name: bound
        for attribute, name in _BOUNDS.items()
        if (bound := getattr(constraints, attribute)) is not None
    }
    return bounds | ({"values": list(constraints.values)} if constraints.values else {})
