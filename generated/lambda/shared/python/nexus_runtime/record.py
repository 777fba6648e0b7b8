"""What every item has besides the fields of its entity."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypedDict

from nexus_runtime.keys import Key, unescape

SYSTEM_FIELDS = ("id", "created_at", "created_by", "updated_at", "updated_by", "version")
"""Set by the runtime only; a body that holds one of them is refused."""


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


def stamps(item: Key) -> Record:
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
    """The stamps of a record as DynamoDB stores them; the id is the sort key."""
    return {
        "created_at": {"S": record["created_at"]},
        "created_by": {"S": record["created_by"]},
        "updated_at": {"S": record["updated_at"]},
        "updated_by": {"S": record["updated_by"]},
        "version": {"N": str(record["version"])},
    }


def now() -> str:
    """This moment, `2026-11-23T22:27:25.123456Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
