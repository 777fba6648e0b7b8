"""Actions of a DynamoDB transaction, each with what its failure would mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nexus_runtime import dynamodb
from nexus_runtime.attributes import Item
from nexus_runtime.keys import Key, Tenant

ABSENT = "attribute_not_exists(pk)"
PRESENT = "attribute_exists(pk)"
UNREFERENCED = "(attribute_not_exists(#refs) OR #refs = :zero)"


def unchanged(item: Item) -> tuple[str, Item]:
    """The condition that an item has the version that was read, and its values; `#version` has to
    name the attribute. It holds for a version that cannot be read as well."""
    if "version" not in item:
        return f"{PRESENT} AND attribute_not_exists(#version)", {}
    return "#version = :version", {":version": item["version"]}


ITEM = "item"
IDEMPOTENCY = "idempotency"


class Transaction:
    """Writes that happen together or not at all (at most 100, DynamoDB's bound).

    Each action has a name that says what it is about: `item`, `idempotency`, `unique/slug`,
    `target/instructor`.
    """

    __slots__ = ("actions", "names")

    def __init__(self) -> None:
        self.actions: list[dict[str, dict[str, Any]]] = []
        self.names: list[str] = []

    def add(self, name: str, kind: str, **parameters: Any) -> None:
        """Add one action: `Put`, `Update` or `Delete` with its parameters."""
        self.actions.append({kind: parameters})
        self.names.append(name)

    def put_new(self, name: str, item: Item) -> None:
        """Write an item where there is none."""
        self.add(name, "Put", Item=item, ConditionExpression=ABSENT)

    def count(self, name: str, key: Key, by: int, owner: str | None = None) -> None:
        """Change how many live items refer to a target, which has to exist and, where an owner is
        given, to be of that one's making."""
        values = {":by": {"N": str(by)}}
        if owner is not None:
            values[":owner"] = {"S": owner}
        self.add(
            name,
            "Update",
            Key=key,
            UpdateExpression="ADD #refs :by",
            ConditionExpression=PRESENT if owner is None else f"{PRESENT} AND created_by = :owner",
            ExpressionAttributeNames={"#refs": "refs"},
            ExpressionAttributeValues=values,
        )

    def drop(self, names: Collection[str]) -> None:
        """Leave out the actions of these names."""
        kept = [index for index, name in enumerate(self.names) if name not in names]
        self.actions = [self.actions[index] for index in kept]
        self.names = [self.names[index] for index in kept]

    def run(self, tenant: Tenant) -> None:
        """Carry it out; raises `FailedError`."""
        try:
            dynamodb.transact(tenant, self.actions)
        except dynamodb.CancelledError as cancelled:
            failures = {
                name: reason.item
                for name, reason in zip(self.names, cancelled.reasons, strict=True)
                if reason.failed
            }
            raise FailedError(failures, cancelled.uncertain) from None


class FailedError(Exception):
    """A transaction was not carried out.

    Attributes:
        failures: by the names of the actions whose conditions did not hold, the item that was met.
        uncertain: an earlier attempt of this transaction may have been carried out.
    """

    def __init__(self, failures: dict[str, Item | None], uncertain: bool) -> None:
        super().__init__(", ".join(failures))
        self.failures = failures
        self.uncertain = uncertain
