"""Where a key belongs that stands one or more levels too high or too low, or in another file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nexus_gen.frontend import schemas
from nexus_gen.frontend.document import Document, DocumentKind
from nexus_gen.frontend.positions import DocumentPath
from nexus_gen.frontend.schema_failure import Failure, descend

_FILES = {
    DocumentKind.NEXUS: "the product: move it to `spec/nexus.yaml`",
    DocumentKind.VERTICAL: "a vertical: move it to a file of `spec/verticals/`",
}


def home(key: str, failure: Failure, document: Document) -> str:
    """Help that names the place where a key is legal, if there is one near; else nothing."""
    whole = failure.whole
    here = _at(whole, failure.path)
    for name, schema in _properties(here, whole):
        for below in _expanded(schema, whole):
            if key in below.get("properties", {}):
                return _belongs(key, f"`{name}`")
            entries = below.get("additionalProperties")
            if isinstance(entries, dict) and _has(key, [entries], whole):
                return _belongs(key, f"each entry of `{name}`")
    for length in range(len(failure.path) - 1, -1, -1):
        above = failure.path[:length]
        if _has(key, _at(whole, above), whole):
            return _belongs(key, _named(above))
    if not failure.path:
        for kind, words in _FILES.items():
            if kind is not document.kind and key in schemas.schema(kind)["properties"]:
                return f"`{key}` is a key of {words}"
    return ""


def _belongs(key: str, place: str) -> str:
    return f"`{key}` is a key of {place}: write it there"


def _named(path: DocumentPath) -> str:
    if not path:
        return "the file itself"
    if len(path) == 2 and path[0] == "entities":
        return f"the entity `{path[1]}`"
    return f"`{path[-1]}`"


def _has(key: str, found: list[dict[str, Any]], whole: dict[str, Any]) -> bool:
    return any(name == key for name, _ in _properties(found, whole))


def _properties(
    found: list[dict[str, Any]], whole: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and schemas of the keys that a place takes."""
    for schema in found:
        for part in _expanded(schema, whole):
            for name, below in part.get("properties", {}).items():
                if isinstance(below, dict):
                    yield name, below


def _at(whole: dict[str, Any], path: DocumentPath) -> list[dict[str, Any]]:
    """The schemas that describe a place of a document."""
    found = [whole]
    for part in path:
        found = [
            below
            for schema in found
            for expanded in _expanded(schema, whole)
            if isinstance(below := _below(expanded, part), dict)
        ]
    return found


def _below(schema: dict[str, Any], part: str | int) -> Any:
    if isinstance(part, int):
        return schema.get("items")
    return schema.get("properties", {}).get(part, schema.get("additionalProperties"))


def _expanded(schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and what it takes in: its reference, and the branches of its conditions."""
    yield schema
    if "$ref" in schema:
        yield from _expanded(descend(whole, schema["$ref"].split("/")[1:]), whole)
    for branch in (*schema.get("allOf", ()), schema.get("then", {})):
        if branch:
            yield from _expanded(branch, whole)
