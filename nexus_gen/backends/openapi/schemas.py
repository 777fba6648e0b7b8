"""JSON Schemas (2020-12) of what requests carry and answers show."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from nexus_gen.backends.openapi import decimals
from nexus_gen.backends.openapi.writer import Number, Shared
from nexus_gen.model import Constraints, Entity, Field
from nexus_gen.model.field_types import LINE

ULID = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"

MAP_NAMES = {"minLength": 1, "maxLength": 255, "pattern": LINE}
"""Names in a map (`nexus_runtime.nested_checks`)."""

NUL_FREE = r"^[^\u0000]*$"

_KEYWORDS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "min_items": "minItems",
    "max_items": "maxItems",
}
_MAP_KEYWORDS = {"min_items": "minProperties", "max_items": "maxProperties"}

IDENTIFIER = Shared({"type": "string", "pattern": ULID})

_STAMPS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "pattern": ULID, "description": "ULID, assigned at creation."},
    "created_at": {"type": "string", "format": "date-time"},
    "created_by": {"type": "string", "description": "`sub` of who created the item."},
    "updated_at": {"type": "string", "format": "date-time"},
    "updated_by": {"type": "string", "description": "`sub` of who changed the item last."},
    "version": {"type": "integer", "minimum": 1, "description": "The ETag, without quotes."},
}
SYSTEM_PROPERTIES = {name: Shared(schema) for name, schema in _STAMPS.items()}
"""What every item has besides its fields (`nexus_runtime.record.Record`)."""

_TIMES = {
    "deleted_at": "When it was deleted; only in the list of the trash.",
    "restorable_until": "Until when it can be restored; only in the list of the trash.",
}
TRASH_PROPERTIES = {
    name: Shared({"type": ["string", "null"], "format": "date-time", "description": said})
    for name, said in _TIMES.items()
}
"""What an item of the trash has besides (`nexus_runtime.record.trash_times`)."""


def value(field: Field, *, partial: bool = False) -> dict[str, Any]:
    """Schema of a value of a field; with `partial`, defaults are not mentioned."""
    schema = dict(field.type.openapi)
    if field.description:
        schema["description"] = field.description
    schema |= _constraints(field)
    if field.of is not None:
        if field.type.name == "map":
            schema["propertyNames"] = MAP_NAMES
        schema["items" if field.type.name == "list" else "additionalProperties"] = value(field.of)
    if field.type.name == "object":
        schema |= members(field.fields)
    if field.has_default and not partial:
        schema["default"] = field.default
    return schema


def members(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Schema keywords of an object that a client writes whole."""
    keywords: dict[str, Any] = {
        "properties": {
            field.name.snake: value(field) if field.required else nullable(value(field))
            for field in fields
        }
    }
    if required := [field.name.snake for field in fields if field.required]:
        keywords["required"] = required
    keywords["additionalProperties"] = False
    return keywords


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or null. A schema without a type takes null as it is."""
    if isinstance(schema.get("type", []), list):
        return schema
    schema = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


class EntitySchemas:
    """Schemas of one entity; each field's is made once for all of them."""

    def __init__(self, entity: Entity) -> None:
        self._entity = entity
        self._plain = {
            field.name.snake: Shared(value(field, partial=True)) for field in entity.fields
        }
        self._nullable = {
            field.name.snake: Shared(nullable(dict(self._plain[field.name.snake])))
            for field in entity.fields
        }

    def answer(self) -> dict[str, Any]:
        """An item as answers show it: every field is there, null if unset or unreadable; the times
        of the trash are there in its list only."""
        properties: dict[str, Any] = {"id": SYSTEM_PROPERTIES["id"]}
        if self._entity.parent is not None:
            properties[self._entity.parent.id_parameter] = IDENTIFIER
        for field in self._entity.fields:
            properties[field.name.snake] = self._nullable[field.name.snake]
        properties |= SYSTEM_PROPERTIES
        required = list(properties)
        if self._entity.soft_delete is not None:
            properties |= TRASH_PROPERTIES
        return self._described({"properties": properties, "required": required})

    def creation(self) -> dict[str, Any]:
        """The body of a request that creates an item."""
        properties: dict[str, Any] = {}
        for field in self._entity.fields:
            schema: dict[str, Any] = self._usual(field)
            if field.has_default:
                schema = {**schema, "default": field.default}
            properties[field.name.snake] = schema
        keywords: dict[str, Any] = {"properties": properties}
        if required := [field.name.snake for field in self._entity.required]:
            keywords["required"] = required
        return self._described({**keywords, "additionalProperties": False})

    def patch(self) -> dict[str, Any]:
        """A JSON Merge Patch (RFC 7396) of an item."""
        properties = {
            field.name.snake: _change(field) if _is_merged(field) else self._usual(field)
            for field in self._entity.fields
            if not field.immutable
        }
        return {
            "type": "object",
            "description": "What to change; null clears a field, or brings its default back.",
            "properties": properties,
            "additionalProperties": False,
        }

    def _usual(self, field: Field) -> Shared:
        return self._plain[field.name.snake] if field.required else self._nullable[field.name.snake]

    def _described(self, keywords: dict[str, Any]) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object"}
        if self._entity.description:
            schema["description"] = self._entity.description
        return schema | keywords


def _is_merged(field: Field) -> bool:
    """Whether a merge patch reaches into the field's value instead of replacing it."""
    return field.type.name in ("object", "map")


def _change(field: Field) -> dict[str, Any]:
    """What a merge patch may hold for a field, null included unless it is required."""
    schema = value(field, partial=True)
    if field.type.name == "object":
        schema["properties"] = {member.name.snake: _change(member) for member in field.fields}
        schema.pop("required", None)
    elif field.type.name == "map" and field.of is not None:
        schema["additionalProperties"] = nullable(_change(field.of))
        schema.pop("minProperties", None)
        schema.pop("maxProperties", None)
    return schema if field.required else nullable(schema)


def page(name: str) -> dict[str, Any]:
    """One page of a list."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "next_cursor": {
                "type": ["string", "null"],
                "description": "Gives the next page as `cursor`; null on the last.",
            },
        },
        "required": ["items", "next_cursor"],
    }


def _constraints(field: Field) -> dict[str, Any]:
    bounds = field.constraints
    keywords: dict[str, Any] = {}
    names = _MAP_KEYWORDS if field.type.name == "map" else _KEYWORDS
    for attribute, keyword in names.items():
        if (bound := getattr(bounds, attribute)) is not None:
            keywords[keyword] = bound
    if bounds.pattern is not None:
        keywords["allOf"] = [{"pattern": field.type.openapi["pattern"]}]
    if bounds.values:
        keywords["enum"] = list(bounds.values)
    if field.type.name == "decimal":
        keywords |= _decimal(field, bounds)
    elif field.type.name == "json":
        keywords |= _json(field, bounds)
    else:
        for keyword, bound in (("minimum", bounds.minimum), ("maximum", bounds.maximum)):
            if bound is not None:
                keywords[keyword] = Number(bound)
    if field.type.name == "number":
        keywords |= _doubles(bounds)
    return keywords


def _doubles(bounds: Constraints) -> dict[str, Any]:
    """What DynamoDB holds: up to 9.99E+125, and nothing between zero and 1E-130."""
    keywords: dict[str, Any] = {}
    if bounds.minimum is None:
        keywords["exclusiveMinimum"] = Number("-1.0e+126")
    if bounds.maximum is None:
        keywords["exclusiveMaximum"] = Number("1.0e+126")
    least = Decimal(bounds.minimum or 0)
    most = Decimal(bounds.maximum or 0)
    if least <= 0 <= most or bounds.minimum is None or bounds.maximum is None:
        keywords["not"] = {
            "type": "number",
            "exclusiveMinimum": Number("-1.0e-130"),
            "exclusiveMaximum": Number("1.0e-130"),
            "not": {"const": 0},
        }
    return keywords


def _json(field: Field, bounds: Constraints) -> dict[str, Any]:
    """Size is for people: JSON Schema has no word for it."""
    said = f"{field.description} " if field.description else ""
    return {
        "allOf": [{"$ref": f"#/components/schemas/{JSON}{bounds.max_depth}"}],
        "description": f"{said}At most {bounds.max_bytes} bytes as compact JSON.",
    }


JSON = "Json."
"""Beginning of the names of schemas for free JSON; the levels that it may have follow. No entity's
name holds a dot."""

_JSON_SCALARS = ("string", "number", "boolean", "null")


def json_schemas(depth: int) -> dict[str, Any]:
    """Free JSON of each number of levels up to one: text without U+0000, numbers within 2^53."""
    bound = 2**53 - 1
    text = {"pattern": NUL_FREE}
    found: dict[str, Any] = {}
    for levels in range(depth + 1):
        schema: dict[str, Any] = {
            # Named, for tools that derive types take a schema with properties for an object's.
            "type": [*(["array", "object"] if levels else []), *_JSON_SCALARS],
            **text,
            "minimum": -bound,
            "maximum": bound,
        }
        if levels:
            inside = {"$ref": f"#/components/schemas/{JSON}{levels - 1}"}
            schema |= {"items": inside, "propertyNames": text, "additionalProperties": inside}
        found[f"{JSON}{levels}"] = schema
    return found


def json_depth(fields: Iterable[Field]) -> int | None:
    """Levels of the deepest free JSON among fields and what they hold, None without any."""
    fields = tuple(fields)
    depths = [field.constraints.max_depth for field in fields if field.type.name == "json"]
    depths += [json_depth(field.fields) for field in fields if field.fields]
    depths += [json_depth((field.of,)) for field in fields if field.of is not None]
    return max((depth for depth in depths if depth is not None), default=None)


def _limits(bounds: Constraints) -> list[str | None]:
    return [None if bound is None else str(bound) for bound in (bounds.minimum, bounds.maximum)]


def _decimal(field: Field, bounds: Constraints) -> dict[str, Any]:
    """Bounds of a number that travels as text: as expressions, and in words for people."""
    pattern, *more = decimals.patterns(bounds.scale or 0, *_limits(bounds))
    keywords: dict[str, Any] = {"pattern": pattern, "maxLength": decimals.MAX_LENGTH}
    if more:
        keywords["allOf"] = [{"pattern": other} for other in more]
    limits = [
        f"{word} {limit}"
        for word, limit in (("at least", bounds.minimum), ("at most", bounds.maximum))
        if limit is not None
    ]
    if limits:
        said = f"{field.description} " if field.description else ""
        keywords["description"] = f"{said}A decimal number, {' and '.join(limits)}."
    return keywords
