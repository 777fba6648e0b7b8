"""Fields: one closed set of keys a type, taken from `FIELD_TYPES`."""

from __future__ import annotations

from collections.abc import Callable

from nexus_gen.frontend.grammar.parts import (
    ENTITY_NAME,
    SNAKE_NAME,
    Schema,
    boolean,
    choice,
    form,
    integer,
    listing,
    mapping,
    name,
    reference,
    text,
    when,
)
from nexus_gen.model.field_types import (
    FIELD_TYPES,
    MAX_DECIMAL_DIGITS,
    MAX_ITEMS,
    MAX_LENGTHS,
    MAX_SAFE_INTEGER,
    FieldType,
)

COMMON = ("type", "description", "required", "immutable", "default")
"""Keys of a field that do not depend on its type."""

_NEEDED = ("values", "to", "of", "fields")
"""Constraints without which their type means nothing."""

_PRINTABLE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$"
_DECIMAL = r"^-?[0-9]{1,38}(\.[0-9]{1,38})?$"


def definitions() -> dict[str, Schema]:
    """`field` (of an entity), `member` (of an object), `element` (of a list or map), and what
    the three share."""
    return {
        "field": _placed("A field of an entity.", _field_keys()),
        "member": _placed("A member of an object.", _member_keys()),
        "element": _placed("What a list or map holds.", _element_keys()),
        "typed": _typed(),
    }


def constraint(key: str, entry: FieldType) -> Schema:
    """The schema of one type-specific key. Raises KeyError for a key that is not known here."""
    schema = _CONSTRAINTS[key](entry)
    if key in entry.defaults:
        schema["default"] = entry.defaults[key]
    return schema


def _placed(description: str, keys: dict[str, Schema | bool]) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": keys,
        "required": ["type"],
        "$ref": "#/$defs/typed",
    }


def _field_keys() -> dict[str, Schema | bool]:
    return {
        "type": _type_key(),
        "description": text("What it holds; goes to the OpenAPI document and generated code."),
        "required": boolean("A client must give it at creation and may never clear it.", False),
        "immutable": boolean("A client may give it at creation only.", False),
        "default": {"description": "Taken where a client gives none."},
    }


def _member_keys() -> dict[str, Schema | bool]:
    kept = {key: _field_keys()[key] for key in ("type", "description", "required")}
    return kept | dict.fromkeys(("immutable", "default"), False)


def _element_keys() -> dict[str, Schema | bool]:
    kept = {key: _field_keys()[key] for key in ("type", "description")}
    return kept | dict.fromkeys(("required", "immutable", "default"), False)


def _type_key() -> Schema:
    return {
        "description": "What kind of value it holds.\n\n"
        + "\n".join(f"- `{entry.name}`: {entry.summary}" for entry in FIELD_TYPES.values()),
        "enum": list(FIELD_TYPES),
    }


def _typed() -> Schema:
    keys = {key for entry in FIELD_TYPES.values() for key in entry.constraints}
    every = dict.fromkeys((*COMMON, *sorted(keys)), True)
    known = {"properties": {"type": {"enum": list(FIELD_TYPES)}}, "required": ["type"]}
    return {
        "allOf": [
            {"if": known, "else": {"properties": every, "additionalProperties": False}},
            *(when("type", entry.name, _closed(entry)) for entry in FIELD_TYPES.values()),
        ]
    }


def _closed(entry: FieldType) -> Schema:
    """All keys that a field of one type takes."""
    specific = {key: constraint(key, entry) for key in entry.constraints}
    needed = [key for key in entry.constraints if key in _NEEDED]
    return {
        "description": entry.summary,
        "properties": dict.fromkeys(COMMON, True) | {"default": _default(entry)} | specific,
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _default(entry: FieldType) -> Schema | bool:
    """What the type's JSON form says about a default; its rules are checked with the spec."""
    description = {"description": "Taken where a client gives none."}
    kind = entry.openapi.get("type")
    return description | ({"type": kind} if kind else {})


def _length(entry: FieldType) -> int:
    return MAX_LENGTHS.get(entry.name, 2048)


def _bound(description: str, entry: FieldType) -> Schema:
    match entry.name:
        case "integer":
            return integer(description, -MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)
        case "decimal":
            exact = f"{description} Exact, and therefore text in quotes."
            return {
                "description": exact,
                "type": "string",
                **form(_DECIMAL, "a decimal number like `12.50`"),
                "examples": ["0", "9.99"],
            }
        case _:
            return {"description": description, "type": "number"}


_CONSTRAINTS: dict[str, Callable[[FieldType], Schema]] = {
    "min_length": lambda entry: integer("Fewest characters.", 0, _length(entry)),
    "max_length": lambda entry: integer("Most characters.", 1, _length(entry)),
    "pattern": lambda _: text(
        "Regular expression that the value must match; anchor it with `^` and `$`.",
        length=500,
        examples=["^[A-Z]{2}-[0-9]+$"],
    ),
    "minimum": lambda entry: _bound("Smallest value.", entry),
    "maximum": lambda entry: _bound("Largest value.", entry),
    "scale": lambda _: integer("Digits after the point.", 0, MAX_DECIMAL_DIGITS - 1),
    "values": lambda _: listing(
        "What it may be.",
        text("One of the values.", length=64, **form(_PRINTABLE, "text of one line")),
        most=100,
        examples=[["draft", "published"]],
    ),
    "to": lambda _: name("The entity that it refers to, in the same vertical.", ENTITY_NAME),
    "on_delete": lambda _: choice(
        "What happens here when the other item is deleted.\n\n"
        "- `restrict`: it cannot be deleted while this one refers to it\n"
        "- `cascade`: this item is deleted too\n"
        "- `detach`: this field is cleared",
        ["restrict", "cascade", "detach"],
    ),
    "of": lambda _: {"description": "What it holds, like `{type: string}`."} | reference("element"),
    "min_items": lambda _: integer("Fewest entries.", 0, MAX_ITEMS),
    "max_items": lambda _: integer("Most entries.", 1, MAX_ITEMS),
    "fields": lambda _: mapping("The members of the object.", SNAKE_NAME, reference("member")),
    "max_bytes": lambda _: integer("Most bytes of the value as JSON.", 2, 400_000),
    "max_depth": lambda _: integer("Most levels of arrays and objects.", 1, 32),
}
