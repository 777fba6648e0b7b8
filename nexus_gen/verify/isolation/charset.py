"""Whether the pattern that the runtime holds tenant ids against takes nothing but tenant ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]  # sre's tree has no public module
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

from nexus_gen.verify.iam.policy import UnmodelledError

TENANT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
TENANT_LENGTH = 64

_BEGINNINGS = ((op.AT, op.AT_BEGINNING), (op.AT, op.AT_BEGINNING_STRING))
_END = (op.AT, op.AT_END)
_VERY_END = (op.AT, op.AT_END_STRING)

Ranges = Sequence[tuple[int, int]]
_ANY: Ranges = ((0, 9), (11, 0x10FFFF))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A class of characters, and how often one stands there; `most` is None without a bound."""

    ranges: Ranges
    least: int
    most: int | None

    def character(self) -> str:
        """One that is no tenant id's where there is one."""
        for low, high in self.ranges:
            for code in range(low, min(high, low + len(TENANT)) + 1):
                if chr(code) not in TENANT:
                    return chr(code)
        return chr(self.ranges[0][0])


def stranger(pattern: str) -> str | None:
    """A text that `re.match` takes and that is no tenant id, None where there is none.

    Exact for a sequence of characters, classes and repetitions of these: such a pattern takes a
    stranger if one of its classes does, or if it takes too few or too many characters. `$` also
    matches before a line end at the end (Python, `re`), and a pattern without an end is followed by
    anything. Raises UnmodelledError for other patterns.
    """
    pieces = [piece for piece in _pieces(list(sre.parse(pattern)), pattern) if piece.most != 0]
    for piece in pieces:
        if piece.character() not in TENANT:
            return "".join(one.character() * max(one.least, one is piece) for one in pieces)
    if sum(piece.least for piece in pieces) == 0:
        return ""
    text = "".join(
        piece.character() * (TENANT_LENGTH + 1 if piece.most is None else piece.most)
        for piece in pieces
    )
    return text if len(text) > TENANT_LENGTH else None


def _pieces(nodes: list[Any], pattern: str) -> Iterator[_Piece]:
    if nodes[:1] and nodes[0] in _BEGINNINGS:
        nodes = nodes[1:]
    end = nodes[-1] if nodes and nodes[-1] in (_END, _VERY_END) else None
    for kind, argument in nodes[:-1] if end else nodes:
        if kind is op.MAX_REPEAT:
            least, most, body = argument
            if len(body) != 1:
                raise UnmodelledError(f"the pattern `{pattern}`")
            ranges = _ranges(body[0][0], body[0][1], pattern)
            yield _Piece(ranges, least, None if most is op.MAXREPEAT else most)
        else:
            yield _Piece(_ranges(kind, argument, pattern), 1, 1)
    if end is None:
        yield _Piece(_ANY, 0, None)
    elif end == _END:
        yield _Piece(((10, 10),), 0, 1)


def _ranges(kind: Any, argument: Any, pattern: str) -> Ranges:
    if kind is op.LITERAL:
        return ((argument, argument),)
    if kind is op.ANY:
        return _ANY
    if kind is op.IN and all(member in (op.LITERAL, op.RANGE) for member, _ in argument):
        return [value if member is op.RANGE else (value, value) for member, value in argument]
    raise UnmodelledError(f"the pattern `{pattern}`")
