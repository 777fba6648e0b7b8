"""Diagnostics for people: the source line, carets under the culprit, and the move."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from nexus_gen.diagnostics.diagnostic import Diagnostic, Severity
from nexus_gen.diagnostics.display import display, printable
from nexus_gen.diagnostics.sources import Sources
from nexus_gen.diagnostics.span import Span

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_BLUE = "\x1b[1;34m"
_TONES = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
SOURCE_WIDTH = 100
"""Columns of a source line that are shown; longer lines are clipped around the caret."""


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to the stream: a terminal, and nobody objects (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def render(
    diagnostics: Sequence[Diagnostic],
    sources: Sources,
    *,
    colour: bool = False,
    summary: bool = True,
) -> str:
    """All diagnostics, each followed by an empty line, and a last line that counts them.

    Empty for no diagnostics. Ends with a line end.
    """
    painter = _Painter(colour)
    blocks = ["\n".join(_block(diagnostic, sources, painter)) for diagnostic in diagnostics]
    if summary and diagnostics:
        blocks.append(count(diagnostics))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`"""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    numbers = ((severities.count(severity), severity.value) for severity in Severity)
    return ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in numbers if n)


class _Painter(NamedTuple):
    colour: bool

    def __call__(self, tone: str, text: str) -> str:
        return f"{tone}{text}{_RESET}" if self.colour and text else text


class _Mark(NamedTuple):
    """A range to underline, with what to say there."""

    span: Span
    message: str
    is_culprit: bool


def _block(diagnostic: Diagnostic, sources: Sources, paint: _Painter) -> Iterator[str]:
    tone = _TONES[diagnostic.severity]
    kind = paint(tone, f"{diagnostic.severity.value}[{diagnostic.code}]")
    yield f"{kind}{paint(_BOLD, ': ' + printable(diagnostic.message))}"
    marks = _marks(diagnostic)
    gutter = max((len(str(mark.span.line)) for mark in marks), default=1)
    files = [list(group) for _, group in groupby(marks, key=lambda mark: mark.span.file)]
    for marks_of_file in files:
        yield from _file(marks_of_file, sources, gutter, tone, paint)
    bar = " " * gutter + paint(_BLUE, " =")
    if diagnostic.help:
        yield f"{bar} help: {printable(diagnostic.help)}"
    yield f"{bar} more: nexus-gen explain {diagnostic.code}"


def _marks(diagnostic: Diagnostic) -> list[_Mark]:
    """Culprit and labels: the culprit's file first, then by file, each by line."""
    marks = [_Mark(label.span, label.message, False) for label in diagnostic.labels]
    if diagnostic.span is None:
        return sorted(marks, key=lambda mark: mark.span)
    home = diagnostic.span.file
    marks.append(_Mark(diagnostic.span, diagnostic.note, True))
    return sorted(
        marks, key=lambda m: (m.span.file != home, m.span.file, m.span.line, not m.is_culprit)
    )


def _file(
    marks: list[_Mark], sources: Sources, gutter: int, tone: str, paint: _Painter
) -> Iterator[str]:
    culprit = next((mark for mark in marks if mark.is_culprit), None)
    arrow = "-->" if culprit else ":::"
    shown = culprit or marks[0]
    yield f"{' ' * gutter}{paint(_BLUE, arrow)} {printable(str(shown.span))}"
    bar = " " * gutter + paint(_BLUE, " |")
    previous = None
    for number, on_line in groupby(marks, key=lambda mark: mark.span.line):
        group = list(on_line)
        text = sources.line(group[0].span.file, number)
        if text is None or group[0].span.is_whole_file:
            yield from (f"{bar} {printable(m.message)}" for m in group if m.message)
            continue
        if previous is None:
            yield bar
        elif number > previous + 1:
            yield paint(_BLUE, "...")
        previous = number
        line = display(text, SOURCE_WIDTH, group[0].span.column)
        yield f"{paint(_BLUE, f'{number:>{gutter}} |')} {line.text}".rstrip()
        for mark in group:
            start = line.column(mark.span.column)
            length = max(1, line.column(mark.span.end_column) - start)
            sign = ("^" if mark.is_culprit else "-") * length
            said = f"{sign} {printable(mark.message)}".rstrip()
            yield f"{bar} {' ' * start}{paint(tone if mark.is_culprit else _BLUE, said)}"
