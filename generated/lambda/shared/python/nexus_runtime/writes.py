"""Creating and changing items: conditional writes that lose no update and repeat none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime import bodies, dynamodb, idempotency, relations, ulid
from nexus_runtime.access import writable
from nexus_runtime.attributes import Item
from nexus_runtime.changes import Change, OvertakenError
from nexus_runtime.http import Request
from nexus_runtime.keys import Ancestors, Tenant
from nexus_runtime.problems import conflict, precondition_failed
from nexus_runtime.record import now, stamp_attributes
from nexus_runtime.transactions import ABSENT, IDEMPOTENCY, ITEM, FailedError, Transaction
from nexus_runtime.validation import Patch, new_values

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

ATTEMPTS = 3
"""Times that a write without `If-Match` is tried against writers that are faster."""


def item_of(collection: Collection[Any], tenant: Tenant, record: Any, ancestors: Ancestors) -> Item:
    """The whole item of a record: keys, fields and stamps."""
    item = {
        **collection.keys(tenant, record, ancestors),
        **collection.encode(record),
        **stamp_attributes(record),
    }
    if collection.parent_id is not None:
        item[collection.parent_id] = {"S": record[collection.parent_id]}
    return item


def create(collection: Collection[Any], request: Request) -> Any:
    """Check a body and write its item, in one call."""
    body = request.json()
    values = new_values(collection, body)
    key = idempotency.of(request, body)
    ancestors = collection.ancestors(request)
    record = _new_record(collection, request, values, ancestors)
    item = item_of(collection, request.tenant, record, ancestors)
    if key is None and not collection.unique and not _has_targets(collection, record):
        _put(request, item)
    else:
        item = _create_with_relations(collection, request, record, item, key)
    return collection.decode(item)


def _new_record(
    collection: Collection[Any], request: Request, values: Any, ancestors: Ancestors
) -> Any:
    moment = now()
    record = {
        "id": ulid.new(),
        "created_at": moment,
        "created_by": request.actor,
        "updated_at": moment,
        "updated_by": request.actor,
        "version": 1,
        **values,
    }
    if collection.parent_id is not None:
        record[collection.parent_id] = ancestors[-1]
    return record


def _has_targets(collection: Collection[Any], record: Any) -> bool:
    return collection.parent is not None or any(
        record[reference.field] is not None for reference in collection.references
    )


def _put(request: Request, item: Item) -> None:
    try:
        dynamodb.put(request.tenant, {"Item": item, "ConditionExpression": ABSENT})
    except dynamodb.ConditionFailedError as failed:
        if not (failed.uncertain and is_own_write(failed.item, item)):
            raise


def is_own_write(found: Item | None, written: Item) -> bool:
    """Whether an item is what an unacknowledged attempt of ours wrote, perhaps counted since."""
    if found is None:
        return False
    return {name: value for name, value in found.items() if name != "refs"} == {
        name: value for name, value in written.items() if name != "refs"
    }


def _create_with_relations(
    collection: Collection[Any],
    request: Request,
    record: Any,
    item: Item,
    key: idempotency.Idempotency | None,
) -> Item:
    tenant = request.tenant
    transaction = Transaction()
    transaction.put_new(ITEM, item)
    relations.reserve(transaction, collection, tenant, record, collection.unique)
    relations.all_targets(collection, tenant, item, record, 1, request).into(transaction)
    if key is not None:
        key.remember(transaction, item)
    try:
        transaction.run(tenant)
    except FailedError as failed:
        if failed.uncertain and _is_same_creation(failed.failures.get(ITEM), item):
            return item
        if key is not None and IDEMPOTENCY in failed.failures:
            return key.replay(failed.failures[IDEMPOTENCY])
        raise relations.refusal(failed.failures) or failed from None
    return item


def _is_same_creation(found: Item | None, written: Item) -> bool:
    """Whether an item is the one that we made: ids are random, so a created item is told by it."""
    return found is not None and found.get("created_at") == written["created_at"]


def update(collection: Collection[Any], request: Request) -> Any:
    """Read an item and write what a patch changes of it: two calls, one where nothing changes."""
    match = request.if_match(required=collection.require_if_match)
    patch = Patch(collection, request.json(bodies.MERGE_PATCH))
    item = dynamodb.get(request.tenant, collection.key(request))
    for _ in range(ATTEMPTS):
        current = writable(collection, request, item)
        before = collection.decode(current)
        if match is not None and not match.accepts(before["version"]):
            raise precondition_failed()
        after = patch.apply(before)
        change = Change(collection, request.tenant, current, before, after, patch.fields)
        if not change.fields:
            return before
        try:
            return change.write(request)
        except OvertakenError as overtaken:
            item = overtaken.item
    raise conflict("concurrent_update", "Others changed the item at the same time.")
