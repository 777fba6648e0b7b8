"""Where the parts of a YAML document stand.

Positions stay as libyaml gives them and become spans when somebody asks: a build asks for a few of
them, and making all costs more than parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from yaml.events import Event

from nexus_gen.diagnostics import Span

DocumentPath = tuple[str | int, ...]
"""Keys and list positions from the top of a document: `("entities", "Course", "fields")`."""


class Collection:
    """A mapping or list: its first and last event, and the places of what is in it."""

    __slots__ = ("children", "end", "start")

    def __init__(self, start: Event, children: dict[str | int, Entry]) -> None:
        self.start = start
        self.end = start
        self.children = children


Place = Event | Collection
"""A scalar's or alias's event, or a collection."""


class Entry(NamedTuple):
    """One member of a collection: the event of its key (None in a list), and its value."""

    key: Event | None
    value: Place


class Mark(Protocol):
    """A position of libyaml: 0-based line and column, in code points."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Locator:
    """Turns libyaml's positions into spans of one file."""

    file: str
    lines: tuple[str, ...]

    def between(self, start: Mark, end: Mark) -> Span:
        """From `start` to `end`, or to the end of the first line; at least one column wide."""
        if start.line >= len(self.lines) or (start.column == 0 and not self._rest(start)):
            return self._last_character(start.line)
        stop = end.column if end.line == start.line else len(self.lines[start.line].rstrip())
        return Span(self.file, start.line + 1, start.column + 1, max(stop, start.column + 1) + 1)

    def event(self, event: Event) -> Span:
        """Where a key or a scalar stands."""
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        line, column, stop = start.line, start.column, end.column
        if end.line == line and stop > column:
            return Span(self.file, line + 1, column + 1, stop + 1)
        return self.between(start, end)

    def place(self, place: Place) -> Span:
        """Where a value stands."""
        if isinstance(place, Collection):
            return self.between(_mark(place.start.start_mark), _mark(place.end.end_mark))
        return self.event(place)

    def character(self, mark: Mark) -> Span:
        """The one character at a position."""
        return self.between(mark, mark)

    def _rest(self, mark: Mark) -> str:
        return "".join(self.lines[mark.line :])

    def _last_character(self, before: int) -> Span:
        """The last character of the last line with text, for a problem at the end of a file."""
        for number in range(min(before, len(self.lines) - 1), -1, -1):
            if text := self.lines[number].rstrip():
                return Span(self.file, number + 1, len(text), len(text) + 1)
        return Span.of_file(self.file)


def _mark(mark: Mark | None) -> Mark:
    if mark is None:
        raise TypeError("an event of libyaml has no position")
    return mark


def is_empty(event: Event) -> bool:
    """Whether an event takes no room: the value of `title:` with nothing behind it."""
    start, end = _mark(event.start_mark), _mark(event.end_mark)
    return (start.line, start.column) == (end.line, end.column)
