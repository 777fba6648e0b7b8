"""Text that is safe and aligned on a terminal."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

TAB_WIDTH = 4
ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """The text on one line, without characters that would act on a terminal or reorder text.

    Control, format (bidirectional overrides among them), surrogate and private characters become
    U+FFFD; line ends and tabs become a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_safe(character) for character in text)


def _safe(character: str) -> str:
    if character in "\t\n\r":
        return " "
    return _REPLACEMENT if unicodedata.category(character) in _UNSAFE else character


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def cells(character: str) -> int:
    """Columns that a character takes on a terminal: 0, 1 or 2 (Unicode Annex 11)."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Columns that the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(cells, text))


class DisplayLine(NamedTuple):
    """A source line as it is printed.

    Attributes:
        text: what to print.
        columns: for each code point of the source line, and for the place past its end, the
            0-based column of `text` where it is printed; clipped to the ends of `text`.
    """

    text: str
    columns: tuple[int, ...]

    def column(self, number: int) -> int:
        """Printed column of the 1-based source column `number`."""
        return self.columns[min(max(number, 1), len(self.columns)) - 1]


def display(line: str, limit: int, focus: int) -> DisplayLine:
    """Expand tabs, and clip to `limit` columns so that source column `focus` (1-based) is seen."""
    pieces, starts = _expand(line)
    total = starts[-1]
    if total <= limit:
        return DisplayLine("".join(pieces), starts)
    target = starts[min(max(focus, 1), len(starts)) - 1]
    left = min(max(0, target - limit // 3), total - limit)
    right = left + limit
    kept = [
        piece
        for piece, start in zip(pieces, starts, strict=False)
        if start >= left and start + width(piece) <= right
    ]
    first = next(start for start in starts if start >= left)
    head, tail = ELLIPSIS if left else "", ELLIPSIS if right < total else ""
    text = head + "".join(kept) + tail
    last = width(text)
    columns = tuple(min(max(start - first + len(head), 0), last) for start in starts)
    return DisplayLine(text, columns)


def _expand(line: str) -> tuple[list[str], tuple[int, ...]]:
    """Printed form of each code point, and the column where each begins, the end's too."""
    pieces: list[str] = []
    starts = [0]
    for character in line:
        at = starts[-1]
        piece = " " * (TAB_WIDTH - at % TAB_WIDTH) if character == "\t" else printable(character)
        pieces.append(piece)
        starts.append(at + width(piece))
    return pieces, tuple(starts)
