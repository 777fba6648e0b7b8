"""What an item holds on to besides itself: unique values, its parent, and what it refers to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nexus_runtime.access import must_own_target
from nexus_runtime.attributes import Item
from nexus_runtime.http import Request
from nexus_runtime.keys import Ancestors, Key, Tenant, ancestors_of, primary_key, unique_key
from nexus_runtime.problems import Problem, conflict, invalid_body, not_found
from nexus_runtime.transactions import Transaction

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

PARENT = "target/"
"""Name of the action that counts a child at its parent."""

_Slot = tuple[str, str]


class Targets:
    """By how much the counts of items change, one change an item however many fields name it."""

    __slots__ = ("_changes",)

    def __init__(self) -> None:
        self._changes: dict[_Slot, tuple[int, list[str], str | None]] = {}

    def add(self, field: str, key: Key, by: int, owner: str | None = None) -> None:
        """One more or one fewer reference from a field; the parent is the field without a name.

        With an owner, a target that gains references has to be of that one's making.
        """
        slot = (key["pk"]["S"], key["sk"]["S"])
        total, fields, known = self._changes.get(slot, (0, [], None))
        self._changes[slot] = (total + by, [*fields, field], known or owner)

    def into(self, transaction: Transaction) -> None:
        """Add the counts that change."""
        for (pk, sk), (by, fields, owner) in self._changes.items():
            if by:
                name = "target/" + "+".join(fields)
                to_read = owner if by > 0 else None
                transaction.count(name, {"pk": {"S": pk}, "sk": {"S": sk}}, by, to_read)


def parent_key(collection: Collection[Any], tenant: Tenant, ancestors: Ancestors) -> Key | None:
    """Key of the parent of an item below these ancestors."""
    if collection.parent is None:
        return None
    return primary_key(tenant, collection.parent, ancestors[-1], ancestors[:-1])


def add_targets(
    targets: Targets,
    collection: Collection[Any],
    tenant: Tenant,
    record: Any,
    by: int,
    request: Request | None = None,
) -> None:
    """Count what the ref fields of a record name; with a request, its caller has to read that."""
    for reference in collection.references:
        id = record[reference.field]
        if id is not None:
            key = primary_key(tenant, reference.to, id)
            target = collection.targets[reference.to]
            owner = must_own_target(target, request) if request else None
            targets.add(reference.field, key, by, owner)


def all_targets(
    collection: Collection[Any],
    tenant: Tenant,
    item: Item,
    record: Any,
    by: int,
    request: Request | None = None,
) -> Targets:
    """Everything that counts an item: its parent and what its ref fields name. With a request, its
    caller has to read them."""
    targets = Targets()
    above = parent_key(collection, tenant, ancestors_of(item))
    if above is not None:
        parent = collection.above
        owner = must_own_target(parent, request) if parent and request else None
        targets.add("", above, by, owner)
    add_targets(targets, collection, tenant, record, by, request)
    return targets


def comparable(value: Any) -> Any:
    """A value in the form in which it is unique: text in NFC (Unicode Standard Annex 15), so that
    an accent that was typed as a character of its own makes no second value."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def reserve(
    transaction: Transaction,
    collection: Collection[Any],
    tenant: Tenant,
    record: Any,
    fields: Iterable[str],
) -> None:
    """Reserve the unique values of a record."""
    for field in fields:
        value = record[field]
        if value is not None:
            key = unique_key(tenant, collection.entity, field, comparable(value))
            transaction.put_new(f"unique/{field}", {**key, "item": {"S": record["id"]}})


def release(
    transaction: Transaction,
    collection: Collection[Any],
    tenant: Tenant,
    record: Any,
    fields: Iterable[str],
) -> None:
    """Free the unique values of a record."""
    for field in fields:
        value = record[field]
        if value is not None:
            key = unique_key(tenant, collection.entity, field, comparable(value))
            transaction.add(f"release/{field}", "Delete", Key=key)


def refusal(failures: Iterable[str], *, restoring: bool = False) -> Problem | None:
    """The answer to a write whose relations did not hold, None where they did.

    A parent that is gone is 404, a reference that is gone 400, a value that is taken 409; all
    relations of a restore were legal once, so there it is 409.
    """
    fields = [part for name in failures for part in _fields(name, "target/")]
    taken = [part for name in failures for part in _fields(name, "unique/")]
    if restoring and fields:
        return conflict("reference_gone", "The item refers to something that is gone.")
    if "" in fields:
        return not_found()
    if fields:
        return invalid_body(
            [_error(field, "not_found", "There is no such item.") for field in fields]
        )
    if taken:
        errors = [_error(field, "unique", "Another item has this value.") for field in taken]
        return conflict("unique", "Another item has a value that must be unique.", errors)
    return None


def _fields(name: str, prefix: str) -> list[str]:
    return name.removeprefix(prefix).split("+") if name.startswith(prefix) else []


def _error(field: str, code: str, detail: str) -> dict[str, str]:
    return {"pointer": f"/{field}", "code": code, "detail": detail}
