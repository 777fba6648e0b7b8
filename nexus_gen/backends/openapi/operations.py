"""Operations: one method of one path, with everything that it takes and answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from nexus_gen.backends.openapi.components import PROBLEM_NAMES, STANDARD_HEADERS, reference
from nexus_gen.backends.openapi.names import SchemaNames
from nexus_gen.backends.openapi.schemas import value
from nexus_gen.backends.openapi.writer import Joined, Shared
from nexus_gen.model import Entity, EntityKey, Field, Index, Operation, OperationKind

ALWAYS = (400, 401, 403, 405, 429, 431, 500, 503)
_BUT_400 = ALWAYS[1:]
_BAD_QUERY = reference("responses", "BadQuery")
BODY = (413, 415)
WRITE = (404, 409, 412)

_SORTS_BY_CREATION = ("created_at", "-created_at")


def operation(
    entity: Entity, operation: Operation, names: SchemaNames, operation_id: str
) -> dict[str, Any]:
    """The operation object, without the parameters of its path."""
    parts = _BUILDERS[operation.kind](entity, names)
    return {
        "tags": [names.tag],
        "operationId": operation_id,
        "x-allowed-roles": _allowed(operation),
        **parts,
    }


def identifier_name(key: EntityKey) -> str:
    """Component that is the path parameter with an id: `education.course_id`."""
    return f"{key.vertical.snake}.{key.id_parameter}"


def path_parameters(key: EntityKey, path: str) -> list[dict[str, Any]]:
    """References to the parameters that stand in braces in a path."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [reference("parameters", f"{key.vertical.snake}.{name}") for name in names]


def _allowed(operation: Operation) -> list[str]:
    return [*operation.access.roles, *(["owner"] if operation.access.owner else [])]


def _list(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [*_filters(entity), _sort(entity)]
    if entity.soft_delete is not None:
        parameters.append(_DELETED)
    parameters += [reference("parameters", "Limit"), reference("parameters", "Cursor")]
    success = {"200": _answer("One page.", names.page)}
    return {
        "summary": f"List {entity.name.plural.text}",
        "description": _combinations(entity),
        "parameters": parameters,
        "responses": Joined(
            {**success, "400": _BAD_QUERY}, _failures(*_BUT_400, *_orphaned(entity))
        ),
    }


def _create(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    headers = ("ETag", "Location", "Idempotency-Replayed")
    success = {"201": _answer("Created.", names.answer, *headers)}
    return {
        "summary": f"Create {_article(entity.name.text)}",
        "parameters": [reference("parameters", "IdempotencyKey")],
        "requestBody": _body(names.creation, "application/json"),
        "responses": Joined(success, _failures(*ALWAYS, *BODY, *_orphaned(entity), 409, 422)),
    }


def _get(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    success = {"200": _answer("The item.", names.answer, "ETag"), "304": _NOT_MODIFIED}
    return {
        "summary": f"Get {_article(entity.name.text)}",
        "parameters": [reference("parameters", "IfNoneMatch")],
        "responses": Joined(success, _failures(*ALWAYS, 404)),
    }


def _update(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    success = {"200": _answer("The item as it is now.", names.answer, "ETag")}
    return {
        "summary": f"Change {_article(entity.name.text)}",
        "parameters": [_if_match(entity)],
        "requestBody": _body(names.patch, "application/merge-patch+json", "application/json"),
        "responses": Joined(success, _failures(*ALWAYS, *BODY, *WRITE, *_required(entity))),
    }


def _delete(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    trash = entity.soft_delete is not None
    return {
        "summary": f"Delete {_article(entity.name.text)}",
        **({"description": "Moves it to the trash."} if trash else {}),
        "parameters": [_if_match(entity)],
        "responses": Joined(_GONE, _failures(*ALWAYS, *WRITE, *_required(entity))),
    }


def _restore(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    headers = ("ETag", "Idempotency-Replayed")
    success = {"200": _answer("The item, live again.", names.answer, *headers)}
    return {
        "summary": f"Restore {_article(entity.name.text)}",
        "description": "Brings it back from the trash.",
        "parameters": [
            reference("parameters", "IfMatch"),
            reference("parameters", "IdempotencyKey"),
        ],
        "responses": Joined(success, _failures(*ALWAYS, *WRITE, 422)),
    }


_BUILDERS = {
    OperationKind.LIST: _list,
    OperationKind.CREATE: _create,
    OperationKind.GET: _get,
    OperationKind.UPDATE: _update,
    OperationKind.DELETE: _delete,
    OperationKind.RESTORE: _restore,
}

_NOT_MODIFIED = Shared(
    {
        "description": "The item still has the ETag that `If-None-Match` names.",
        "headers": {"ETag": reference("headers", "ETag"), **STANDARD_HEADERS},
    }
)
_GONE = Shared({"204": {"description": "Deleted.", "headers": STANDARD_HEADERS}})
_DELETED = Shared(
    {
        "name": "deleted",
        "in": "query",
        "description": "`true` lists the trash instead, for callers who may delete.",
        "schema": {"type": "boolean", "default": False},
    }
)


@cache
def _failures(*statuses: int) -> Shared:
    return Shared({str(status): _FAILURES[status] for status in sorted(statuses)})


_FAILURES = {status: reference("responses", name) for status, name in PROBLEM_NAMES.items()}


def _orphaned(entity: Entity) -> tuple[int, ...]:
    """404 where the path names a parent that is not there."""
    return () if entity.parent is None else (404,)


def _required(entity: Entity) -> tuple[int, ...]:
    return (428,) if entity.require_if_match else ()


def _if_match(entity: Entity) -> dict[str, Any]:
    return reference("parameters", "IfMatchRequired" if entity.require_if_match else "IfMatch")


def _answer(description: str, schema: str, *headers: str) -> dict[str, Any]:
    return {
        "description": description,
        "headers": _headers(*headers),
        "content": {"application/json": {"schema": reference("schemas", schema)}},
    }


@cache
def _headers(*names: str) -> Shared:
    own = {name: reference("headers", name.replace("-", "")) for name in names}
    return Shared(own | STANDARD_HEADERS)


def _body(schema: str, *media_types: str) -> dict[str, Any]:
    content = {"schema": reference("schemas", schema)}
    return {"required": True, "content": dict.fromkeys(media_types, content)}


def _filters(entity: Entity) -> Iterable[dict[str, Any]]:
    """Each field that some index matches on, once."""
    fields = {field.name.snake: field for index in entity.indexes for field in index.match}
    for name, field in fields.items():
        yield {
            "name": name,
            "in": "query",
            "description": f"Only items whose `{name}` is this.",
            "schema": _filter_schema(field),
        }


def _filter_schema(field: Field) -> dict[str, Any]:
    schema = value(field, partial=True)
    schema.pop("description", None)
    return schema


def _sort(entity: Entity) -> dict[str, Any]:
    names = [sort for index in entity.indexes for sort in _directions(index)]
    return {
        "name": "sort",
        "in": "query",
        "description": "Order; a minus turns it round.",
        "schema": {"type": "string", "enum": list(dict.fromkeys([*_SORTS_BY_CREATION, *names]))},
    }


def _directions(index: Index) -> tuple[str, str]:
    if index.sort is None:
        return _SORTS_BY_CREATION
    return index.sort.name.snake, f"-{index.sort.name.snake}"


def _combinations(entity: Entity) -> str:
    """Which filters go with which order, as a list; the words of the runtime's own refusal."""
    orders: dict[str, dict[str, None]] = {"no filter": {"`created_at`": None}}
    for index in entity.indexes:
        filters = " and ".join(f"`{field.name.snake}`" for field in index.match) or "no filter"
        orders.setdefault(filters, {})[f"`{_directions(index)[0]}`"] = None
    lines = [f"- {filters}, sort {' or '.join(by)}" for filters, by in orders.items()]
    return "\n".join(["Filters and orders that an index serves; others are refused:", "", *lines])


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"
