"""Upper bounds of what a spec lets into DynamoDB, in bytes.

Sizes of items and attributes: DynamoDB developer guide, "DynamoDB item sizes and formats". Keys are
written by `nexus_runtime/keys.py` and `nexus_runtime/sorting.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.model import Entity, EntityKey, Field, Index, SortForm

MAX_ITEM = 400 * 1024
MAX_PARTITION_KEY = 2048
MAX_SORT_KEY = 1024

TENANT = 64
"""Characters of an organization id, all ASCII."""

ULID = 26
WIDEST = 4
"""Bytes that a character takes at most in UTF-8."""

ORDINARY = 1
"""Bytes that a character of ordinary text takes: of ASCII."""

_ESCAPED = 3
"""Bytes of an escaped ASCII character: `$` and two digits."""

_COLLECTION = 3
_ELEMENT = 1
_MAP_KEY = 255
"""Characters of a map's key at most (`nexus_runtime/checks.py`)."""

_DATETIME = 27
_NUMBER = 21
_SUBJECT = 128 * WIDEST
_STAMPS = (
    ("created_at", _DATETIME),
    ("created_by", _SUBJECT),
    ("updated_at", _DATETIME),
    ("updated_by", _SUBJECT),
    ("version", _NUMBER),
    ("refs", _NUMBER),
    ("ttl", _NUMBER),
)

_RECORD = sum(
    (
        len("pk") + TENANT + len("#!idempotency##") + (128 + 255) * _ESCAPED,
        len("sk-"),
        len("fingerprint") + 64,
        len("answer") + _COLLECTION,
        len("ttl") + _NUMBER,
        (len(_STAMPS) + len("pksk")) * _ELEMENT,
    )
)
"""What the record of an `Idempotency-Key` adds to the item that it keeps, and the marks of the
attributes inside it (`nexus_runtime/idempotency.py`)."""

_BYTES_A_CHARACTER = {"slug": 1, "url": 1}
_EMAIL = 254
_EMAIL_LOCAL = 64
"""Characters before the `@`, some of which are escaped in keys; an e-mail address is ASCII."""

_KEY_BYTES_A_CHARACTER = {"slug": 1, "url": 1}
_FIXED_KEYS = {"boolean": len("false"), "integer": 17, "number": 20, "decimal": 43}


def value_bytes(field: Field, width: int = WIDEST) -> int:
    """Bytes of the largest value that a field takes, without its name; `width` a character."""
    if field.type.max_bytes and field.type.name != "email":
        return field.type.max_bytes
    bounds = field.constraints
    match field.type.name:
        case "list":
            size = value_bytes(field.of, width) if field.of else 0
            return _COLLECTION + (bounds.max_items or 0) * (size + _ELEMENT)
        case "map":
            size = value_bytes(field.of, width) if field.of else 0
            pair = size + _MAP_KEY * width + _ELEMENT
            return _COLLECTION + (bounds.max_items or 0) * pair
        case "object":
            members = sum(field_bytes(member, width) + _ELEMENT for member in field.fields)
            return _COLLECTION + members
        case "email":
            return _EMAIL
        case "json":
            return bounds.max_bytes or 0
        case "enum":
            return max((len(value.encode()) for value in bounds.values), default=0)
        case _:
            each = _BYTES_A_CHARACTER.get(field.type.name, width)
            return (bounds.max_length or 0) * each


def field_bytes(field: Field, width: int = WIDEST) -> int:
    """Bytes of an attribute: its name and its largest value."""
    return len(field.name.raw) + value_bytes(field, width)


def item_bytes(entity: Entity, width: int = WIDEST) -> int:
    """Bytes of the largest item that stores an entity's: with the keys of its indexes, or in the
    record of an `Idempotency-Key`, which holds it without them. The trash does too, and the time of
    the deletion that it adds is shorter than such a record's own attributes."""
    return _plain_bytes(entity, width) + max(_index_bytes(entity, width), _RECORD)


def _plain_bytes(entity: Entity, width: int) -> int:
    partition = partition_bytes(entity.key, f"!trash#{entity.name.snake}", ())
    size = len("pk") + partition + len("sk") + ULID
    size += sum(len(name) + bytes_ for name, bytes_ in _STAMPS)
    if entity.parent is not None:
        size += len(entity.parent.id_parameter) + ULID
    size += sum(field_bytes(field, width) + _ELEMENT for field in entity.fields)
    return size


def _index_bytes(entity: Entity, width: int) -> int:
    return sum(
        2 * len(f"gsi{index.slot}pk")
        + partition_key_bytes(entity.key, index, width)
        + sort_key_bytes(index, width)
        for index in entity.indexes
    )


def key_bytes(field: Field, width: int = WIDEST) -> int:
    """Bytes of a field's largest value as a part of a key, escaped."""
    name = field.type.name
    if name in _FIXED_KEYS:
        return _FIXED_KEYS[name]
    if name == "enum":
        return max((_escaped_bytes(value) for value in field.constraints.values), default=0)
    if name == "email":
        return _EMAIL + _EMAIL_LOCAL * (_ESCAPED - 1)
    if field.type.max_bytes:
        return field.type.max_bytes
    return (field.constraints.max_length or 0) * key_bytes_a_character(field, width)


def key_bytes_a_character(field: Field, width: int = WIDEST) -> int:
    """Bytes that one character of a text takes at most as a part of a key."""
    return _KEY_BYTES_A_CHARACTER.get(field.type.name, width)


def _escaped_bytes(value: str) -> int:
    return sum(_ESCAPED if char <= "\x24" else len(char.encode()) for char in value)


def partition_key_bytes(entity: EntityKey, index: Index, width: int = WIDEST) -> int:
    """Bytes of the largest partition key of an index entry."""
    return partition_bytes(entity, f"{entity.name.snake}#{index.name.raw}", index.match, width)


def partition_bytes(
    entity: EntityKey, label: str, match: Iterable[Field], width: int = WIDEST
) -> int:
    """Bytes of `{org}#{label}` and of a part for each ancestor's id and each matched value."""
    parts = [*[ULID for _ in entity.parents], *[key_bytes(field, width) for field in match]]
    return TENANT + len(f"#{label}") + sum(part + 1 for part in parts)


def ancestors_bytes(entity: Entity) -> int:
    """Bytes of the largest partition key that holds no value: of the trash, or of an index."""
    name = entity.name.snake
    indexes = [f"{name}#{index.name.raw}" for index in entity.indexes if not index.match]
    label = max([f"!trash#{name}", *indexes], key=len)
    return partition_bytes(entity.key, label, ())


def unique_key_bytes(entity: EntityKey, field: Field) -> int:
    """Bytes of the largest key of the marker that reserves a unique value."""
    label = f"{entity.name.snake}#!{field.name.raw}#"
    return TENANT + len(f"#{label}") + key_bytes(field)


def sort_key_bytes(index: Index, width: int = WIDEST) -> int:
    """Bytes of the largest sort key of an index entry."""
    sort = key_bytes(index.sort, width) if index.sort is not None else 0
    return sort + len("#") + ULID


def sortable(field: Field) -> bool:
    """Whether an index may order by a field."""
    return field.type.sort is not SortForm.NONE
