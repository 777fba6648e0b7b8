"""Docstrings and the words in them."""

from __future__ import annotations

from nexus_gen.backends.lambda_.layout import LIMIT
from nexus_gen.render import Code, docstring

_QUOTES = 3
_ARTICLES = frozenset({"A", "An", "The", "One", "Each", "Every", "What", "Who", "Where"})
_CONSONANT_SOUND = ("uni", "use", "usa", "uti", "eu", "one")


def docstring_of(text: str, indent: int = 0) -> Code:
    """A docstring with its quotes, wrapped into the line length: one line if it fits.

    Words that are longer than a line stand on a line of their own.
    """
    safe = docstring(text)
    room = LIMIT - indent
    if _QUOTES + _columns(safe) + _QUOTES <= room or " " not in safe:
        return Code(f'"""{safe}"""')
    lines = _wrapped(safe, room)
    if len(lines) == 1:  # it fits without the closing quotes only, which then stand alone
        lines = _wrapped(safe, room - _QUOTES)
    pad = " " * indent
    return Code('"""' + f"\n{pad}".join(lines) + f'\n{pad}"""')


def after_colon(text: str) -> str:
    """A sentence of a spec as it continues after a colon: `a course that ...`."""
    first, space, rest = text.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in _ARTICLES else text


def with_article(noun: str) -> str:
    """`a course`, `an enrollment`"""
    vowel = noun[:1] in "aeiou" and not noun.startswith(_CONSONANT_SOUND)
    return f"{'an' if vowel else 'a'} {noun}"


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` columns; the first begins after the quotes."""
    lines: list[str] = []
    line, used = "", _QUOTES
    for word in text.split(" "):
        columns = _columns(word)
        if line and used + 1 + columns > room:
            lines.append(line)
            line, used = word, columns
        else:
            line = f"{line} {word}" if line else word
            used += columns + 1
    return [*lines, line]


def _columns(text: str) -> int:
    """At least the columns that a text takes: no character takes more than two."""
    return len(text) if text.isascii() else len(text) + sum(one > "\x7f" for one in text)
