"""YAML to plain data with positions, in one pass over libyaml's events.

YAML 1.2 with its traps taken out: what two readers could understand differently is an error, and so
is what could cost more to expand than it takes to write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, cast

from yaml import CSafeLoader, MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.frontend import later
from nexus_gen.frontend import yaml_problems as problems
from nexus_gen.frontend.document import SourceMap
from nexus_gen.frontend.positions import Collection, Locator, Place, Position, from_to, of_event
from nexus_gen.frontend.scalars import Ambiguous, Plain, Unrepresentable, resolve

MAX_DEPTH = 64
"""Levels of mappings and lists; the language needs 30 for its deepest object."""

MAX_ENTRIES = 5_000
"""Entries of one mapping or list; what a validator says about it grows with their square."""

MAX_ALIASED = 10_000
"""Values that the aliases of a file may stand for, all together."""

MAX_PROBLEMS = 1000
"""Problems of one file after which the rest of it is not read: nobody reads more of them."""


class Reading(NamedTuple):
    """What one file holds. `data` and `source` mean something if `problems` is empty."""

    data: dict[str, Any]
    source: SourceMap
    problems: tuple[Diagnostic, ...]


def read(file: str, text: str, lines: tuple[str, ...]) -> Reading:
    """Parse one YAML document; `file` is its path in spans, `lines` the lines of `text`."""
    reader = _Reader(text, Locator(file, lines))
    data, root = reader.document()
    found = problems.together(reader.problems, Locator(file, lines))
    return Reading(data, SourceMap(file, lines, root), tuple(found))


class _StopReadingError(Exception):
    """Nothing that follows in the file can be trusted; the problem is recorded."""


class _Reader:
    """Reads one document. What runs once a scalar is kept flat: that is where the time goes."""

    def __init__(self, text: str, locator: Locator) -> None:
        self.problems: list[Diagnostic] = []
        self._text = text
        self._locator = locator
        self._next = cast(Callable[[], Event], CSafeLoader(text).get_event)
        self._plain: dict[str, Plain | Ambiguous | Unrepresentable] = {}
        self._anchors: dict[str, tuple[Any, Place]] = {}
        self._open_anchors: set[str] = set()
        self._aliased = 0
        self._path: list[str | int] = []
        self._muted = 0

    def document(self) -> tuple[dict[str, Any], Place | None]:
        """The one document of the file, if it is a mapping."""
        try:
            return self._document()
        except _StopReadingError:
            pass
        except MarkedYAMLError as error:
            self.problems.append(problems.syntax(error, self._text, self._locator))
        except YAMLError as error:
            self.problems.append(problems.unreadable(error, self._locator))
        return {}, None

    def _document(self) -> tuple[dict[str, Any], Place | None]:
        self._next()
        start = self._next()
        if not isinstance(start, DocumentStartEvent):
            self._stop(problems.empty(self._locator))
        if start.version is not None or start.tags:
            self._report(problems.directive(self._locator.event(start)))
        data, place = self._value(self._next(), "")
        self._next()
        another = self._next()
        if isinstance(another, DocumentStartEvent):
            self._stop(problems.second_document(self._locator.event(another)))
        if data is None:
            self._stop(problems.empty(self._locator))
        if not isinstance(data, dict):
            self._stop(problems.not_a_mapping(self._locator.span(place)))
        return data, place

    def _value(self, event: Event, key: str | int) -> tuple[Any, Place]:
        """The value that begins with an event, below a key of the open collection."""
        if isinstance(event, ScalarEvent):
            return self._scalar(event, key), of_event(event)
        if isinstance(event, AliasEvent):
            return self._alias(event), self._aliased_place(event)
        if not isinstance(event, CollectionStartEvent):
            raise TypeError(f"libyaml gave {event!r} where a value stands")
        self._path.append(key)
        found = self._collection(event)
        self._path.pop()
        return found

    def _scalar(self, event: ScalarEvent, key: str | int = "") -> Plain:
        if event.anchor is not None or event.tag is not None:
            return self._marked_scalar(event, key)
        text = event.value
        if not event.implicit[0]:
            return text
        value = self._resolve(text)
        if isinstance(value, Ambiguous):
            self._report(problems.ambiguous(text, value, self._locator.event(event), key))
            return text
        if isinstance(value, Unrepresentable):
            self._report(problems.unrepresentable(text, value, self._locator.event(event)))
            return 0
        return value

    def _marked_scalar(self, event: ScalarEvent, key: str | int) -> Plain:
        """A scalar with an anchor or, which is refused, a tag."""
        anchor, tag = event.anchor, event.tag
        if tag is not None:
            self._report(problems.tag(tag, self._locator.event(event)))
        event.anchor = event.tag = None
        value = self._scalar(event, key)
        if anchor is not None:
            self._anchors[anchor] = (value, of_event(event))
        return value

    def _resolve(self, text: str) -> Plain | Ambiguous | Unrepresentable:
        """`resolve`, once for each text: most words of a spec come again and again."""
        if text not in self._plain:
            self._plain[text] = resolve(text)
        return self._plain[text]

    def _alias(self, event: AliasEvent) -> Any:
        name = str(event.anchor)
        if name not in self._anchors or name in self._open_anchors:
            anchors = set(self._anchors) - self._open_anchors
            self._stop(problems.unknown_alias(name, anchors, self._locator.event(event)))
        value = self._anchors[name][0]
        size, depth = _measure(value, MAX_ALIASED - self._aliased)
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            self._stop(problems.too_many_aliases(self._locator.event(event), MAX_ALIASED))
        if len(self._path) + depth > MAX_DEPTH:
            self._stop(problems.too_deep(self._locator.event(event), MAX_DEPTH))
        return value

    def _aliased_place(self, event: AliasEvent) -> Place:
        """The alias itself, with what is inside at the place of the anchor."""
        place = self._anchors[str(event.anchor)][1]
        if isinstance(place, Collection):
            return Collection(of_event(event), place.keys, place.values)
        return of_event(event)

    def _collection(self, event: CollectionStartEvent) -> tuple[Any, Place]:
        if len(self._path) > MAX_DEPTH:
            self._stop(problems.too_deep(self._locator.event(event), MAX_DEPTH))
        if event.tag is not None:
            self._report(problems.tag(event.tag, self._locator.event(event)))
        read = self._mapping if isinstance(event, MappingStartEvent) else self._list
        if event.anchor is None:
            return read(event)
        self._open_anchors.add(event.anchor)
        value, place = read(event)
        self._open_anchors.discard(event.anchor)
        self._anchors[event.anchor] = (value, place)
        return value, place

    def _mapping(self, start: Event) -> tuple[dict[str, Any], Place]:
        data: dict[str, Any] = {}
        keys: dict[str, Position] = {}
        values: dict[str | int, Place] = {}
        while True:
            event = self._next()
            if isinstance(event, CollectionEndEvent):
                return data, Collection(from_to(start, event), keys, values)
            if len(keys) >= MAX_ENTRIES:
                self._stop(problems.too_many_entries(self._locator.event(event), MAX_ENTRIES))
            key = self._key(event)
            if key is None:
                self._value(self._next(), "")
            elif key in keys:
                self._report(problems.duplicate_key(event, keys[key], self._locator))
                self._skip(self._next())
            else:
                keys[key] = of_event(event)
                if key in later.WORDS and later.is_key(tuple(self._path[1:]), key):
                    data[key], values[key] = self._unread(self._next(), key)
                else:
                    data[key], values[key] = self._value(self._next(), key)

    def _skip(self, event: Event) -> None:
        """Read a value for its end alone; what is wrong in it would be noise."""
        self._unread(event, "")

    def _unread(self, event: Event, key: str | int) -> tuple[Any, Place]:
        """A value that is refused as a whole, whatever it is."""
        self._muted += 1
        found = self._value(event, key)
        self._muted -= 1
        return found

    def _key(self, event: Event) -> str | None:
        """The text of a key; None, and a problem, for a key that is something else."""
        if not isinstance(event, ScalarEvent):
            self._report(problems.key_not_text(self._locator.event(event)))
            self._skip(event)
            return None
        text = event.value
        is_text = not event.implicit[0] or (isinstance(self._resolve(text), str) and text != "<<")
        if is_text and event.tag is None and event.anchor is None:
            return text
        return self._odd_key(event)

    def _odd_key(self, event: ScalarEvent) -> str | None:
        span = self._locator.event(event)
        if event.implicit[0] and event.value == "<<":
            self._report(problems.merge_key(span))
            return None
        value = self._scalar(event)
        if isinstance(value, str):
            return value
        self._report(problems.key_not_text(span))
        return None

    def _list(self, start: Event) -> tuple[list[Any], Place]:
        problems_before = len(self.problems)
        data: list[Any] = []
        values: dict[str | int, Place] = {}
        while True:
            event = self._next()
            if isinstance(event, CollectionEndEvent):
                place = Collection(from_to(start, event), {}, values)
                if len(self.problems) > problems_before + 1:
                    self._join_ambiguous(problems_before, place)
                return data, place
            if len(data) >= MAX_ENTRIES:
                self._stop(problems.too_many_entries(self._locator.event(event), MAX_ENTRIES))
            value, values[len(data)] = self._value(event, len(data))
            data.append(value)

    def _join_ambiguous(self, before: int, place: Collection) -> None:
        """One problem instead of those of the entries of a list, if all of them are ambiguous."""
        found = self.problems[before:]
        spans = {self._locator.span(entry) for entry in place.values.values()}
        if all(problem.code == "NX013" and problem.span in spans for problem in found):
            listed = self._locator.bracketed(place)
            self.problems[before:] = [problems.ambiguous_entries(found, listed, self._locator)]

    def _report(self, problem: Diagnostic) -> None:
        """Record a problem, unless it is noise: below a duplicate key, or inside a key."""
        if not self._muted:
            self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopReadingError

    def _stop(self, problem: Diagnostic) -> NoReturn:
        self.problems.append(problem)
        raise _StopReadingError


def _measure(value: Any, bound: int) -> tuple[int, int]:
    """How many values are in a value, itself included, and how many levels it has.

    Stops counting past `bound`, so that a bomb is not walked to its end.
    """
    size = depth = 0
    waiting = [(value, 0)]
    while waiting and size <= bound:
        current, level = waiting.pop()
        size += 1
        if isinstance(current, dict | list):
            depth = max(depth, level + 1)
            members = current.values() if isinstance(current, dict) else current
            waiting.extend((member, level + 1) for member in members)
    return size, depth
