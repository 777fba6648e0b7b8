"""Patterns that mean the same to Python's `re`, to ECMA-262 and to JSON Schema.

The generated Python checks a pattern, and the OpenAPI document and the TypeScript client state it.
JSON Schema asks for ECMA-262 (2020-12, section 6.3.3) with Unicode, the stricter grammar. The
runtime reads `$`, `.`, `\\d`, `\\w` and `\\b` as ECMA-262 does (`compile_pattern` in
`nexus_runtime/text_checks.py`).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_ECMA = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]"}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CLASSES = frozenset("dDwW")
_CONTROLS = frozenset("tnrfv")
_QUANTIFIER = re.compile(r"\{[0-9]+(,[0-9]*)?\}")
_HEX = re.compile(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}")

_SPACE = "Python and ECMA-262 take different characters for white space"
_GROUPS = (
    ("(?:", None),
    ("(?=", "look-ahead may search the text again and again"),
    ("(?!", "look-ahead may search the text again and again"),
    ("(?<=", "look-behind is limited to a fixed width in Python, and not in ECMA-262"),
    ("(?<!", "look-behind is limited to a fixed width in Python, and not in ECMA-262"),
    ("(?P", "ECMA-262 writes named groups otherwise"),
    ("(?>", "ECMA-262 has no atomic groups"),
    ("(?#", "ECMA-262 has no comments"),
    ("(?(", "ECMA-262 has no conditions"),
    ("(?", "ECMA-262 has no flags inside a pattern"),
)


@dataclass(frozen=True, slots=True)
class Unportable:
    """A part of a pattern that does not mean the same everywhere.

    Attributes:
        part: the text of it.
        why: the difference, without a full stop.
        instead: what to write; empty if nothing does the same.
    """

    part: str
    why: str
    instead: str = ""


def compile_error(pattern: str) -> str | None:
    """Why a pattern is no regular expression, None if it is one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern, re.ASCII)
    except re.error as error:
        return error.msg
    except (RecursionError, OverflowError):
        return "it is too large"
    return None


def unportable(pattern: str) -> Unportable | None:
    """The first part of a pattern that is not portable, None if all of it is."""
    return next(_Scanner(pattern).problems(), None)


def search(pattern: str, text: str) -> bool:
    """Whether a pattern that compiles is found in a text, as ECMA-262 would find it.

    To Python alone `$` also stands before a last line end, and `.` is every other line end too.
    """
    parts, position, in_class = [], 0, False
    while position < len(pattern):
        part = pattern[position : position + 1 + (pattern[position] == "\\")]
        position += len(part)
        parts.append(part if in_class else _ECMA.get(part, part))
        in_class = part == "[" or (in_class and part != "]")
    return re.search("".join(parts), text, re.ASCII) is not None


class _Scanner:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0

    def problems(self) -> Iterator[Unportable]:
        while self._position < len(self._pattern):
            character = self._pattern[self._position]
            if character == "\\":
                yield from self._escape(in_class=False)
                continue
            if character == "[":
                yield from self._class()
            elif character == "(":
                yield from self._group()
            elif character in "*+?{":
                yield from self._quantifier()
            elif character in "]}":
                yield Unportable(character, "ECMA-262 wants it escaped", f"\\{character}")
                self._position += 1
            else:
                self._position += 1

    def _rest(self) -> str:
        return self._pattern[self._position :]

    def _group(self) -> Iterator[Unportable]:
        for opening, why in _GROUPS:
            if self._rest().startswith(opening):
                self._position += len(opening)
                if why is not None:
                    yield Unportable(opening, why, "(" if opening == "(?P" else "")
                return
        self._position += 1

    def _quantifier(self) -> Iterator[Unportable]:
        match = _QUANTIFIER.match(self._pattern, self._position)
        text = match[0] if match else self._pattern[self._position]
        if text == "{":
            yield Unportable("{", "it is a quantifier to one reader and a letter to another", r"\{")
        self._position += len(text)
        following = self._rest()[:1]
        if following == "+":
            yield Unportable(f"{text}+", "ECMA-262 has no possessive quantifiers", text)
        self._position += following in ("?", "+")

    def _escape(self, *, in_class: bool) -> Iterator[Unportable]:
        escaped = self._pattern[self._position + 1 : self._position + 2]
        hexadecimal = _HEX.match(self._pattern, self._position + 1)
        self._position += 1 + (len(hexadecimal[0]) if hexadecimal else 1)
        if hexadecimal or escaped in _SYNTAX | _CLASSES | _CONTROLS:
            return
        part = f"\\{escaped}"
        if escaped in "bB" and not in_class:
            return
        if escaped == "-" and in_class:
            return
        if escaped in "sS":
            yield Unportable(part, _SPACE, "[ ]" if escaped == "s" else "[^ ]")
        elif escaped.isdigit():
            yield Unportable(part, "back references cannot be matched in linear time")
        elif escaped.isalpha():
            yield Unportable(part, "ECMA-262 does not know this escape, or means something else")
        else:
            yield Unportable(part, "ECMA-262 does not let this character be escaped", escaped)

    def _class(self) -> Iterator[Unportable]:
        self._position += 1
        if self._rest().startswith("^"):
            self._position += 1
        if self._rest().startswith("]"):
            part = self._pattern[: self._position + 1].rpartition("[")[2]
            yield Unportable(f"[{part}", "a `]` there ends the class in ECMA-262 only", r"[\]")
            self._position += 1
        while (character := self._rest()[:1]) not in ("]", ""):
            if character == "\\":
                yield from self._escape(in_class=True)
                continue
            if character == "[":
                yield Unportable("[", "inside a class, some readers take it for another", r"\[")
            elif self._rest()[:2] in ("--", "&&", "||", "~~"):
                yield Unportable(
                    self._rest()[:2],
                    "inside a class, some readers take it for an operation on sets",
                )
                self._position += 1
            self._position += 1
        self._position += 1
