"""Bringing items back from the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime import dynamodb, idempotency, relations
from nexus_runtime.access import is_admitted, may_read, readable, writable
from nexus_runtime.attributes import Item
from nexus_runtime.deletion import judge
from nexus_runtime.http import Request
from nexus_runtime.problems import Problem, conflict
from nexus_runtime.record import is_expired, next_version, now, version_of
from nexus_runtime.transactions import IDEMPOTENCY, ITEM, FailedError, Transaction, unchanged
from nexus_runtime.writes import is_own_write, item_of

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection


def restore(collection: Collection[Any], request: Request) -> Any:
    """Bring back the item of the trash that a request names: two calls."""
    tenant = request.tenant
    key = idempotency.of(request, None)
    match = request.if_match(required=False)
    trash_key = collection.trash_key(request)
    trashed = dynamodb.get(tenant, trash_key)
    if trashed is None or not _is_there(collection, request, trashed):
        return _nothing_to_restore(collection, request, key)
    judge(collection, request, match, trashed)
    item = _restored(collection, request, trashed)
    record = collection.decode(item)
    transaction = Transaction()
    condition, values = unchanged(trashed)
    transaction.add(
        "trash",
        "Delete",
        Key=trash_key,
        ConditionExpression=condition,
        ExpressionAttributeNames={"#version": "version"},
        **({"ExpressionAttributeValues": values} if values else {}),
    )
    transaction.put_new(ITEM, item)
    relations.reserve(transaction, collection, tenant, record, collection.unique)
    relations.all_targets(collection, tenant, item, record, 1).into(transaction)
    if key is not None:
        key.remember(transaction, item)
    try:
        transaction.run(tenant)
    except FailedError as failed:
        if failed.uncertain and is_own_write(failed.failures.get(ITEM), item):
            return record
        if key is not None and IDEMPOTENCY in failed.failures:
            return collection.decode(key.replay(failed.failures[IDEMPOTENCY]))
        raise _refusal(failed) from None
    return record


def _is_there(collection: Collection[Any], request: Request, trashed: Item) -> bool:
    """Whether a deleted item is there for the caller: who may not restore it cannot see it."""
    is_seen = may_read(collection, request, trashed) and is_admitted(request, trashed)
    return is_seen and not is_expired(trashed)


def _restored(collection: Collection[Any], request: Request, trashed: Item) -> Item:
    """The live item of a trashed one, a version later: it is made anew from the record, so that no
    time of the trash is left, and what cannot be read stays."""
    live = {**trashed, **collection.key(request)}
    record = {
        **collection.decode(live),
        "updated_at": now(),
        "updated_by": request.actor,
        "version": next_version(version_of(trashed)),
    }
    unread = {name: live[name] for name in collection.unreadable(live) if name in live}
    item = item_of(collection, request.tenant, record, collection.ancestors(request))
    return {**unread, **item}


def _nothing_to_restore(
    collection: Collection[Any], request: Request, key: idempotency.Idempotency | None
) -> Any:
    if key is not None:
        replayed = key.replay_if_known()
        if replayed is not None:
            return collection.decode(readable(collection, request, replayed))
    live = dynamodb.get(request.tenant, collection.key(request))
    writable(collection, request, live)
    raise conflict("not_deleted", "The item is not in the trash.")


def _refusal(failed: FailedError) -> Problem | FailedError:
    if ITEM in failed.failures or "trash" in failed.failures:
        return conflict("not_deleted", "The item is not in the trash.")
    return relations.refusal(failed.failures, restoring=True) or failed
