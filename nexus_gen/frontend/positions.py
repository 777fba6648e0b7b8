"""Where the parts of a YAML document stand.

Positions are kept as small as they can be and become spans when somebody asks: a build asks for a
few of them, and making all costs more than parsing.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from yaml.events import Event

from nexus_gen.diagnostics import Span

DocumentPath = tuple[str | int, ...]
"""Keys and list positions from the top of a document: `("entities", "Course", "fields")`."""

Position = int
"""A range in one number: 0-based line, column, and one more than the column past its end, which is
0 for a range that goes over several lines. 24 bits each for the last two. A number, because the
garbage collector does not look at numbers, and a large spec has a million of them."""

_BITS = 24
_MASK = (1 << _BITS) - 1


class Collection:
    """A mapping or list: where it stands, and where its keys and its values do.

    Attributes:
        keys: positions of the keys of a mapping; empty for a list.
        values: positions of scalars and aliases, and inner collections.
    """

    __slots__ = ("keys", "position", "values")

    def __init__(
        self, position: Position, keys: dict[str, Position], values: dict[str | int, Place]
    ) -> None:
        self.position = position
        self.keys = keys
        self.values = values


Place = Position | Collection


class Mark(Protocol):
    """A position of libyaml: 0-based line and column, in code points."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def between(start: Mark, end: Mark) -> Position:
    """The range between two marks."""
    stop = end.column + 1 if end.line == start.line else 0
    return ((start.line << _BITS | start.column) << _BITS) | stop


def of_event(event: Event) -> Position:
    """The range of a key, a scalar, or an indicator."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        raise TypeError("an event of libyaml has no position")
    stop = end.column + 1 if end.line == start.line else 0
    return ((start.line << _BITS | start.column) << _BITS) | stop


def from_to(start: Event, end: Event) -> Position:
    """The range from the beginning of one event to the end of another."""
    if start.start_mark is None or end.end_mark is None:
        raise TypeError("an event of libyaml has no position")
    return between(start.start_mark, end.end_mark)


def is_empty(place: Place) -> bool:
    """Whether a value takes no room: that of `title:` with nothing behind it."""
    if isinstance(place, Collection):
        return False
    return place & _MASK == (place >> _BITS & _MASK) + 1


class Locator(NamedTuple):
    """Turns positions into spans of one file."""

    file: str
    lines: tuple[str, ...]

    def span(self, place: Place) -> Span:
        """The range, or what of it is on its first line; at least one column wide."""
        packed = place.position if isinstance(place, Collection) else place
        line, column, stop = packed >> 2 * _BITS, packed >> _BITS & _MASK, (packed & _MASK) - 1
        if stop > column:
            return Span(self.file, line + 1, column + 1, stop + 1)
        if line >= len(self.lines) or (column == 0 and not any(self.lines[line:])):
            return self._last_character(line)
        if stop < 0:
            stop = len(self.lines[line].rstrip())
        return Span(self.file, line + 1, column + 1, max(stop, column + 1) + 1)

    def bracketed(self, place: Collection) -> Span | None:
        """The range of a collection that begins and ends on one line, in brackets."""
        span = self.span(place)
        is_one_line = place.position & _MASK > 0
        begins = is_one_line and self.lines[span.line - 1][span.column - 1] in "[{"
        return span if begins else None

    def event(self, event: Event) -> Span:
        """Where an event stands."""
        return self.span(of_event(event))

    def character(self, mark: Mark) -> Span:
        """The one character at a mark."""
        return self.span(between(mark, mark))

    def _last_character(self, before: int) -> Span:
        """The last character of the last line with text, for a problem at the end of a file."""
        for number in range(min(before, len(self.lines) - 1), -1, -1):
            if text := self.lines[number].rstrip():
                return Span(self.file, number + 1, len(text), len(text) + 1)
        return Span.of_file(self.file)
