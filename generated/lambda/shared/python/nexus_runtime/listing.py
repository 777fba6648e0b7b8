"""Pages: one query of one partition, in the order of an index."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any, NamedTuple

from nexus_runtime import cursors, dynamodb, telemetry
from nexus_runtime.answers import MAX_BODY, sent_bytes
from nexus_runtime.attributes import Item
from nexus_runtime.checks import Check, string
from nexus_runtime.http import Page, Request, to_json
from nexus_runtime.keys import (
    Ancestors,
    Key,
    MatchValue,
    index_partition,
    partition,
    trash_partition,
)
from nexus_runtime.problems import Errors, QueryErrors, forbidden
from nexus_runtime.record import is_expired, trash_times

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection, Index

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_QUERIES = 11
"""Calls for one page: a query reads at most 1 MB (DynamoDB), an answer holds at most 6 MB (Lambda).
Of items of a little more than a third of 1 MB a query reads two, some 580 KB without the keys of
twenty indexes. Only a page of very large items needs more than one."""

_CREATED_BY: Check = string(min_length=1, max_length=128)


class _Query(NamedTuple):
    """One query: where it reads, in which order, and what its cursors are bound to."""

    served_by: Index | None
    partition: str
    table_partition: str
    descending: bool
    trash: bool
    scope: tuple[str | None, ...]


def read(collection: Collection[Any], request: Request) -> Page[Any]:
    """One page of a collection."""
    errors = QueryErrors()
    parameters = request.query(errors)
    limit = _limit(parameters.pop("limit", None), errors)
    cursor = parameters.pop("cursor", None)
    query = _plan(collection, request, parameters, errors)
    start = None
    if cursor is not None:
        start = _start(query, cursors.unseal(request.tenant, query.scope, cursor))
    items, rest = _fetch(collection, request, query, limit + 1, start)
    position = None if rest is None else _position(query, rest)
    if len(items) > limit:
        del items[limit:]
        position = _position(query, items[-1])
    next_cursor = None
    if position is not None:
        next_cursor = cursors.seal(request.tenant, query.scope, position)

    def cursor_after(count: int) -> str:
        return cursors.seal(request.tenant, query.scope, _position(query, items[count - 1]))

    records = [_record(collection, query, item) for item in items]
    return Page(records, next_cursor, cursor_after)


def _limit(text: str | None, errors: QueryErrors) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_LIMIT:
        return int(text)
    errors.add("limit", "limit", f"Give a number from 1 to {MAX_LIMIT}.")
    return DEFAULT_LIMIT


def _plan(
    collection: Collection[Any], request: Request, parameters: dict[str, str], errors: QueryErrors
) -> _Query:
    """The query that parameters ask for; 400 with all their errors."""
    sort = parameters.pop("sort", None)
    deleted = parameters.pop("deleted", "false")
    if deleted == "true" and collection.retain_seconds:
        return _trash(collection, request, sort, parameters, errors)
    if deleted != "false":
        errors.add("deleted", "deleted", "Only deleted=true of a collection with a trash.")
    if request.owner_only:
        parameters.setdefault("created_by", request.actor)
        if parameters["created_by"] != request.actor:
            raise forbidden()
    values = _filters(collection, parameters, errors)
    index, descending = _choose(collection, parameters.keys(), sort, errors)
    errors.refuse()
    ancestors = collection.ancestors(request)
    table_partition = partition(request.tenant, collection.entity, ancestors)
    if index is None:
        scope = _scope(collection, None, ancestors, descending, ())
        return _Query(None, table_partition, table_partition, descending, False, scope)
    match = tuple(values[field] for field in index.match)
    name = f"{collection.entity}#{index.name}"
    pk = index_partition(request.tenant, name, (*ancestors, *match))
    scope = _scope(collection, index, ancestors, descending, match)
    return _Query(index, pk or "", table_partition, descending, False, scope)


def _scope(
    collection: Collection[Any],
    index: Index | None,
    ancestors: Ancestors,
    descending: bool,
    match: tuple[MatchValue, ...],
) -> tuple[str | None, ...]:
    """What a cursor is bound to besides the tenant: a changed index is another scope."""
    definition = (index.name, index.slot, index.sort, *index.match) if index else ("",)
    values = tuple(f"{value!r}" for value in match)
    order = "-" if descending else "+"
    return (collection.entity, *ancestors, order, *definition, "=", *values)


def _trash(
    collection: Collection[Any],
    request: Request,
    sort: str | None,
    filters: dict[str, str],
    errors: QueryErrors,
) -> _Query:
    """The trash in order of creation; for roles that may read and delete."""
    if request.owner_only or not request.roles & collection.trash_readers:
        raise forbidden()
    for name in filters:
        errors.add(name, "unknown", "The trash takes no filters.")
    if sort not in (None, "created_at", "-created_at"):
        errors.add("sort", "sort", "Legal here: created_at, -created_at.")
    errors.refuse()
    ancestors = collection.ancestors(request)
    pk = trash_partition(request.tenant, collection.entity, ancestors)
    descending = sort == "-created_at"
    scope = (collection.entity, *ancestors, "-" if descending else "+", "!trash")
    return _Query(None, pk, pk, descending, True, scope)


def _filters(
    collection: Collection[Any], parameters: dict[str, str], errors: QueryErrors
) -> dict[str, MatchValue]:
    """Values of the filters that some index has."""
    filters: dict[str, MatchValue] = {}
    indexed = _indexed(collection)
    for name, text in parameters.items():
        if name not in indexed:
            errors.add(name, "unknown", f"Legal: {legal(collection)}.")
            continue
        check = _CREATED_BY if name == "created_by" else collection.checks[name]
        found = Errors()
        filters[name] = check.read_query(text, found)
        for error in found:
            errors.add(name, error["code"], error["detail"])
    return filters


def _indexed(collection: Collection[Any]) -> set[str]:
    return {field for index in collection.indexes for field in index.match}


def _choose(
    collection: Collection[Any], filters: Set[str], sort: str | None, errors: QueryErrors
) -> tuple[Index | None, bool]:
    """The index that serves filters and order (None: the table itself), and its direction."""
    descending = sort is not None and sort.startswith("-")
    wanted = sort[1:] if sort is not None and descending else sort
    if not filters and wanted in (None, "created_at"):
        return None, descending
    for index in collection.indexes:
        if filters == set(index.match) and wanted in (None, index.sort or "created_at"):
            return index, descending
    orders = {"created_at", None, *(index.sort for index in collection.indexes)}
    # With an unknown filter, nobody knows which combination was meant.
    if wanted not in orders or filters <= _indexed(collection):
        name = "sort" if sort is not None else min(filters)
        errors.add(name, "not_indexed", f"Legal: {legal(collection)}.")
    return None, descending


def legal(collection: Collection[Any]) -> str:
    """The combinations of filters and order that the collection serves, for people."""
    orders: dict[str, list[str]] = {"no filter": ["created_at"]}
    for index in collection.indexes:
        filters = " and ".join(index.match) or "no filter"
        served = orders.setdefault(filters, [])
        order = index.sort or "created_at"
        if order not in served:
            served.append(order)
    return "; ".join(f"{filters}, sort {' or '.join(by)}" for filters, by in orders.items())


def _position(query: _Query, item: Item) -> str:
    name = "sk" if query.served_by is None else f"{query.served_by.slot}sk"
    position: str = item[name]["S"]
    return position


def _start(query: _Query, position: str) -> Key:
    """The key after which the page begins, rebuilt around the position of a cursor."""
    if query.served_by is None:
        return {"pk": {"S": query.partition}, "sk": {"S": position}}
    slot = query.served_by.slot
    return {
        "pk": {"S": query.table_partition},
        "sk": {"S": position.rpartition("#")[2]},
        f"{slot}pk": {"S": query.partition},
        f"{slot}sk": {"S": position},
    }


def _fetch(
    collection: Collection[Any], request: Request, query: _Query, wanted: int, start: Key | None
) -> tuple[list[Item], Key | None]:
    """Items as far as calls and an answer reach, and where the next call would begin."""
    items: list[Item] = []
    size = 0
    for _ in range(MAX_QUERIES):
        parameters = _parameters(query, wanted - len(items), start)
        found, start = dynamodb.query(request.tenant, parameters)
        served = [item for item in found if not (query.trash and is_expired(item))]
        items += served
        if start is None or len(items) >= wanted:
            break
        size += sent_bytes(to_json([_record(collection, query, item) for item in served]))
        if size > MAX_BODY:
            break
    return items, start


def _record(collection: Collection[Any], query: _Query, item: Item) -> Any:
    """An item as its list shows it: one of the trash has the times of its stay there besides."""
    record = collection.decode(item)
    if not query.trash:
        return record
    times = trash_times(item)
    attributes = {"deleted_at": "deleted_at", "restorable_until": "ttl"}
    unread = {of for name, of in attributes.items() if times[name] is None and of in item}
    telemetry.unreadable(collection.entity, record["id"], unread)
    return {**record, **times}


def _parameters(query: _Query, limit: int, start: Key | None) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": "pk"},
        "ExpressionAttributeValues": {":pk": {"S": query.partition}},
        "ScanIndexForward": not query.descending,
        "Limit": limit,
    }
    if query.served_by is not None:
        parameters["IndexName"] = query.served_by.slot
        parameters["ExpressionAttributeNames"] = {"#pk": f"{query.served_by.slot}pk"}
    else:
        parameters["ConsistentRead"] = True
    if start is not None:
        parameters["ExclusiveStartKey"] = start
    return parameters
