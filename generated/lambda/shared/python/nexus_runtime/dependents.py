"""Items that go with the item they refer to, or let go of it.

All that a deletion would touch is found before anything is written, so that a reference that
forbids the deletion leaves everything as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime import dynamodb, removal
from nexus_runtime.attributes import Item
from nexus_runtime.changes import Change, OvertakenError
from nexus_runtime.http import Request
from nexus_runtime.keys import Tenant, ancestors_of, index_partition, partition, unescape
from nexus_runtime.problems import Problem, conflict

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection, Dependent

MAX_DEPENDENTS = 100
"""Items that one request deletes or changes besides the one it names."""

ATTEMPTS = 3


class _Task:
    """What happens to one dependent: it is deleted, or some of its ref fields are cleared.

    Attributes:
        causes: ref fields for whose sake it is deleted, with the id that they hold; None where it
            is a child.
        cleared: ref fields that are cleared, with the id that they hold.
    """

    __slots__ = ("causes", "cleared", "collection", "deleted", "item")

    def __init__(self, collection: Collection[Any], item: Item) -> None:
        self.collection = collection
        self.item = item
        self.deleted = False
        self.causes: dict[str, str] | None = {}
        self.cleared: dict[str, str] = {}


_Name = tuple[str, str]


def _name(item: Item) -> _Name:
    return (item["pk"]["S"], item["sk"]["S"])


class _Plan:
    """Tasks in the order in which they are done, dependents of dependents first."""

    __slots__ = ("_above", "_tasks", "_tenant", "ordered")

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._above: set[_Name] = set()
        self._tasks: dict[_Name, _Task] = {}
        self.ordered: list[_Task] = []

    def add(self, collection: Collection[Any], item: Item) -> None:
        """Plan for all that refers to an item, or refuse."""
        self._above.add(_name(item))
        found = 0
        for dependent in collection.dependents:
            for other in self._search(dependent, item):
                if dependent.reference and other.get(dependent.reference.field) != item["sk"]:
                    continue
                found += 1
                self._add_task(dependent, other, item["sk"]["S"])
        if found < removal.references_to(item):
            raise _in_use()
        self._above.remove(_name(item))

    def _add_task(self, dependent: Dependent, item: Item, target: str) -> None:
        name = _name(item)
        if name in self._above:
            self._untie(dependent, item, target)
            return
        task = self._tasks.get(name)
        if task is None:
            if len(self._tasks) >= MAX_DEPENDENTS:
                raise conflict(
                    "too_many_dependents",
                    f"More than {MAX_DEPENDENTS} items depend on the item. Delete some first.",
                )
            task = self._tasks[name] = _Task(dependent.collection, item)
        reference = dependent.reference
        if reference is None:
            task.causes = None
        elif reference.on_delete == "cascade" and task.causes is not None:
            task.causes[reference.field] = target
        if reference is not None and reference.on_delete == "detach":
            task.cleared[reference.field] = target
        elif not task.deleted:
            task.deleted = True
            if removal.references_to(item):
                self.add(dependent.collection, item)
        if task not in self.ordered:
            self.ordered.append(task)

    def _untie(self, dependent: Dependent, item: Item, target: str) -> None:
        """An item that is to go after the target, and refers to it: a circle."""
        reference = dependent.reference
        if reference is None or reference.on_delete != "detach":
            raise conflict(
                "circular", "Items refer to one another in a circle. Clear a reference first."
            )
        task = _Task(dependent.collection, item)
        task.cleared[reference.field] = target
        self.ordered.append(task)

    def _search(self, dependent: Dependent, item: Item) -> list[Item]:
        room = MAX_DEPENDENTS + 1
        query = _query(dependent, self._tenant, item)
        items: list[Item] = []
        start = None
        while query is not None and len(items) < room:
            page = {**query, "Limit": room - len(items)}
            if start is not None:
                page["ExclusiveStartKey"] = start
            found, start = dynamodb.query(self._tenant, page)
            items += found
            if start is None:
                break
        return items


def clear(collection: Collection[Any], request: Request, item: Item) -> int:
    """Delete and detach what refers to an item.

    Gives how often the item itself was changed: references of its own to what goes before it are
    cleared, each as one version.

    Raises a 409 problem, with nothing changed, where a reference restricts the deletion, where
    items that go along refer to one another in a circle, where there are more than 100 dependents,
    or where an index does not show all of them yet.
    """
    plan = _Plan(request.tenant)
    plan.add(collection, item)
    for task in plan.ordered:
        if task.deleted:
            _delete(task, request.tenant)
        else:
            _detach(task, request)
    return sum(_name(task.item) == _name(item) for task in plan.ordered)


def _query(dependent: Dependent, tenant: Tenant, item: Item) -> dict[str, Any] | None:
    """The query that finds dependents of an item; None for a restriction, which needs no search."""
    collection, reference = dependent
    id = unescape(item["sk"]["S"])
    if reference is None:
        below = (*ancestors_of(item), id)
        values = {":pk": {"S": partition(tenant, collection.entity, below)}}
        return {
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
        }
    index = collection.index_of(reference.field)
    if reference.on_delete == "restrict" or index is None:
        return None
    pk = index_partition(tenant, f"{collection.entity}#{index.name}", (id,))
    return {
        "IndexName": index.slot,
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": f"{index.slot}pk"},
        "ExpressionAttributeValues": {":pk": {"S": pk}},
    }


def _delete(task: _Task, tenant: Tenant) -> None:
    item = task.item
    for _ in range(ATTEMPTS):
        try:
            removal.remove(task.collection, tenant, item)
            return
        except removal.MetError as met:
            if met.item is None or not _still_depends(task, met.item):
                return
            item = met.item
    raise _in_use()


def _still_depends(task: _Task, item: Item) -> bool:
    """Whether an item that was changed since it was found refers to the target yet."""
    if task.causes is None:
        return True
    record = task.collection.decode(item)
    return any(record[field] == target for field, target in task.causes.items())


def _detach(task: _Task, request: Request) -> None:
    item: Item | None = task.item
    for _ in range(ATTEMPTS):
        if item is None:
            return
        before = task.collection.decode(item)
        held = task.cleared.items()
        cleared = {field: None for field, target in held if before[field] == target}
        if not cleared:
            return
        change = Change(task.collection, request.tenant, item, before, {**before, **cleared})
        try:
            change.write(request)
            return
        except OvertakenError as overtaken:
            item = overtaken.item
    raise _in_use()


def _in_use() -> Problem:
    return conflict("in_use", "Other items refer to the item.")
