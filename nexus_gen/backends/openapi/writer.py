"""Plain data to YAML: deterministic, readable, and the same data in YAML 1.1 and 1.2.

Covers what an OpenAPI document holds: mappings with text keys, lists, text, numbers, booleans and
null. Mappings keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Joined:
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
        _entry(f"{pad}{_text(key, _PLAIN)}:", value, indent, lines)


def _entry(start: str, value: Any, indent: int, lines: list[str]) -> None:
    """One value after `key:` or `-`, on the same line if it has one."""
    if isinstance(value, str):
        if "\n" in value and _is_block(value):
            _block(start, value, indent, lines)
        else:
            lines.append(f"{start} {_scalar(value)}")
    elif isinstance(value, Shared):
        lines.append(start)
        lines.append(value.text(indent + 2))
    elif isinstance(value, Joined):
        lines.append(start)
        _mapping(value.own, indent + 2, lines)
        lines.append(value.rest.text(indent + 2))
    elif isinstance(value, dict) and value:
        lines.append(start)
        _mapping(value, indent + 2, lines)
    elif isinstance(value, list | tuple) and value:
        _list(start, value, indent, lines)
    else:
        lines.append(f"{start} {_scalar(value)}")


def _list(start: str, values: list[Any] | tuple[Any, ...], indent: int, lines: list[str]) -> None:
    if not any(isinstance(value, dict | list | tuple) for value in values):
        flow = ", ".join([_scalar(value, _PLAIN_IN_FLOW) for value in values])
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


def _scalar(value: Any, plain: re.Pattern[str] = _PLAIN) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return _text(value, plain)
    return yaml(value)


@lru_cache(maxsize=4096)
def _text(value: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return yaml(value)


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
