"""A pattern as an automaton whose paths are the ways in which the pattern can match.

Glushkov's construction: a state is the position of a character in the pattern. Where the pattern
leads from one position to another in several ways, the edge counts them, for a matcher tries each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from re import _constants as op  # type: ignore[attr-defined]  # sre's tree has no public module
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

MAX_POSITIONS = 400
_TOP = 0x10FFFF
_MANY = 1 << 40
"""Where counts of ways stop."""

Ranges = tuple[tuple[int, int], ...]
_DIGIT: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_LINE_ENDS: Ranges = ((10, 10), (13, 13), (0x2028, 0x2029))


class TooLargeError(Exception):
    """The pattern has more positions than can be looked at."""


@dataclass(slots=True)
class Automaton:
    """States 0 (the start) to `size` - 1; reading a character leads along an edge to a state.

    Attributes:
        masks: for each state the characters that lead into it, a bit for each class of characters
            that the pattern does not tell apart.
        edges: for each state its successors, and in how many ways the pattern leads there.
        anchored: whether every way begins at the start of the text.
        width: characters of the longest text that the pattern takes, None if unbounded.
    """

    masks: list[int]
    edges: list[dict[int, int]]
    anchored: bool
    width: int | None

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.masks)


@dataclass(slots=True)
class _Part:
    """A part of a pattern: where it may begin and end, in how many ways, and be empty."""

    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)
    empty: int = 0


class _Builder:
    def __init__(self, written_out: int) -> None:
        self._limit = written_out
        self.ranges: list[Ranges] = [()]
        self.edges: list[Counter[int]] = [Counter()]

    def sequence(self, nodes: Iterable[Any]) -> _Part:
        part = _Part(empty=1)
        for node in nodes:
            part = self.concatenated(part, self.node(*node))
        return part

    def concatenated(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        return _Part(
            first=left.first + _times(right.first, left.empty),
            last=right.last + _times(left.last, right.empty),
            empty=min(left.empty * right.empty, _MANY),
        )

    def node(self, kind: Any, argument: Any) -> _Part:
        if kind is op.AT:
            return _Part(empty=1)
        if kind is op.SUBPATTERN:
            return self.sequence(argument[3])
        if kind is op.BRANCH:
            return self._alternatives([self.sequence(branch) for branch in argument[1]])
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, body = argument
            return self._repeated(least, None if most is op.MAXREPEAT else most, body)
        return self._position(_characters(kind, argument))

    def _position(self, ranges: Ranges) -> _Part:
        if len(self.ranges) > MAX_POSITIONS:
            raise TooLargeError
        self.ranges.append(ranges)
        self.edges.append(Counter())
        number = len(self.ranges) - 1
        return _Part(Counter({number: 1}), Counter({number: 1}))

    def _alternatives(self, parts: list[_Part]) -> _Part:
        whole = _Part()
        for part in parts:
            whole.first += part.first
            whole.last += part.last
            whole.empty += part.empty
        return whole

    def _repeated(self, least: int, most: int | None, body: Any) -> _Part:
        if most is not None and most * self._positions(body) <= self._limit:
            return self._written_out(least, most, body)
        part = self.sequence(body)
        if part.empty and most is not None and most > 1:
            raise TooLargeError
        self._connect(part.last, part.first)
        return _Part(part.first, part.last, part.empty + (least == 0))

    def _written_out(self, least: int, most: int, body: Any) -> _Part:
        """`x{2,4}` as `xx(x(x)?)?`."""
        tail = _Part(empty=1)
        for _ in range(most - least):
            tail = self.concatenated(self.sequence(body), tail)
            tail.empty += 1
        whole = _Part(empty=1)
        for _ in range(least):
            whole = self.concatenated(whole, self.sequence(body))
        return self.concatenated(whole, tail)

    def _positions(self, nodes: Iterable[Any]) -> int:
        """Positions that a sequence takes, at least one."""
        count = 0
        for kind, argument in nodes:
            if kind is op.SUBPATTERN:
                count += self._positions(argument[3])
            elif kind is op.BRANCH:
                count += sum(self._positions(branch) for branch in argument[1])
            elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
                inside = self._positions(argument[2])
                whole = inside if argument[1] is op.MAXREPEAT else inside * argument[1]
                count += whole if whole <= self._limit else inside
            elif kind is not op.AT:
                count += 1
        return max(count, 1)

    def _connect(self, ends: Counter[int], starts: Counter[int]) -> None:
        for end, ways in ends.items():
            edges = self.edges[end]
            for start, more in starts.items():
                edges[start] = min(edges[start] + ways * more, _MANY)


def build(pattern: str, written_out: int) -> Automaton:
    """The automaton of a search for a pattern. Raises TooLargeError.

    Bounded repetitions are written out if they take no more than `written_out` positions; the
    others count as unbounded.
    """
    tree = sre.parse(pattern)
    builder = _Builder(written_out)
    anchored = _is_anchored(list(tree))
    body = builder.sequence(tree)
    start = {0: 1}
    if not anchored:
        builder.ranges.append(((0, _TOP),))
        builder.edges.append(Counter(body.first))
        anywhere = len(builder.ranges) - 1
        builder.edges[anywhere][anywhere] = 1
        builder.edges[0][anywhere] = 1
    builder._connect(Counter(start), body.first)
    _, width = tree.getwidth()
    return Automaton(
        masks=_masks(builder.ranges),
        edges=[dict(edges) for edges in builder.edges],
        anchored=anchored,
        width=None if width >= op.MAXREPEAT else width,
    )


def _times(counter: Counter[int], factor: int) -> Counter[int]:
    if factor == 0:
        return Counter()
    return Counter({key: min(value * factor, _MANY) for key, value in counter.items()})


def _is_anchored(nodes: Sequence[Any]) -> bool:
    """Whether a sequence can only match at the start of the text."""
    if not nodes:
        return False
    kind, argument = nodes[0]
    if kind is op.AT:
        return argument is op.AT_BEGINNING or _is_anchored(nodes[1:])
    if kind is op.SUBPATTERN:
        return _is_anchored(list(argument[3]))
    if kind is op.BRANCH:
        return all(_is_anchored(list(branch)) for branch in argument[1])
    return False


def _characters(kind: Any, argument: Any) -> Ranges:
    """The characters of a leaf of sre's tree, as the runtime reads it."""
    if kind is op.LITERAL:
        return ((argument, argument),)
    if kind is op.NOT_LITERAL:
        return _complement(((argument, argument),))
    if kind is op.ANY:
        return _complement(_LINE_ENDS)
    if kind is op.IN:
        negated = argument[0][0] is op.NEGATE
        ranges = tuple(
            pair for item in (argument[1:] if negated else argument) for pair in _members(*item)
        )
        return _complement(ranges) if negated else ranges
    raise TooLargeError


def _members(kind: Any, argument: Any) -> Ranges:
    if kind is op.LITERAL:
        return ((argument, argument),)
    if kind is op.RANGE:
        return ((argument[0], argument[1]),)
    classes = {
        op.CATEGORY_DIGIT: _DIGIT,
        op.CATEGORY_WORD: _WORD,
        op.CATEGORY_NOT_DIGIT: _complement(_DIGIT),
        op.CATEGORY_NOT_WORD: _complement(_WORD),
    }
    ranges: Ranges = classes.get(argument, ((0, _TOP),))
    return ranges


def _complement(ranges: Ranges) -> Ranges:
    gaps, low = [], 0
    for first, last in sorted(ranges):
        if first > low:
            gaps.append((low, first - 1))
        low = max(low, last + 1)
    if low <= _TOP:
        gaps.append((low, _TOP))
    return tuple(gaps)


def _masks(ranges: Sequence[Ranges]) -> list[int]:
    """Each set of characters as a set of the intervals between all their ends."""
    bounds = sorted({end for pairs in ranges for a, b in pairs for end in (a, b + 1)})
    number = {bound: position for position, bound in enumerate(bounds)}
    masks = []
    for pairs in ranges:
        mask = 0
        for first, last in pairs:
            mask |= (1 << number[last + 1]) - (1 << number[first])
        masks.append(mask)
    return masks
