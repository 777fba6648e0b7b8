"""One keyword of a JSON Schema that a document does not satisfy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from nexus_gen.frontend.document import DocumentPath

_SHOWN = 40
_PLACES_OF_FIELDS = ("field", "member", "element")


class Failure(NamedTuple):
    """What a validator found, independent of which validator.

    Attributes:
        keyword: `required`, `enum`, ...; `falseSchema` for a key that a place forbids.
        path: where in the document. For a bad name among the keys of a mapping, the mapping.
        instance: the value there, or the bad name.
        name: the bad name, or the key that is missing; None for all other failures.
        schema: the schema that holds the keyword.
        location: where the keyword stands in `whole`, references resolved.
    """

    keyword: str
    path: DocumentPath
    instance: Any
    name: str | None
    schema: dict[str, Any]
    location: tuple[str | int, ...]
    whole: dict[str, Any]

    @property
    def limit(self) -> Any:
        """The value of the keyword."""
        return self.schema[self.keyword]

    @property
    def is_about_a_field(self) -> bool:
        """Whether the keyword stands in the schema of a field, a member or an element."""
        return self.location[:1] == ("$defs",) and self.location[1] in _PLACES_OF_FIELDS

    @property
    def condition(self) -> dict[str, Any] | None:
        """The `if` whose `then` directly holds the keyword."""
        if len(self.location) < 2 or self.location[-2] != "then":
            return None
        holder = descend(self.whole, self.location[:-2])
        condition: dict[str, Any] = holder["if"]
        return condition

    @property
    def is_closed_around(self) -> bool:
        """Whether the schema that holds the condition names its unknown keys itself."""
        holder = descend(self.whole, self.location[:-2])
        return holder.get("additionalProperties") is False

    def keys_elsewhere(self) -> frozenset[str]:
        """Keys that are legal where the condition does not hold: of the other branches, or of
        the schema that holds the condition."""
        holder = self.location[:-2]
        if len(holder) >= 2 and holder[-2] == "allOf":
            branches = descend(self.whole, holder[:-1])
            return frozenset(
                key for branch in branches for key in branch.get("then", {}).get("properties", {})
            )
        return frozenset(descend(self.whole, holder).get("properties", {}))


def descend(schema: Any, location: Iterable[str | int]) -> Any:
    """The part of a schema at a location."""
    for part in location:
        schema = schema[part]
    return schema


def named(path: DocumentPath) -> str:
    """How to speak of a place: `` `title` ``, ``entry 2 of `values` ``, `this file`."""
    if not path:
        return "this file"
    last = path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    return f"entry {last + 1} of {named(path[:-1])}"


def shown(value: Any) -> str:
    """A value in a message: text as it is, the rest as JSON, both cut."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
