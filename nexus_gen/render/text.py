"""Text that is safe to print: the types that a template may print bare, and the escapes."""

from __future__ import annotations

import re

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:/{}-]+")


class LiteralError(ValueError):
    """A value has no literal in the target language: our bug, analysis must refuse it."""


class Identifier(str):
    """A name that every target language takes as it is, in quotes and out of them.

    Letters, digits and `_ . : / { } -` only; raises LiteralError for any other text.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Identifier:
        """`text`, vouched for."""
        if _IDENTIFIER.fullmatch(text) is None:
            raise LiteralError(f"{text!r} is not an identifier")
        return super().__new__(cls, text)


class Code(str):
    """Code of the target language, built from literals: printed without another escape."""

    __slots__ = ()


HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff]"
)
"""Characters that a reader cannot see or that reorder what is seen.

Controls, spaces other than U+0020, formatting and bidirectional marks, variation selectors,
surrogates, private use, noncharacters. Spelled out instead of asking `str.isprintable`, whose
answer depends on the Unicode version of the Python that runs: same spec, same bytes.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape_hidden(text: str, *, byte_form: bool) -> str:
    """`text` with hidden characters as `\\n`, `\\r`, `\\t`, `\\uNNNN` and `\\UNNNNNNNN`.

    With `byte_form`, those below U+0100 become `\\xNN` (Python, YAML).
    """
    if HIDDEN.search(text) is None:
        return text

    def escape(match: re.Match[str]) -> str:
        character = match[0]
        point = ord(character)
        if character in _NAMED:
            return _NAMED[character]
        if point < 0x100 and byte_form:
            return f"\\x{point:02x}"
        return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"

    return HIDDEN.sub(escape, text)


def escape_utf16(text: str) -> str:
    """`text` with hidden characters as JSON escapes: surrogate pairs past U+FFFF."""
    if HIDDEN.search(text) is None:
        return text

    def escape(match: re.Match[str]) -> str:
        units = match[0].encode("utf-16-be", "surrogatepass").hex()
        return _NAMED.get(match[0]) or "".join(
            f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)
        )

    return HIDDEN.sub(escape, text)


def refuse_surrogates(text: str) -> None:
    """Raises LiteralError for text that UTF-8 cannot carry."""
    if _SURROGATE.search(text) is not None:
        raise LiteralError(f"{text!r} holds a lone surrogate")


def one_line(text: str) -> str:
    """`text` on one line: each run of white space one space, hidden characters U+FFFD."""
    return HIDDEN.sub("\ufffd", " ".join(text.split()))
