"""Every field type and its face in each target language.

To add a field type, add one entry to `FIELD_TYPES`: its constraints, how DynamoDB stores it, how
generated Python checks, encodes and decodes it, and its OpenAPI and TypeScript types. The runtime
functions named here live in `nexus_runtime/checks.py` and `nexus_runtime/attributes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class SortForm(StrEnum):
    """How a value is written into a sort key so that keys sort as values do."""

    NONE = "none"
    """Cannot be a sort key."""
    TEXT = "text"
    """As it is, escaped: strings, and dates and datetimes of fixed width."""
    INTEGER = "integer"
    """Zero-padded, negatives complemented."""
    NUMBER = "number"
    """Sign, exponent and digits of a decimal number."""


@dataclass(frozen=True, slots=True)
class FieldType:
    """One field type of the language.

    Attributes:
        name: what a spec writes after `type:`.
        summary: one line for schema documentation and editors.
        constraints: names of the field keys that this type takes besides the common ones.
        defaults: constraints in force where the spec gives none (every bound has a safe default).
        dynamodb: DynamoDB attribute type, `S`, `N`, `BOOL`, `L` or `M`.
        python: annotation of a decoded value in generated Python.
        check: function of `nexus_runtime.checks` that checks it.
        attribute: function of `nexus_runtime.attributes` that encodes it.
        reader: what follows `read_` and `as_` in the names of those that decode it.
        typescript: TypeScript type of a value.
        openapi: JSON Schema (2020-12) keywords that every value of this type satisfies.
        match: whether an index may match on it (partition key).
        sort: its form in a sort key.
        max_bytes: an upper bound of a stored value's size that does not depend on constraints.
    """

    name: str
    summary: str
    dynamodb: str
    python: str
    typescript: str
    openapi: dict[str, Any]
    check: str
    attribute: str
    reader: str
    constraints: tuple[str, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)
    match: bool = False
    sort: SortForm = SortForm.NONE
    max_bytes: int = 0


MAX_SAFE_INTEGER = 2**53 - 1
"""Largest integer that JSON readers agree on (RFC 8259, section 6; ECMA-262 Number)."""

MIN_EXPONENT, MAX_EXPONENT = -130, 125
"""Range of a DynamoDB number: 1E-130 to 9.99E+125."""

MAX_DECIMAL_DIGITS = 38
"""Significant digits of a DynamoDB number."""

LINE = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$"
"""One line: no control character, no line break (ECMA-262 and Python's `re`)."""

TEXT = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"
"""Lines and tabs, but no other control character."""

DURATION = (
    r"^P([0-9]+W|[0-9]+D(T([0-9]+H([0-9]+M)?([0-9]+S)?|[0-9]+M([0-9]+S)?|[0-9]+S))?"
    r"|T([0-9]+H([0-9]+M)?([0-9]+S)?|[0-9]+M([0-9]+S)?|[0-9]+S))$"
)
"""ISO 8601 durations without years and months, whose length depends on the calendar. The format
`duration` of JSON Schema (RFC 3339, appendix A) has no `PT1H5S`, without minutes."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

_TYPES = (
    FieldType(
        name="string",
        summary="Text of one line, without control characters; 240 characters unless `max_length` "
        "says otherwise (up to 2,048).",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "pattern": LINE},
        check="string",
        attribute="string",
        reader="string",
        constraints=("min_length", "max_length", "pattern"),
        defaults={"max_length": 240},
        match=True,
        sort=SortForm.TEXT,
    ),
    FieldType(
        name="text",
        summary="Long text; 10,000 characters unless `max_length` says otherwise (up to 100,000).",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "pattern": TEXT},
        check="text",
        attribute="string",
        reader="string",
        constraints=("min_length", "max_length", "pattern"),
        defaults={"max_length": 10_000},
    ),
    FieldType(
        name="slug",
        summary="Lower-case words and digits joined by hyphens, for URLs; at most 100 characters.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "pattern": SLUG},
        check="slug",
        attribute="string",
        reader="string",
        constraints=("min_length", "max_length"),
        defaults={"max_length": 100},
        match=True,
        sort=SortForm.TEXT,
    ),
    FieldType(
        name="email",
        summary="An e-mail address; stored in lower case; at most 254 characters.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "email", "maxLength": 254},
        check="email",
        attribute="string",
        reader="string",
        match=True,
        sort=SortForm.TEXT,
        max_bytes=254 * 4,
    ),
    FieldType(
        name="url",
        summary="An absolute http or https URL; at most 2,048 characters.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
        check="url",
        attribute="string",
        reader="string",
        constraints=("max_length",),
        defaults={"max_length": 2048},
    ),
    FieldType(
        name="uuid",
        summary="A UUID; stored in lower case with hyphens.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "uuid"},
        check="uuid",
        attribute="string",
        reader="string",
        match=True,
        sort=SortForm.TEXT,
        max_bytes=36,
    ),
    FieldType(
        name="integer",
        summary="A whole number between -(2^53-1) and 2^53-1.",
        dynamodb="N",
        python="int",
        typescript="number",
        openapi={"type": "integer"},
        check="integer",
        attribute="number",
        reader="integer",
        constraints=("minimum", "maximum"),
        defaults={"minimum": -MAX_SAFE_INTEGER, "maximum": MAX_SAFE_INTEGER},
        match=True,
        sort=SortForm.INTEGER,
        max_bytes=21,
    ),
    FieldType(
        name="number",
        summary="A number that a double carries unchanged; never a binary float in DynamoDB.",
        dynamodb="N",
        python="float",
        typescript="number",
        openapi={"type": "number", "format": "double"},
        check="number",
        attribute="number",
        reader="number",
        constraints=("minimum", "maximum"),
        sort=SortForm.NUMBER,
        max_bytes=21,
    ),
    FieldType(
        name="decimal",
        summary='An exact decimal number, a string in JSON ("12.50"); 2 decimal places unless '
        "`scale` says otherwise.",
        dynamodb="N",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "decimal"},
        check="decimal",
        attribute="number",
        reader="decimal",
        constraints=("minimum", "maximum", "scale"),
        defaults={"scale": 2},
        sort=SortForm.NUMBER,
        max_bytes=40,
    ),
    FieldType(
        name="boolean",
        summary="true or false.",
        dynamodb="BOOL",
        python="bool",
        typescript="boolean",
        openapi={"type": "boolean"},
        check="boolean",
        attribute="boolean",
        reader="boolean",
        match=True,
        max_bytes=1,
    ),
    FieldType(
        name="date",
        summary="A calendar date, `2026-11-23` (RFC 3339 full-date).",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "date"},
        check="date",
        attribute="string",
        reader="string",
        match=True,
        sort=SortForm.TEXT,
        max_bytes=10,
    ),
    FieldType(
        name="datetime",
        summary="A moment, RFC 3339; stored and answered in UTC with microseconds.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "format": "date-time"},
        check="datetime",
        attribute="string",
        reader="string",
        sort=SortForm.TEXT,
        max_bytes=27,
    ),
    FieldType(
        name="duration",
        summary="A length of time, ISO 8601 without years and months (`PT1H30M`, `P2W`).",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "pattern": DURATION, "maxLength": 64},
        check="duration",
        attribute="string",
        reader="string",
        max_bytes=64,
    ),
    FieldType(
        name="enum",
        summary="One of `values`.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string"},
        check="enum",
        attribute="string",
        reader="string",
        constraints=("values",),
        match=True,
        sort=SortForm.TEXT,
    ),
    FieldType(
        name="ref",
        summary="The id of an item of the entity that `to` names, in the same vertical.",
        dynamodb="S",
        python="str",
        typescript="string",
        openapi={"type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},
        check="reference",
        attribute="string",
        reader="string",
        constraints=("to", "on_delete"),
        defaults={"on_delete": "restrict"},
        match=True,
        max_bytes=26,
    ),
    FieldType(
        name="list",
        summary="Values of the type that `of` gives, 100 unless `max_items` says otherwise.",
        dynamodb="L",
        python="list",
        typescript="Array",
        openapi={"type": "array"},
        check="list_of",
        attribute="list_of",
        reader="list",
        constraints=("of", "min_items", "max_items"),
        defaults={"max_items": 100},
    ),
    FieldType(
        name="map",
        summary="Names to values of the type `of` gives, 100 unless `max_items` says otherwise.",
        dynamodb="M",
        python="dict",
        typescript="Record",
        openapi={"type": "object"},
        check="map_of",
        attribute="map_of",
        reader="map",
        constraints=("of", "min_items", "max_items"),
        defaults={"max_items": 100},
    ),
    FieldType(
        name="object",
        summary="A group of named `fields`.",
        dynamodb="M",
        python="dict[str, Any]",
        typescript="object",
        openapi={"type": "object"},
        check="object_of",
        attribute="object",
        reader="object",
        constraints=("fields",),
    ),
    FieldType(
        name="json",
        summary="Any JSON value, 10,000 bytes and 8 levels deep unless bounds say otherwise.",
        dynamodb="S",
        python="Any",
        typescript="unknown",
        openapi={},
        check="json_value",
        attribute="json",
        reader="json",
        constraints=("max_bytes", "max_depth"),
        defaults={"max_bytes": 10_000, "max_depth": 8},
    ),
)

FIELD_TYPES: dict[str, FieldType] = {entry.name: entry for entry in _TYPES}

MAX_LENGTHS = {"string": 2048, "text": 100_000, "slug": 200, "url": 2048}
"""Largest `max_length` that a spec may ask for, in characters."""

MAX_NESTING = 8
"""Levels of list, map and object inside one another."""

MAX_ITEMS = 10_000
"""Largest `max_items` that a spec may ask for."""
