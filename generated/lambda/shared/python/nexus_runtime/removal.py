"""How one item leaves, with all that it holds on to: for good or into the trash."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from nexus_runtime import dynamodb, relations
from nexus_runtime.access import must_own
from nexus_runtime.attributes import Item
from nexus_runtime.http import IfMatch, Request
from nexus_runtime.keys import Key, Tenant, ancestors_of, trash_partition
from nexus_runtime.problems import precondition_failed
from nexus_runtime.record import now
from nexus_runtime.transactions import (
    ITEM,
    PRESENT,
    UNREFERENCED,
    FailedError,
    Transaction,
    unchanged,
)

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection


class MetError(Exception):
    """A deletion met the item in another state than it asked for.

    Attributes:
        item: the item as it is, None where it is gone.
        uncertain: an earlier attempt of this deletion may have been carried out.
    """

    def __init__(self, item: Item | None, uncertain: bool) -> None:
        super().__init__("met")
        self.item = item
        self.uncertain = uncertain


def references_to(item: Item) -> int:
    """How many live items refer to an item; one where the count cannot be read, for an item that
    nobody is known to have let go of stays."""
    try:
        return int(item["refs"]["N"]) if "refs" in item else 0
    except (KeyError, ValueError):
        return 1


def remove_unread(
    collection: Collection[Any], request: Request, match: IfMatch | None, key: Key
) -> None:
    """Delete an item whose content nobody needs: its conditions stand in the one call."""
    conditions = [PRESENT, UNREFERENCED]
    names = {"#refs": "refs"}
    values: dict[str, Any] = {":zero": {"N": "0"}}
    owner = must_own(collection, request) or (request.actor if request.owner_only else None)
    if owner is not None:
        conditions.append("created_by = :owner")
        values[":owner"] = {"S": owner}
    if match is not None and match.versions is not None:
        tags = {f":v{number}": {"N": str(v)} for number, v in enumerate(sorted(match.versions))}
        if not tags:
            raise precondition_failed()
        names["#version"] = "version"
        values.update(tags)
        conditions.append(f"#version IN ({', '.join(tags)})")
    parameters = {
        "Key": key,
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }
    transaction = Transaction()
    parent = relations.parent_key(collection, request.tenant, collection.ancestors(request))
    if parent is not None:
        transaction.count(relations.PARENT, parent, -1)
    _carry_out(request.tenant, parameters, transaction)


def remove(collection: Collection[Any], tenant: Tenant, item: Item) -> None:
    """Delete an item that was read, with all that it holds on to."""
    record = collection.decode(item)
    transaction = Transaction()
    if collection.retain_seconds is not None:
        transaction.add("trash", "Put", Item=_trashed(collection, tenant, item))
    relations.release(transaction, collection, tenant, record, collection.unique)
    relations.all_targets(collection, tenant, item, record, -1).into(transaction)
    condition, values = unchanged(item)
    parameters = {
        "Key": {"pk": item["pk"], "sk": item["sk"]},
        "ConditionExpression": f"{condition} AND {UNREFERENCED}",
        "ExpressionAttributeNames": {"#version": "version", "#refs": "refs"},
        "ExpressionAttributeValues": {**values, ":zero": {"N": "0"}},
    }
    _carry_out(tenant, parameters, transaction)


def _trashed(collection: Collection[Any], tenant: Tenant, item: Item) -> Item:
    """An item as the trash keeps it: in no index, and with the times of its stay."""
    kept = {name: value for name, value in item.items() if not _is_live_only(name)}
    ends = int(time.time()) + (collection.retain_seconds or 0)
    return {
        **kept,
        "pk": {"S": trash_partition(tenant, collection.entity, ancestors_of(item))},
        "deleted_at": {"S": now()},
        "ttl": {"N": str(ends)},
    }


def _is_live_only(name: str) -> bool:
    return name == "refs" or name.startswith("gsi")


def _carry_out(tenant: Tenant, parameters: dict[str, Any], transaction: Transaction) -> None:
    if not transaction.actions:
        try:
            dynamodb.delete(tenant, parameters)
        except dynamodb.ConditionFailedError as failed:
            raise MetError(failed.item, failed.uncertain) from None
        return
    transaction.add(ITEM, "Delete", **parameters)
    while True:
        try:
            transaction.run(tenant)
            return
        except FailedError as failed:
            if ITEM in failed.failures:
                raise MetError(failed.failures[ITEM], failed.uncertain) from None
            transaction.drop(failed.failures)
