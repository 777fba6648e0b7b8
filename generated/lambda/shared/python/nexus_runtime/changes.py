"""One change of one item: only what differs is written, and only over the version that was read."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any

from nexus_runtime import dynamodb, relations
from nexus_runtime.attributes import Item
from nexus_runtime.http import Request
from nexus_runtime.keys import Key, Tenant, ancestors_of
from nexus_runtime.problems import invalid_body
from nexus_runtime.record import next_version, now, stamp_attributes
from nexus_runtime.transactions import ITEM, FailedError, Transaction, unchanged

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection


class OvertakenError(Exception):
    """Somebody else wrote the item since it was read.

    Attributes:
        item: the item as it is now, None where it is gone.
    """

    def __init__(self, item: Item | None) -> None:
        super().__init__("overtaken")
        self.item = item


class Change:
    """What a record that was derived from an item changes of it.

    Attributes:
        before: the record of the item.
        fields: attributes of fields that differ; None where one is removed.
    """

    __slots__ = ("_after", "_collection", "_item", "_tenant", "_unread", "before", "fields")

    def __init__(
        self,
        collection: Collection[Any],
        tenant: Tenant,
        item: Item,
        before: Any,
        after: Any,
        named: Set[str] = frozenset(),
    ) -> None:
        """`named` are the fields that the client sent: of these, what cannot be read goes too."""
        self._collection = collection
        self._tenant = tenant
        self._item = item
        self._after = after
        self.before = before
        self.fields = _differences(collection.encode(before), collection.encode(after))
        unreadable = collection.unreadable(item)
        self.fields.update({name: None for name in unreadable & named if after[name] is None})
        self._unread = unreadable - self.fields.keys()

    def write(self, request: Request) -> Any:
        """Write the change and give the record as it is then.

        Raises OvertakenError where the item has another version by now, and problems where a unique
        value is taken or a reference leads nowhere.
        """
        self._after = {
            **self._after,
            "updated_at": now(),
            "updated_by": request.actor,
            "version": next_version(self.before["version"]),
        }
        parameters = self._parameters()
        transaction = self._relations(request)
        if transaction.actions:
            self._transact(transaction, parameters)
        else:
            self._update(parameters)
        changed = {**self._item, **self._attributes()}
        return self._collection.decode({k: v for k, v in changed.items() if v is not None})

    def _attributes(self) -> dict[str, Any]:
        """Attributes that differ, index entries and stamps too; None where one is removed."""
        keys = self._collection.keys(self._tenant, self._after, ancestors_of(self._item))
        stored = {name: value for name, value in self._item.items() if name.startswith("gsi")}
        indexed = {name: value for name, value in keys.items() if name.startswith("gsi")}
        if self._unread:
            self._keep_unread(stored, indexed)
        stamps = stamp_attributes(self._after)
        return {
            **self.fields,
            **_differences(stored, indexed),
            "updated_at": stamps["updated_at"],
            "updated_by": stamps["updated_by"],
            "version": stamps["version"],
        }

    def _keep_unread(self, stored: Item, indexed: Item) -> None:
        """Leave in the index entries what they hold of values that cannot be read."""
        for index in self._collection.indexes:
            pk, sk = f"{index.slot}pk", f"{index.slot}sk"
            kept = []
            if not self._unread.isdisjoint(index.match):
                kept = [pk, sk]
            elif index.sort in self._unread and pk in indexed:
                kept = [sk]
            indexed.update({name: stored[name] for name in kept if name in stored})

    def _parameters(self) -> dict[str, Any]:
        names: dict[str, str] = {"#version": "version"}
        condition, values = unchanged(self._item)
        sets: list[str] = []
        removes: list[str] = []
        for number, (name, value) in enumerate(self._attributes().items()):
            names[f"#{number}"] = name
            if value is None:
                removes.append(f"#{number}")
            else:
                values[f":{number}"] = value
                sets.append(f"#{number} = :{number}")
        expression = "SET " + ", ".join(sets)
        if removes:
            expression += " REMOVE " + ", ".join(removes)
        return {
            "Key": self._key(),
            "UpdateExpression": expression,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }

    def _key(self) -> Key:
        return {"pk": self._item["pk"], "sk": self._item["sk"]}

    def _relations(self, request: Request) -> Transaction:
        """What has to change together with the item."""
        collection, tenant = self._collection, self._tenant
        before, after = self.before, self._after
        transaction = Transaction()
        unique = [
            field
            for field in collection.unique
            if relations.comparable(before[field]) != relations.comparable(after[field])
        ]
        relations.release(transaction, collection, tenant, before, unique)
        relations.reserve(transaction, collection, tenant, after, unique)
        if any(before[ref.field] != after[ref.field] for ref in collection.references):
            self._refuse_self_reference()
            targets = relations.Targets()
            relations.add_targets(targets, collection, tenant, before, -1)
            relations.add_targets(targets, collection, tenant, after, 1, request)
            targets.into(transaction)
        return transaction

    def _refuse_self_reference(self) -> None:
        for reference in self._collection.references:
            own = reference.to == self._collection.entity
            if own and self._after[reference.field] == self._after["id"]:
                detail = "An item cannot refer to itself."
                error = {"pointer": f"/{reference.field}", "code": "self", "detail": detail}
                raise invalid_body([error])

    def _update(self, parameters: dict[str, Any]) -> None:
        try:
            dynamodb.update(self._tenant, parameters)
        except dynamodb.ConditionFailedError as failed:
            if not (failed.uncertain and self._is_ours(failed.item)):
                raise OvertakenError(failed.item) from None

    def _transact(self, transaction: Transaction, parameters: dict[str, Any]) -> None:
        transaction.add(ITEM, "Update", **parameters)
        try:
            transaction.run(self._tenant)
        except FailedError as failed:
            if failed.uncertain and self._is_ours(failed.failures.get(ITEM)):
                return
            if ITEM in failed.failures:
                raise OvertakenError(failed.failures[ITEM]) from None
            raise relations.refusal(failed.failures) or failed from None

    def _is_ours(self, found: Item | None) -> bool:
        """Whether an item is as an unacknowledged attempt of this very change left it."""
        if found is None:
            return False
        return all(found.get(name) == value for name, value in self._attributes().items())


def _differences(before: Item, after: Item) -> dict[str, Any]:
    changed: dict[str, Any] = {
        name: value for name, value in after.items() if before.get(name) != value
    }
    for name in before:
        if name not in after:
            changed[name] = None
    return changed
