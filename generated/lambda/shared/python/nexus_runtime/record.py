"""What every item has besides the fields of its entity."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, TypedDict

from nexus_runtime.attributes import Item, number, present, string
from nexus_runtime.keys import unescape

SYSTEM_FIELDS = ("id", "created_at", "created_by", "updated_at", "updated_by", "version")
"""Set by the runtime only; a body that holds one of them is refused."""

TRASH_FIELDS = ("deleted_at", "restorable_until")
"""What the list of a trash shows besides, in place of `ttl`; set by the runtime only."""


class Record(TypedDict):
    """Identity, history and version of an item.

    `created_at` and `updated_at` are RFC 3339 in UTC with microseconds; `created_by` and
    `updated_by` the `sub` claim of the caller; `version` counts from 1 and is the item's ETag.
    """

    id: str
    created_at: str
    created_by: str
    updated_at: str
    updated_by: str
    version: int


def stamps(item: Item) -> Record:
    """The stamps of a stored item."""
    return {
        "id": unescape(item["sk"]["S"]),
        "created_at": item["created_at"]["S"],
        "created_by": item["created_by"]["S"],
        "updated_at": item["updated_at"]["S"],
        "updated_by": item["updated_by"]["S"],
        "version": int(item["version"]["N"]),
    }


def stamp_attributes(record: Any) -> dict[str, dict[str, Any]]:
    """The stamps of a record as DynamoDB stores them; the id is the sort key.

    One that could not be read is left out.
    """
    return present(
        {
            "created_at": string(record["created_at"]),
            "created_by": string(record["created_by"]),
            "updated_at": string(record["updated_at"]),
            "updated_by": string(record["updated_by"]),
            "version": number(record["version"]),
        }
    )


def version_of(item: Item) -> int | None:
    """Version of a stored item; None where it cannot be read."""
    try:
        return int(item["version"]["N"])
    except (KeyError, ValueError):
        return None


def next_version(version: int | None) -> int:
    """The version after this one: the time in seconds after one that cannot be read, which is more
    than any version that a client may still know."""
    return int(time.time()) if version is None else version + 1


def is_expired(item: Item) -> bool:
    """Whether the time of an item is over, and DynamoDB may have removed it.

    It reads numbers only, so that an item with any other `ttl` stays (DynamoDB developer guide,
    "Using time to live").
    """
    try:
        return int(item["ttl"]["N"]) <= time.time()
    except (KeyError, ValueError):
        return False


def trash_times(item: Item) -> dict[str, str | None]:
    """When an item of the trash was deleted, and until when it can be restored.

    Both are what the deletion wrote, whatever `retain` says now. None for what cannot be read, and
    for the deletion of an item that went before its time was written.
    """
    deleted = item.get("deleted_at", {}).get("S")
    try:
        ends = _moment(datetime.fromtimestamp(int(item["ttl"]["N"]), UTC))
    except (KeyError, ValueError, OverflowError, OSError):
        ends = None
    return {"deleted_at": deleted, "restorable_until": ends}


def now() -> str:
    """This moment, `2026-11-23T22:27:25.123456Z`."""
    return _moment(datetime.now(UTC))


def _moment(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
