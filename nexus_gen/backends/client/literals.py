"""Data as TypeScript that a person can read: short on one line, else an entry a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexus_gen.render import Code, typescript

WIDTH = 100


def pretty(value: Any, indent: int = 0, used: int = 0) -> Code:
    """The literal of a value whose first line begins after `used` columns and whose last line
    begins at `indent`."""
    line = typescript(value)
    if len(line) + max(used, indent) < WIDTH or not value or isinstance(value, str):
        return line
    pad = " " * (indent + 2)
    if isinstance(value, Mapping):
        entries = [_entry(key, entry, indent + 2) for key, entry in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list):
        entries = [pretty(entry, indent + 2) for entry in value]
        opening, closing = "[", "]"
    else:
        return line
    body = "".join(f"{pad}{entry},\n" for entry in entries)
    return Code(f"{opening}\n{body}{' ' * indent}{closing}")


def _entry(key: str, value: Any, indent: int) -> str:
    name = typescript({key: Code("")}).removeprefix("{ ").removesuffix(" }").rstrip()
    return f"{name} {pretty(value, indent, indent + len(name) + 2)}"
