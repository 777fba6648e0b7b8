"""A matcher that goes back as Python's and JavaScript's do, and counts its steps."""

from __future__ import annotations

from collections.abc import Callable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

Continue = Callable[[int], bool]


class TooManyStepsError(Exception):
    """The matcher was stopped."""


class Matcher:
    """Searches a text for a pattern of literals, classes, groups, alternatives and repetitions."""

    def __init__(self, pattern: str, limit: int) -> None:
        self._tree = sre.parse(pattern)
        self._limit = limit
        self._text = ""
        self.steps = 0

    def search(self, text: str) -> bool:
        """Whether the pattern is found. Raises TooManyStepsError past the limit."""
        self.steps = 0
        self._text = text
        return any(
            self._sequence(self._tree, 0, start, lambda _: True) for start in range(len(text) + 1)
        )

    def _sequence(self, nodes: Any, index: int, at: int, then: Continue) -> bool:
        if index == len(nodes):
            return then(at)
        kind, argument = nodes[index]
        return self._node(
            kind, argument, at, lambda end: self._sequence(nodes, index + 1, end, then)
        )

    def _node(self, kind: Any, argument: Any, at: int, then: Continue) -> bool:
        self.steps += 1
        if self.steps > self._limit:
            raise TooManyStepsError
        if kind is op.AT:
            ends = 0 if argument is op.AT_BEGINNING else len(self._text)
            return at == ends and then(at)
        if kind is op.SUBPATTERN:
            return self._sequence(argument[3], 0, at, then)
        if kind is op.BRANCH:
            return any(self._sequence(branch, 0, at, then) for branch in argument[1])
        if kind is op.MAX_REPEAT:
            least, most, body = argument
            return self._repeat(least, most, body, at, then)
        return at < len(self._text) and self._matches(kind, argument, at) and then(at + 1)

    def _repeat(self, least: int, most: int, body: Any, at: int, then: Continue) -> bool:
        def again(end: int) -> bool:
            if end == at and least <= 0:
                return False
            return self._repeat(
                least - 1, most - 1 if most < op.MAXREPEAT else most, body, end, then
            )

        if most > 0 and self._sequence(body, 0, at, again):
            return True
        return least <= 0 and then(at)

    def _matches(self, kind: Any, argument: Any, at: int) -> bool:
        code = ord(self._text[at])
        if kind is op.LITERAL:
            return bool(code == argument)
        assert kind is op.IN, kind
        return any(
            (item is op.LITERAL and code == value)
            or (item is op.RANGE and value[0] <= code <= value[1])
            for item, value in argument
        )
