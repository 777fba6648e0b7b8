"""Plain data to YAML: deterministic, readable, and the same data in YAML 1.1 and 1.2.

Covers what an OpenAPI document holds: mappings with text keys, lists, text, numbers, booleans and
null, all of the exact built-in types or of those defined here. Mappings keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nexus_gen.render import yaml

WIDTH = 100
"""Columns within which a list of scalars stands on one line."""

_PLAIN = re.compile(r"[A-Za-z_/$][\w./{}',;-]*(?: [\w./(),;'-]+)*", re.ASCII)
_PLAIN_IN_FLOW = re.compile(r"[A-Za-z_/$][\w./-]*(?: [\w./()-]+)*", re.ASCII)
_RESERVED = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"]
)
"""Words that some YAML reader takes for something else than text."""

_BLOCK = re.compile(r"[!-~][\n -~\u00a1-\u00ac\u00ae-\u02ff]*")


class Number(str):
    """A decimal number, to be written digit by digit."""

    __slots__ = ()


class Shared(dict[str, Any]):
    """A mapping that stands in many places: its text is made once for each indentation.

    Never change one after it was written.
    """

    __slots__ = ("_texts",)

    def __init__(self, members: Mapping[str, Any]) -> None:
        super().__init__(members)
        self._texts: dict[int, str] = {}

    def text(self, indent: int) -> str:
        """Its lines, at `indent` columns."""
        text = self._texts.get(indent)
        if text is None:
            lines: list[str] = []
            _mapping(self, indent, lines)
            text = self._texts[indent] = "\n".join(lines)
        return text


_COLLECTIONS = frozenset([dict, list, Shared])


class Joined(NamedTuple):
    """A mapping whose last members stand in many places."""

    own: dict[str, Any]
    rest: Shared


def dump(mapping: Mapping[str, Any], indent: int = 0) -> str:
    """The lines of a block mapping, each with its line end."""
    lines: list[str] = []
    _mapping(mapping, indent, lines)
    lines.append("")
    return "\n".join(lines)


def _mapping(mapping: Mapping[str, Any], indent: int, lines: list[str]) -> None:
    pad = " " * indent
    for key, value in mapping.items():
        _entry(f"{pad}{_block_text(key)}:", value, indent, lines)


def _entry(start: str, value: Any, indent: int, lines: list[str]) -> None:
    """One value after `key:` or `-`, on the same line if it has one."""
    kind = type(value)
    if kind is str and "\n" not in value:
        lines.append(f"{start} {_block_text(value)}")
    elif kind is dict or kind is Shared:
        _members(start, value, indent, lines)
    elif kind is list and value:
        _list(start, value, indent, lines)
    elif kind is Joined:
        lines.append(start)
        _mapping(value.own, indent + 2, lines)
        lines.append(value.rest.text(indent + 2))
    elif kind is str and _is_block(value):
        _block(start, value, indent, lines)
    else:
        lines.append(f"{start} {_scalar(value, _block_text)}")


def _members(start: str, mapping: dict[str, Any], indent: int, lines: list[str]) -> None:
    if not mapping:
        lines.append(f"{start} {{}}")
        return
    lines.append(start)
    if type(mapping) is Shared:
        lines.append(mapping.text(indent + 2))
    else:
        _mapping(mapping, indent + 2, lines)


def _list(start: str, values: list[Any], indent: int, lines: list[str]) -> None:
    if _COLLECTIONS.isdisjoint(map(type, values)):
        flow = ", ".join([_scalar(value, _flow_text) for value in values])
        if len(start) + len(flow) + 3 <= WIDTH:
            lines.append(f"{start} [{flow}]")
            return
    lines.append(start)
    pad = " " * (indent + 2)
    for value in values:
        at = len(lines)
        if isinstance(value, dict) and value:
            _mapping(value, indent + 4, lines)
            lines[at] = f"{pad}- {lines[at].lstrip(' ')}"
        else:
            _entry(f"{pad}-", value, indent + 2, lines)


def _scalar(value: Any, text: Callable[[str], str]) -> str:
    kind = type(value)
    if kind is str:
        return text(value)
    return str(value) if kind is int or kind is Number else yaml(value)


@lru_cache(maxsize=4096)
def _block_text(value: str) -> str:
    """Text as a key or a value on a line of its own."""
    return value if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED else yaml(value)


@lru_cache(maxsize=4096)
def _flow_text(value: str) -> str:
    """Text in a list on one line, where commas and braces say something else."""
    plain = _PLAIN_IN_FLOW.fullmatch(value) and value.lower() not in _RESERVED
    return value if plain else yaml(value)


def _is_block(value: str) -> bool:
    """Whether a literal block says the text exactly and shows every character of it."""
    return (
        _BLOCK.fullmatch(value) is not None
        and not value.endswith("\n")
        and all(line == line.rstrip(" ") for line in value.split("\n"))
    )


def _block(start: str, value: str, indent: int, lines: list[str]) -> None:
    lines.append(f"{start} |-")
    pad = " " * (indent + 2)
    lines.extend(f"{pad}{line}" if line else "" for line in value.split("\n"))
