"""Pieces of JSON Schema that the grammar is put together from."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

NAME_LENGTH = 40

ENTITY_NAME = r"^[A-Z][A-Za-z0-9]*$"
SNAKE_NAME = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
KEBAB_NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
ROLE_NAME = r"^[A-Za-z][A-Za-z0-9_-]*$"
ENVIRONMENT_NAME = r"^[a-z][a-z0-9]*$"
FILLED_NAME = r"^([A-Za-z0-9_.-]|\{(project|environment|product)\})+$"
FILLED_NAME_FORM = "letters, digits, `_.-`, `{project}`, `{environment}` and `{product}`"
"""Names in the estate, which differ by environment."""

_FORMS = {
    ENTITY_NAME: "a name like `CourseModule`: a capital, then letters and digits",
    SNAKE_NAME: "a name like `starts_on`: lower-case words and digits, joined by `_`",
    KEBAB_NAME: "a name like `ai-nexus`: lower-case words and digits, joined by `-`",
    ROLE_NAME: "a name like `admin`: letters, digits, `_` and `-`",
    ENVIRONMENT_NAME: "a name like `dev`: lower-case letters and digits",
}
"""What to say where a name does not match."""


def form(pattern: str, says: str) -> Schema:
    """A pattern, and what it asks for in words; editors show them too (`patternErrorMessage`)."""
    return {"pattern": pattern, "patternErrorMessage": says}


def text(description: str, *, length: int = 1000, **keywords: Any) -> Schema:
    """A text of bounded length."""
    return {
        "description": description,
        "type": "string",
        "minLength": 1,
        "maxLength": length,
        **keywords,
    }


def name(description: str, pattern: str, **keywords: Any) -> Schema:
    """A name, by one of the patterns above."""
    return {
        "description": description,
        "type": "string",
        **form(pattern, _FORMS[pattern]),
        "maxLength": NAME_LENGTH,
        **keywords,
    }


def boolean(description: str, default: bool) -> Schema:
    """true or false."""
    return {"description": description, "type": "boolean", "default": default}


def integer(description: str, minimum: int, maximum: int, **keywords: Any) -> Schema:
    """A whole number within bounds, both of them legal."""
    return {
        "description": description,
        "type": "integer",
        "minimum": minimum,
        "maximum": maximum,
        **keywords,
    }


def choice(description: str, options: list[str], **keywords: Any) -> Schema:
    """One of a few words."""
    return {"description": description, "enum": options, **keywords}


def listing(description: str, items: Schema, *, most: int, least: int = 1, **kw: Any) -> Schema:
    """A list without repetition."""
    return {
        "description": description,
        "type": "array",
        "items": items,
        "uniqueItems": True,
        "minItems": least,
        "maxItems": most,
        **kw,
    }


def mapping(
    description: str, pattern: str, values: Schema, *, length: int = NAME_LENGTH, least: int = 1
) -> Schema:
    """Names of the writer's choice, each with a value."""
    return {
        "description": description,
        "type": "object",
        "propertyNames": {**form(pattern, _FORMS[pattern]), "maxLength": length},
        "additionalProperties": values,
        "minProperties": least,
    }


def record(
    description: str,
    properties: dict[str, Schema],
    *,
    required: tuple[str, ...] = (),
    more: Schema | None = None,
) -> Schema:
    """Keys of the language, and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        **({"required": list(required)} if required else {}),
        "additionalProperties": False,
        **(more or {}),
    }


def reference(definition: str) -> Schema:
    """`{"$ref": "#/$defs/..."}`"""
    return {"$ref": f"#/$defs/{definition}"}


def when(key: str, value: str, then: Schema) -> Schema:
    """What else holds where a key has one value."""
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def field_names(description: str, *, most: int) -> Schema:
    """Names of fields."""
    return listing(description, name("Name of a field.", SNAKE_NAME), most=most)


def roles(description: str, *, owner: bool, **keywords: Any) -> Schema:
    """Who may: roles, and where it makes sense the item's creator."""
    who = "A role of `tenancy.roles`" + (", or `owner`: who created the item." if owner else ".")
    return listing(
        description, name(who, ROLE_NAME, examples=["admin"]), most=50, least=0, **keywords
    )
