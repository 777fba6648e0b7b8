"""Whether the caller may touch an item that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime.attributes import Item
from nexus_runtime.http import Request
from nexus_runtime.problems import forbidden, not_found

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection


def readable(collection: Collection[Any], request: Request, item: Item | None) -> Item:
    """The item, for a reader: 404 where it is absent, elsewhere, or its creator's alone."""
    if item is None or not _is_theirs(request, item):
        raise not_found()
    return item


def writable(collection: Collection[Any], request: Request, item: Item | None) -> Item:
    """The item, for a writer: 404 where it is absent, 403 where only its creator may."""
    if item is None:
        raise not_found()
    if not _is_theirs(request, item):
        raise forbidden("not_owner")
    return item


def _is_theirs(request: Request, item: Item) -> bool:
    return not request.owner_only or item.get("created_by") == {"S": request.actor}
