"""Patterns that mean the same to Python's `re`, to ECMA-262 and to JSON Schema.

The generated Python checks a pattern, and the OpenAPI document and the TypeScript client state it.
JSON Schema asks for ECMA-262 (2020-12, section 6.3.3) with Unicode, the stricter grammar. The
runtime reads `$`, `.`, `\\d`, `\\w` and `\\b` as ECMA-262 does (`compile_pattern` in
`nexus_runtime/text_checks.py`).
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import NamedTuple

from nexus_gen.analysis.pattern_dialects import Reading, Unportable, read

_ECMA = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]"}
_LETTERS = ": list what you mean; `[A-Za-z]` are the letters of ASCII, `\\d` its digits"
_INSTEAD = {
    r"\p": _LETTERS,
    r"\P": _LETTERS,
    "&&": ": list the characters themselves",
    "--": ": list the characters themselves, a hyphen last",
    **{f"{sign}+": f": `{sign}` may take less, so that other texts match" for sign in "+*?"},
}
"""Beginnings of parts that no other means the same as -> what to do about them."""


class Broken(NamedTuple):
    """Why a pattern does not compile, and from which of its characters on."""

    why: str
    position: int


@lru_cache(maxsize=1024)
def compile_error(pattern: str) -> Broken | None:
    """Why a pattern is no regular expression, None if it is one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern, re.ASCII)
    except re.error as error:
        return Broken(error.msg, error.pos or 0)
    except (RecursionError, OverflowError):
        return Broken("it is too large", 0)
    return None


def unportable(pattern: str) -> Unportable | None:
    """The first part of a pattern that is not portable, None if all of it is."""
    return next(iter(read(pattern).problems), None)


def is_sound(pattern: str) -> bool:
    """Whether a pattern compiles and is portable, so that more can be asked about it."""
    return compile_error(pattern) is None and unportable(pattern) is None


def advice(reading: Reading) -> str:
    """How to write a pattern so that it means to all readers what it means to some."""
    whole = reading.portable
    if whole and compile_error(whole) is None and not read(whole).problems:
        remark = "; the space there is U+0020 alone" if _narrows_space(reading) else ""
        return f"write {in_yaml(whole)}{remark}"
    part = next((one.part for one in reading.problems if one.instead is None), "")
    if not part:
        return "write it with what Python and ECMA-262 share"
    kind = next((words for start, words in _INSTEAD.items() if part.startswith(start)), "")
    return f"nothing here means the same as `{part}`{kind or ': say without it what is legal'}"


def _narrows_space(reading: Reading) -> bool:
    return any(one.part in (r"\s", r"\S") and " " in str(one.instead) for one in reading.problems)


def in_yaml(pattern: str) -> str:
    """A pattern as a scalar of YAML: in single quotes, where a backslash is one."""
    return "'" + pattern.replace("'", "''") + "'"


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
