"""TypeScript types of what requests carry and answers show.

They say what the schemas of the OpenAPI document say; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from nexus_gen.model import Entity, Field
from nexus_gen.render import Code, Identifier, typescript

WIDTH = 100
"""Columns within which a type stands on one line."""

_TIMES = {
    "deleted_at": "When it was deleted; only in the list of the trash.",
    "restorable_until": "Until when it can be restored; only in the list of the trash.",
}

Writer = Callable[[Field, int], str]
"""From a field and the column at which its line begins to the type of its value."""


class Member(NamedTuple):
    """One property: what it is for, and its declaration, over several lines if it is long."""

    has_description: bool
    description: str
    declaration: Code


def answer(entity: Entity) -> Iterator[Member]:
    """An item as answers show it: every field is there, null where it is unset or unreadable; the
    times of the trash are there in its list only."""
    yield _member("id", "string", "ULID, assigned at creation.")
    if entity.parent is not None:
        yield _member(entity.parent.id_parameter, "string")
    for field in entity.fields:
        yield _of(field, nullable(field, value(field, 2)))
    yield _member("created_at", "string")
    yield _member("created_by", "string", "`sub` of who created the item.")
    yield _member("updated_at", "string")
    yield _member("updated_by", "string", "`sub` of who changed the item last.")
    yield _member("version", "number", "The ETag, without quotes.")
    if entity.soft_delete is not None:
        for name, description in _TIMES.items():
            yield _member(name, "string | null", description, optional=True)


def creation(entity: Entity) -> Iterator[Member]:
    """The body of a request that creates an item."""
    for field in entity.fields:
        yield _of(field, _usual(field, value(field, 2)), optional=not field.required)


def patch(entity: Entity) -> Iterator[Member]:
    """A JSON Merge Patch (RFC 7396) of an item."""
    for field in entity.fields:
        if not field.immutable:
            yield _of(field, _usual(field, change(field, 2)), optional=True)


def value(field: Field, indent: int) -> str:
    """The type of a value as it is written whole and read."""
    return _type(field, indent, value, _whole_members)


def change(field: Field, indent: int) -> str:
    """The type of what a merge patch may hold for a field, null aside."""
    if field.type.name == "map" and field.of is not None:
        return _record(nullable(field.of, change(field.of, indent)))
    if field.type.name == "object":
        return _object(_merged_members(field.fields, indent + 2), indent)
    return value(field, indent)


def nullable(field: Field, type: str) -> str:
    """The type, or null; `unknown` is both."""
    return type if field.type.typescript == "unknown" else f"{type} | null"


def union(values: Iterable[str], indent: int, used: int = 0) -> str:
    """Literals, on one line where `used` columns before it leave room, else one a line."""
    literals = [typescript(one) for one in values]
    line = " | ".join(literals)
    if indent + used + len(line) < WIDTH:
        return line
    pad = "\n" + " " * (indent + 2)
    return "".join(f"{pad}| {literal}" for literal in literals)


def _type(field: Field, indent: int, inner: Writer, members: _Members) -> str:
    match field.type.name:
        case "enum":
            return union(field.constraints.values, indent, len(field.name.snake) + 12)
        case "list" if field.of is not None:
            element = inner(field.of, indent)
            return f"({element})[]" if field.of.type.name == "enum" else f"{element}[]"
        case "map" if field.of is not None:
            return _record(inner(field.of, indent))
        case "object":
            return _object(members(field.fields, indent + 2), indent)
    return field.type.typescript


_Members = Callable[[tuple[Field, ...], int], list[str]]


def _whole_members(fields: tuple[Field, ...], indent: int) -> list[str]:
    return [
        f"{field.name.snake}{'' if field.required else '?'}: {_usual(field, value(field, indent))};"
        for field in fields
    ]


def _merged_members(fields: tuple[Field, ...], indent: int) -> list[str]:
    return [f"{field.name.snake}?: {_usual(field, change(field, indent))};" for field in fields]


def _usual(field: Field, type: str) -> str:
    return type if field.required else nullable(field, type)


def _record(element: str) -> str:
    return f"Record<string, {element}>"


def _object(members: list[str], indent: int) -> str:
    """An object type: on one line where it is short, else a member a line."""
    if not members:
        return "Record<string, never>"
    line = " ".join(members).removesuffix(";")
    if "\n" not in line and len(line) <= 60:
        return f"{{ {line} }}"
    pad = "\n" + " " * (indent + 2)
    return "{" + "".join(f"{pad}{member}" for member in members) + "\n" + " " * indent + "}"


def _of(field: Field, type: str, *, optional: bool = False) -> Member:
    return _member(field.name.snake, type, field.description, optional=optional)


def _member(name: str, type: str, description: str = "", *, optional: bool = False) -> Member:
    space = "" if type.startswith("\n") else " "
    declaration = Code(f"{Identifier(name)}{'?' if optional else ''}:{space}{type};")
    return Member(bool(description.strip()), description, declaration)
