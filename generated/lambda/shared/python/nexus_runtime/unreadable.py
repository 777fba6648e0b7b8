"""Stored items that do not hold what their entity says: nothing of them fails a request.

What cannot be read is None in the record, as if it were unset, and the log names it. Its attribute
stays as it is, with its index entries, until the field is written itself. Only types are judged: a
value that is out of its bounds is read as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nexus_runtime import telemetry
from nexus_runtime.attributes import Item
from nexus_runtime.keys import unescape

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

_STAMPS: Item = {
    "created_at": {"S": ""},
    "created_by": {"S": ""},
    "updated_at": {"S": ""},
    "updated_by": {"S": ""},
    "version": {"N": "1"},
}

Decode = Callable[[Item], Any]


def names(collection: Collection[Any], decode: Decode, item: Item) -> frozenset[str]:
    """Attributes that a decoder cannot read: each is tried alone.

    What the runtime writes into every item has to be there.
    """
    plain = _plain(collection, item)
    present = item.keys() & {*collection.checks, *plain}
    unread = {name for name in present if not _is_read(decode, {**plain, name: item[name]})}
    return frozenset(unread | plain.keys() - item.keys())


def decode(collection: Collection[Any], decode: Decode, item: Item) -> Any:
    """The record of an item that a decoder refused, None for what cannot be read.

    Raises what the decoder raises where no attribute is at fault.
    """
    unread = names(collection, decode, item)
    readable = {name: value for name, value in item.items() if name not in unread}
    record = decode({**_plain(collection, item), **readable})
    telemetry.unreadable(collection.entity, record["id"], unread)
    record.update(dict.fromkeys(unread - {collection.parent_id}))
    return record


def _plain(collection: Collection[Any], item: Item) -> Item:
    """An item without fields at the key of another, which says its id and its parent's."""
    plain = {**_STAMPS, "sk": item["sk"]}
    if collection.parent_id is not None:
        plain[collection.parent_id] = {"S": unescape(item["pk"]["S"].rpartition("#")[2])}
    return plain


def _is_read(decode: Decode, item: Item) -> bool:
    try:
        decode(item)
    except Exception:
        return False
    return True
