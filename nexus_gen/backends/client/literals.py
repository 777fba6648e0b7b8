"""Data as TypeScript that a person can read: short on one line, else an entry a line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from nexus_gen.render import Code, typescript

WIDTH = 100


def pretty(value: Any, indent: int = 0, used: int = 0) -> Code:
    """The literal of a value whose first line begins after `used` columns and whose last line
    begins at `indent`."""
    if not value or not isinstance(value, Mapping | list):
        return typescript(value)
    if isinstance(value, Mapping):
        entries = [_entry(key, entry, indent + 2) for key, entry in value.items()]
        opening, closing, space = "{", "}", " "
    else:
        entries = [pretty(entry, indent + 2) for entry in value]
        opening, closing, space = "[", "]", ""
    # What holds an entry of several lines is longer than that entry: it does not fit either.
    line = f"{opening}{space}{', '.join(entries)}{space}{closing}"
    if len(line) + max(used, indent) < WIDTH and "\n" not in line:
        return Code(line)
    pad = " " * (indent + 2)
    body = "".join(f"{pad}{entry},\n" for entry in entries)
    return Code(f"{opening}\n{body}{' ' * indent}{closing}")


def _entry(key: str, value: Any, indent: int) -> str:
    name = _name(key)
    return f"{name} {pretty(value, indent, indent + len(name) + 2)}"


@cache
def _name(key: str) -> str:
    return typescript({key: Code("")}).removeprefix("{ ").removesuffix(" }").rstrip()
