"""Whether the caller may touch an item that was read.

Who may not read an item is told, whatever was asked, what an id that no item has is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime.attributes import Item
from nexus_runtime.http import Request
from nexus_runtime.problems import forbidden, not_found

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

NOBODY = " "
"""What no caller's `sub` can be (`nexus_runtime.identity`)."""


def must_own(collection: Collection[Any], request: Request) -> str | None:
    """Who must have created an item so that the caller may read it.

    None where that is no matter, `NOBODY` where the caller reads none. Where no route reads, the
    rule of the route that is called decides.
    """
    reading = collection.reading
    if reading is None:
        return request.actor if request.owner_only else None
    if not reading.allow.isdisjoint(request.roles):
        return None
    return request.actor if reading.owner else NOBODY


def must_own_target(target: Collection[Any], request: Request) -> str | None:
    """Who must have created an item so that the caller may name it as parent or in a reference.

    None where that is no matter, also where no route reads the target.
    """
    return None if target.reading is None else must_own(target, request)


def readable(collection: Collection[Any], request: Request, item: Item | None) -> Item:
    """The item, for a reader: 404 where it is absent, or not for the caller to read."""
    if item is None or not may_read(collection, request, item):
        raise not_found()
    return item


def may_read(collection: Collection[Any], request: Request, item: Item) -> bool:
    """Whether the caller may read the item."""
    owner = must_own(collection, request)
    return owner is None or item.get("created_by") == {"S": owner}


def writable(collection: Collection[Any], request: Request, item: Item | None) -> Item:
    """The item, for a writer: 404 as for a reader, 403 where only its creator may."""
    found = readable(collection, request, item)
    if not is_admitted(request, found):
        raise forbidden("not_owner")
    return found


def is_admitted(request: Request, item: Item) -> bool:
    """Whether the rule of the route that is called admits the caller to the item."""
    return not request.owner_only or item.get("created_by") == {"S": request.actor}
