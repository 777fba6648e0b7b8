"""Checks of JSON values: what each field's type and constraints allow.

A check takes a value that is not null, notes every error with its JSON Pointer, and gives the value
in its normal form. Lengths count Unicode code points. Codes of errors are JSON Schema's keywords in
snake case where there is one.
"""

from __future__ import annotations

from nexus_runtime.checking import Check
from nexus_runtime.nested_checks import json_value, list_of, map_of, object_of
from nexus_runtime.number_checks import boolean, decimal, integer, number
from nexus_runtime.text_checks import (
    date,
    datetime,
    duration,
    email,
    enum,
    reference,
    slug,
    string,
    text,
    url,
    uuid,
)

__all__ = [
    "Check",
    "boolean",
    "date",
    "datetime",
    "decimal",
    "duration",
    "email",
    "enum",
    "integer",
    "json_value",
    "list_of",
    "map_of",
    "number",
    "object_of",
    "reference",
    "slug",
    "string",
    "text",
    "url",
    "uuid",
]
