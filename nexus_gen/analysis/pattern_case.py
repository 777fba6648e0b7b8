"""Patterns that take letters in either case, without the flag that says so."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|\[\^?(?:\\.|[^\]\\])*\]|\(\?:|.", re.DOTALL
)
_ASCII = [chr(code) for code in range(128)]


def any_case(pattern: str) -> str | None:
    """A portable pattern that takes the letters of ASCII in either case; None if it has others."""
    written: list[str] = []
    for token in _TOKEN.findall(pattern):
        if token[:2] in (r"\x", r"\u") or any(
            not one.isascii() and one.lower() != one.upper() for one in token
        ):
            return None
        if token.startswith("["):
            token = _class_of_any_case(token)
        elif len(token) == 1 and token.isalpha():
            token = f"[{token.upper()}{token.lower()}]"
        written.append(token)
    return "".join(written)


def _class_of_any_case(text: str) -> str:
    listed = text.replace("[^", "[", 1)
    taken = {one for one in _ASCII if re.fullmatch(listed, one, re.ASCII)}
    others = sorted({one.swapcase() for one in taken if one.isalpha()} - taken)
    return text[:-1] + _ranges(others) + "]"


def _ranges(letters: list[str]) -> str:
    """Letters in order, three or more in a row as a range."""
    runs: list[list[str]] = []
    for one in letters:
        if runs and ord(one) == ord(runs[-1][-1]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return "".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else "".join(run) for run in runs)


def closes_last(rest: str) -> bool:
    """Whether the group that a text begins with ends it, but for `$`."""
    depth, position, in_class = 0, 0, False
    while position < len(rest):
        one = rest[position]
        position += 1 + (one == "\\")
        in_class = one == "[" or (in_class and one != "]")
        depth += 0 if in_class else {"(": 1, ")": -1}.get(one, 0)
        if depth == 0:
            break
    return rest[position:] in ("", "$")
