"""What somebody may have meant: names by edit distance among what is legal there."""

from __future__ import annotations

from collections.abc import Iterable

_LISTED = 20
"""Names that a help lists; there are 19 field types."""


def distance(left: str, right: str) -> int:
    """Optimal string alignment distance: insert, delete, replace, or swap two neighbours."""
    older: list[int] = []
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            cost = min(
                previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (a != b)
            )
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        older, previous = previous, current
    return previous[-1]


def closest(word: str, legal: Iterable[str]) -> str | None:
    """The legal name nearest to `word`, or None where none is near enough to be meant.

    Near enough is one edit in three characters. Case and the choice between `-`, `_` and a space
    cost nothing. Of equally near names the first in alphabetical order wins.
    """
    folded = _fold(word)
    bound = max(1, len(folded) // 3)
    candidates = (name for name in set(legal) if abs(len(name) - len(folded)) <= bound)
    ranked = sorted((distance(folded, _fold(name)), name) for name in candidates)
    return ranked[0][1] if ranked and ranked[0][0] <= bound else None


def did_you_mean(word: str, legal: Iterable[str], *, otherwise: str = "legal here") -> str:
    """Help for a wrong name: the nearest legal one, else all of them if they are few."""
    names = sorted(set(legal))
    if (near := closest(word, names)) is not None:
        return f"did you mean `{near}`?"
    if not names:
        return ""
    listed = ", ".join(f"`{name}`" for name in names[:_LISTED])
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{otherwise}: {listed}{more}"


def _fold(name: str) -> str:
    return name[:64].casefold().replace("-", "_").replace(" ", "_")
