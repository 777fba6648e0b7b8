"""A walk through every entity of a model: what a frontend does, and what a stranger tries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexus_gen.model import Entity, Model, OperationKind
from tests.attacks import estate as estates
from tests.attacks.estate import Estate
from tests.attacks.traffic import Answer, Request, Target

STAMPS = ("created_at", "updated_at")


@dataclass
class Walk:
    """What was checked, by entity, and what did not hold."""

    counts: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def check(self, entity: Entity, what: str, answer: Answer, status: int) -> Any:
        """Count a request whose answer must have this status; the answer's body."""
        name = estates.key(entity)
        self.counts[name] = self.counts.get(name, 0) + 1
        if answer.status != status:
            self.failures.append(f"{name}: {what}: {answer.status} {answer.text[:300]}")
        return json.loads(answer.text) if answer.text.startswith("{") else {}

    def holds(self, entity: Entity, what: str, truth: bool) -> None:
        """Count something that must be so."""
        name = estates.key(entity)
        self.counts[name] = self.counts.get(name, 0) + 1
        if not truth:
            self.failures.append(f"{name}: {what}")


def walk(target: Target, model: Model, tenant: str, stranger: str) -> Walk:
    """Create two items of each entity, then read, list, change and delete them.

    The stranger, of another organization, tries each path of the first item before it goes.
    """
    done = Walk()
    estate = estates.build(target, model, tenant)
    ordered = estates.entities_of(model)
    for entity in ordered:
        done.counts[estates.key(entity)] = len(estate.items[estates.key(entity)])
        _read(done, target, estate, entity)
        _list(done, target, estate, entity)
        _change(done, target, estate, entity)
        _trespass(done, target, estate, entity, stranger)
    for entity in reversed(ordered):
        _delete(done, target, estate, entity)
    return done


def _operations(entity: Entity, kind: OperationKind) -> Iterator[Any]:
    return (one for one in entity.operations if one.kind == kind)


def _read(done: Walk, target: Target, estate: Estate, entity: Entity) -> None:
    for operation in _operations(entity, OperationKind.GET):
        ids = estate.items[estates.key(entity)][0]
        answer = target.send(estate.tenant, Request("GET", operation.path, ids))
        item = done.check(entity, "get", answer, 200)
        body = estate.bodies[estates.key(entity)]
        done.holds(entity, "get answers what was created", body.items() <= item.items())


def _list(done: Walk, target: Target, estate: Estate, entity: Entity) -> None:
    first = estate.items[estates.key(entity)][0]
    body = estate.bodies[estates.key(entity)]
    me = target.claims_of(estate.tenant)["sub"]
    for operation in _operations(entity, OperationKind.LIST):
        above = {name: first[name] for name in operation.path_parameters}
        for name, query in _queries(entity, body, me):
            request = Request("GET", operation.path, above, query={**query, "limit": "100"})
            page = done.check(entity, f"list {query}", target.send(estate.tenant, request), 200)
            found = {item["id"] for item in page.get("items", ())}
            is_in = first[entity.key.id_parameter] in found
            done.holds(entity, f"the index `{name}` has the item: {query}", is_in)


def _queries(
    entity: Entity, body: Mapping[str, Any], me: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each index, and the query by which it must have an item of this body."""
    whole = {**body, "created_by": me}
    yield "", {}
    for index in entity.indexes:
        names = [one.name.snake for one in index.match]
        sort = [] if index.sort is None else [index.sort.name.snake]
        if any(whole.get(name) is None for name in [*names, *sort] if name not in STAMPS):
            continue  # an item without the value is in no list by it
        query = {name: estates.text_of(whole[name]) for name in names}
        yield index.name.raw, {**query, **dict.fromkeys(("sort",) if sort else (), "".join(sort))}


def _change(done: Walk, target: Target, estate: Estate, entity: Entity) -> None:
    body = estate.bodies[estates.key(entity)]
    mutable = {one.name.snake for one in entity.fields if not one.immutable}
    patch = dict([(name, value) for name, value in body.items() if name in mutable][:1])
    for operation in _operations(entity, OperationKind.UPDATE):
        ids = estate.items[estates.key(entity)][0]
        request = Request("PATCH", operation.path, ids, body=patch, headers={"If-Match": '"1"'})
        item = done.check(entity, f"change {patch}", target.send(estate.tenant, request), 200)
        done.holds(entity, "a change keeps the rest", body.items() <= item.items())


def _trespass(done: Walk, target: Target, estate: Estate, entity: Entity, stranger: str) -> None:
    ids = estate.items[estates.key(entity)][0]
    for operation in entity.operations:
        if entity.key.id_parameter in operation.path_parameters:
            body = {} if operation.kind == OperationKind.UPDATE else None
            headers = {"If-Match": "*"}
            request = Request(operation.method, operation.path, ids, body=body, headers=headers)
            answer = target.send(stranger, request)
            done.check(entity, f"a stranger's {operation.method}", answer, 404)


def _delete(done: Walk, target: Target, estate: Estate, entity: Entity) -> None:
    for operation in _operations(entity, OperationKind.DELETE):
        for ids in estate.items[estates.key(entity)]:
            request = Request("DELETE", operation.path, ids, headers={"If-Match": "*"})
            done.check(entity, "delete", target.send(estate.tenant, request), 204)
            gone = target.send(estate.tenant, Request("GET", operation.path, ids))
            done.check(entity, "get after delete", gone, 404)
