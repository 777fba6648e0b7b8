"""What an organization owns: two items of each entity, made through the API from the model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nexus_gen.backends.openapi import examples
from nexus_gen.model import Entity, Field, Model

from .traffic import Request, Target

ABSENT = "01K00000000000000000000000"
"""An id that no item has."""

Ids = Mapping[str, str]
"""Path parameters of an item: its ancestors' ids and its own."""


@dataclass
class Estate:
    """One organization's items.

    Attributes:
        items: entity -> two items' ids.
        deleted: entity with a trash -> ids of a deleted item.
        bodies: entity -> the body that its first item was made from.
        cursors: (entity, index name, empty for the table itself) -> query and cursor of page two.
    """

    tenant: str
    items: dict[str, list[Ids]] = field(default_factory=dict)
    deleted: dict[str, Ids] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    cursors: dict[tuple[str, str], tuple[dict[str, str], str]] = field(default_factory=dict)

    @property
    def canary(self) -> str:
        """A text that stands in every item that has room for one."""
        return f"canary-{self.tenant}!"

    @property
    def secrets(self) -> set[str]:
        """What no answer to another organization may hold."""
        ids = {id for items in self.items.values() for ids in items for id in ids.values()}
        return {self.canary, *ids, *(id for ids in self.deleted.values() for id in ids.values())}

    def id_of(self, entity: Entity) -> str:
        """Id of the first item."""
        return self.items[key(entity)][0][entity.key.id_parameter]


def key(entity: Entity) -> str:
    """`education.course`: what estates know an entity by."""
    return f"{entity.key.vertical.raw}.{entity.name.raw}"


def idempotency_key(entity: Entity) -> str:
    """The key with which every organization made its first item of an entity."""
    return f"first-{key(entity)}"


def entities_of(model: Model) -> list[Entity]:
    """Entities of all verticals, those first that others refer to or lie under."""
    waiting = [entity for vertical in model.verticals for entity in vertical.entities]
    placed: list[Entity] = []
    while waiting:
        ready = [entity for entity in waiting if _needs(entity) <= {one.key for one in placed}]
        if not ready:
            raise AssertionError(f"entities need one another: {[key(one) for one in waiting]}")
        placed += ready
        waiting = [entity for entity in waiting if entity not in ready]
    return placed


def _needs(entity: Entity) -> set[Any]:
    targets = {ref.target for ref in entity.references if ref.target != entity.key}
    return targets | ({entity.parent} if entity.parent else set())


def build(target: Target, model: Model, tenant: str) -> Estate:
    """Make an organization's items, and read the cursors of its lists."""
    estate = Estate(tenant)
    ordered = entities_of(model)
    by_key = {entity.key: entity for entity in ordered}
    for entity in ordered:
        above = estate.items[key(by_key[entity.parent])][0] if entity.parent else {}
        for number in range(2):
            body = creation(entity, estate, by_key, number)
            estate.items.setdefault(key(entity), []).append(
                _created(target, estate, entity, above, body, number)
            )
            estate.bodies.setdefault(key(entity), body)
        if entity.soft_delete and _has(entity, "delete"):
            body = creation(entity, estate, by_key, 2)
            ids = _created(target, estate, entity, above, body, 2)
            _delete(target, estate, entity, ids)
            estate.deleted[key(entity)] = ids
    for entity in ordered:
        _read_cursors(target, estate, entity)
    return estate


def _has(entity: Entity, kind: str) -> bool:
    return any(operation.kind == kind for operation in entity.operations)


def creation(
    entity: Entity, estate: Estate, by_key: Mapping[Any, Entity], number: int
) -> dict[str, Any]:
    """A body that is good for the organization; bodies differ where values must be unique."""
    body = examples.creation(entity)
    if body is None:
        raise AssertionError(f"no example fits {key(entity)}")
    body = _bare(body)
    for one in entity.fields:
        name = one.name.snake
        if one.target is not None:
            if one.target == entity.key:
                body.pop(name, None)
            else:
                body[name] = estate.id_of(by_key[one.target])
        elif one in entity.unique:
            body[name] = unique_value(one, estate.tenant, number)
        elif _holds_text(one, estate.canary):
            body[name] = estate.canary
    return body


def _bare(value: Any) -> Any:
    """A copy that may be changed."""
    copy: Any = json.loads(json.dumps(value))
    return copy


def _holds_text(field: Field, text: str) -> bool:
    bounds = field.constraints
    return (
        field.type.name in ("string", "text")
        and bounds.pattern is None
        and len(text) >= (bounds.min_length or 0)
        and len(text) <= (bounds.max_length or 0)
    )


def unique_value(field: Field, tenant: str, number: int) -> Any:
    """A value of a unique field that only this organization has, in its item of this number."""
    match field.type.name:
        case "email":
            return f"person-{number}@{tenant}.example"
        case "string" | "slug":
            return f"value-{number}-{tenant}"
    raise AssertionError(f"no unique values of type {field.type.name} are known")


def _created(
    target: Target, estate: Estate, entity: Entity, above: Ids, body: Any, number: int
) -> Ids:
    (operation,) = (one for one in entity.operations if one.kind == "create")
    headers = {} if number else {"Idempotency-Key": idempotency_key(entity)}
    request = Request("POST", operation.path, above, body=body, headers=headers)
    answer = target.send(estate.tenant, request)
    if answer.status != 201:
        raise AssertionError(f"{key(entity)}: {answer.status} {answer.text}")
    return {**above, entity.key.id_parameter: json.loads(answer.text)["id"]}


def _delete(target: Target, estate: Estate, entity: Entity, ids: Ids) -> None:
    (operation,) = (one for one in entity.operations if one.kind == "delete")
    request = Request("DELETE", operation.path, ids, headers={"If-Match": "*"})
    answer = target.send(estate.tenant, request)
    if answer.status != 204:
        raise AssertionError(f"{key(entity)}: {answer.status} {answer.text}")


def _read_cursors(target: Target, estate: Estate, entity: Entity) -> None:
    for name, query in queries(entity, estate.bodies[key(entity)]):
        listed = [one for one in entity.operations if one.kind == "list"]
        for operation in listed:
            above = {n: estate.items[key(entity)][0][n] for n in operation.path_parameters}
            request = Request("GET", operation.path, above, query={**query, "limit": "1"})
            answer = target.send(estate.tenant, request)
            if answer.status != 200:
                raise AssertionError(f"{key(entity)} {query}: {answer.status} {answer.text}")
            cursor = json.loads(answer.text)["next_cursor"]
            if cursor is not None:
                estate.cursors[key(entity), name] = (dict(query), cursor)


def queries(entity: Entity, body: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Name of each index, and a query that it serves for an item of this body."""
    yield "", {}
    for index in entity.indexes:
        matched = [one.name.snake for one in index.match]
        values = [body.get(name) for name in matched]
        if "created_by" in matched or None in values:
            continue
        query = {name: text_of(value) for name, value in zip(matched, values, strict=True)}
        if index.sort is not None:
            query["sort"] = index.sort.name.snake
        yield index.name.raw, query


def text_of(value: Any) -> str:
    """A value as a query carries it."""
    return value if isinstance(value, str) else json.dumps(value)


def combine(own: Ids, theirs: Ids, names: Sequence[str]) -> Ids:
    """Own ids, but for the named parameters."""
    return {**own, **{name: theirs[name] for name in names}}
