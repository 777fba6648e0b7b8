"""Deleting the item that a request names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_runtime import dependents, dynamodb
from nexus_runtime.access import writable
from nexus_runtime.attributes import Item
from nexus_runtime.http import IfMatch, Request
from nexus_runtime.problems import conflict, precondition_failed
from nexus_runtime.record import version_of
from nexus_runtime.removal import MetError, references_to, remove, remove_unread

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

ATTEMPTS = 3

MAX_LISTED = 100
"""Values of the operator IN (DynamoDB developer guide, "Comparison operator and function
reference"); a longer list of tags is compared here."""


def delete(collection: Collection[Any], request: Request) -> None:
    """Delete the item that a request names.

    One call where nothing but the item itself is concerned; two where its content is needed; more
    where dependents go with it.
    """
    match = request.if_match(required=collection.require_if_match)
    key = collection.key(request)
    item = None
    needs_content = _needs_content(collection) or _is_long(match)
    if needs_content:
        item = writable(collection, request, dynamodb.get(request.tenant, key))
    for _ in range(ATTEMPTS):
        if item is not None:
            judge(collection, request, match, item)
            if references_to(item):
                changes = dependents.clear(collection, request, item)
                match = _after(changes, match, item)
        try:
            if needs_content and item is not None:
                remove(collection, request.tenant, item)
            else:
                remove_unread(collection, request, match, key)
            return
        except MetError as met:
            if met.item is None and met.uncertain:
                return
            item = writable(collection, request, met.item)
    raise conflict("in_use", "Others refer to the item or changed it at the same time.")


def _after(changes: int, match: IfMatch | None, item: Item) -> IfMatch | None:
    """What `If-Match` accepts after changes of our own to the item that it accepted."""
    version = version_of(item)
    if not changes or match is None or match.versions is None or version is None:
        return match
    return IfMatch(f'"{version + changes}"')


def _needs_content(collection: Collection[Any]) -> bool:
    return bool(collection.retain_seconds or collection.unique or collection.references)


def _is_long(match: IfMatch | None) -> bool:
    return match is not None and len(match.versions or ()) > MAX_LISTED


def judge(collection: Collection[Any], request: Request, match: IfMatch | None, item: Item) -> None:
    """Refuse what owner rules or `If-Match` stand against."""
    writable(collection, request, item)
    if match is not None and not match.accepts(version_of(item)):
        raise precondition_failed()
