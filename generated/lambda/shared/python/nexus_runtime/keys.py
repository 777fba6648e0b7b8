"""Where items lie: every partition key of the table and of its indexes begins with the tenant.

Parts are joined by `#`. No part contains `#`: characters U+0000 to U+0024 are written as `$` and
two hexadecimal digits, so that `#` sorts below whatever may follow it and byte order of keys is
code point order of values.
"""

from __future__ import annotations

import re
from typing import Any

from nexus_runtime.problems import Problem

TENANT_PATTERN = re.compile(r"\A[A-Za-z0-9_-]{1,64}\Z")
"""An organization id. `/`, `#`, `*` and line ends would break out of keys and policies."""

MAX_PARTITION_KEY = 2048
MAX_SORT_KEY = 1024
"""Bytes of a key attribute (DynamoDB, service quotas: partition key and sort key length)."""

Key = dict[str, dict[str, Any]]
"""`{"pk": {"S": ...}, "sk": {"S": ...}}`"""

Ancestors = tuple[str, ...]
"""Ids of the items that an item lies under, outermost first: `(rack_id, box_id)`. All of them are
part of a child's partition keys, so that a path which mixes ancestors names an empty partition."""

_UNSAFE = re.compile("[\x00-\x24]")
_ESCAPES = {code: f"${code:02X}" for code in range(0x25)}

MatchValue = str | int | bool | None


class Tenant(str):
    """A verified organization id; only `Tenant(...)` makes one.

    Raises ValueError for anything that is not a str of the charset.
    """

    __slots__ = ()

    def __new__(cls, value: object) -> Tenant:
        if not isinstance(value, str) or not TENANT_PATTERN.match(value):
            raise ValueError("not an organization id")
        return super().__new__(cls, value)


def escape(value: str) -> str:
    """A key part that contains neither `#` nor any character below it but `$`."""
    return value.translate(_ESCAPES) if _UNSAFE.search(value) else value


def unescape(value: str) -> str:
    """The inverse of `escape`."""
    return re.sub(r"\$([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), value)


def match_text(value: str | int | bool) -> str:
    """A field's value as a part of a partition key."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return escape(value if isinstance(value, str) else str(value))


def _key(pk: str, sk: str) -> Key:
    if len(pk) * 4 > MAX_PARTITION_KEY or len(sk) * 4 > MAX_SORT_KEY:
        _refuse_long(pk, sk)
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _refuse_long(pk: str, sk: str) -> None:
    if len(pk.encode()) > MAX_PARTITION_KEY or len(sk.encode()) > MAX_SORT_KEY:
        raise Problem(400, "key_too_long", "An indexed or unique value is too long.")


def partition(tenant: Tenant, entity: str, ancestors: Ancestors = ()) -> str:
    """Partition key of an entity's items, of a child's those below one parent.

    `{org}#rack`, `{org}#box#{rack_id}`, `{org}#slot#{rack_id}#{box_id}`
    """
    return "#".join([f"{tenant}#{entity}", *map(escape, ancestors)])


def ancestors_of(item: Key) -> Ancestors:
    """The ids that the partition key of a live item holds, the inverse of `partition`."""
    return tuple([unescape(part) for part in item["pk"]["S"].split("#")[2:]])


def primary_key(tenant: Tenant, entity: str, id: str, ancestors: Ancestors = ()) -> Key:
    """Table key of an item: its partition, and its id."""
    return _key(partition(tenant, entity, ancestors), escape(id))


def index_partition(tenant: Tenant, index: str, match: tuple[MatchValue, ...]) -> str | None:
    """Partition key of an index entry; None where a value is unset and there is no entry."""
    parts = [f"{tenant}#{index}"]
    for value in match:
        if value is None:
            return None
        parts.append(match_text(value))
    return "#".join(parts)


def index_key(
    slot: str, tenant: Tenant, index: str, match: tuple[MatchValue, ...], sort: str, id: str
) -> Key:
    """Key attributes of an index entry, none where a matched value is unset.

    `index` is `course#by_level`; `match` begins with the ids of a child's ancestors; `sort` comes
    from `nexus_runtime.sorting`.
    """
    pk = index_partition(tenant, index, match)
    if pk is None:
        return {}
    sk = f"{sort}#{id}"
    if len(pk) * 4 > MAX_PARTITION_KEY or len(sk) * 4 > MAX_SORT_KEY:
        _refuse_long(pk, sk)
    return {f"{slot}pk": {"S": pk}, f"{slot}sk": {"S": sk}}


def unique_key(tenant: Tenant, entity: str, field: str, value: str | int | bool) -> Key:
    """Key of the marker that reserves a unique value: `{org}#course#!slug#{value}`."""
    return _key(f"{tenant}#{entity}#!{field}#{match_text(value)}", "-")


def trash_partition(tenant: Tenant, entity: str, ancestors: Ancestors = ()) -> str:
    """Partition key of deleted items: `{org}#!trash#course`."""
    return partition(tenant, f"!trash#{entity}", ancestors)


def trash_key(tenant: Tenant, entity: str, id: str, ancestors: Ancestors = ()) -> Key:
    """Table key of an item in the trash."""
    return _key(trash_partition(tenant, entity, ancestors), escape(id))


def idempotency_key(tenant: Tenant, caller: str, key: str) -> Key:
    """Key of the record of a caller's `Idempotency-Key`: `{org}#!idempotency#{caller}#{key}`."""
    return _key(f"{tenant}#!idempotency#{escape(caller)}#{escape(key)}", "-")
