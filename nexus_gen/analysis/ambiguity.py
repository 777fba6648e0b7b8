"""How much a backtracking matcher may have to do for a pattern.

At worst a backtracking matcher tries every path of the pattern's automaton over every prefix of the
text. The number of paths grows exponentially if and only if some state lies on two different cycles
that read the same text, and else like a power of the length that is told by chains of pairs of
states of which one leads to the other while both go round on the same text.

Sources: Weber and Seidl, "On the degree of ambiguity of finite automata" (1991); Weideman et al.,
"Analyzing matching time behavior of backtracking regular expression matchers by using ambiguity of
NFA" (2016).

Sound, not complete: what is counted is a bound, and repetitions that are too many to write out
count as unbounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from nexus_gen.analysis.automaton import Automaton, TooLargeError, build

MAX_STEPS = 10_000_000
"""Steps that a matcher makes in a few tenths of a second."""

_MAX_WORK = 200_000
"""Pairs or triples of states that are looked at before giving up."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a search costs at worst.

    Attributes:
        degree: steps grow with the text's length to this power; None if exponentially, or if the
            pattern is too large to tell.
        factor: ways in which the parts without repetition multiply that.
        anchored: whether the pattern is tried at the start of the text only.
        width: characters of the longest text that the pattern takes, None if unbounded.
    """

    degree: int | None
    factor: int = 1
    anchored: bool = True
    width: int | None = None

    def steps(self, length: int) -> float:
        """Steps for the worst text of at most `length` characters."""
        if self.degree is None:
            return float("inf")
        reach = length if self.width is None else min(length, self.width + 1)
        first = reach if self.anchored else length
        return float(self.factor * first * max(reach, 1) ** (self.degree - 1))


def cost(pattern: str, length: int) -> Cost:
    """What searching a text of `length` characters for a pattern costs at worst.

    The pattern compiles and is portable. Of two bounds the better one is given: with short bounded
    repetitions written out, and with all of them unbounded.
    """
    return min(
        (_cost(pattern, written_out) for written_out in (64, 1)),
        key=lambda found: found.steps(length),
    )


@lru_cache(maxsize=1024)
def _cost(pattern: str, written_out: int) -> Cost:
    try:
        return _Analysis(build(pattern, written_out)).cost()
    except TooLargeError:
        return Cost(None)


class _Analysis:
    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._components = _components(automaton.size, lambda state: automaton.edges[state])
        self._component_of = {
            state: number for number, states in enumerate(self._components) for state in states
        }
        self._loops = [
            number
            for number, states in enumerate(self._components)
            if len(states) > 1 or states[0] in automaton.edges[states[0]]
        ]

    def cost(self) -> Cost:
        automaton = self._automaton
        if any(self._is_exponential(self._components[number]) for number in self._loops):
            return Cost(None)
        degree = 1 + self._longest_chain()
        return Cost(degree, self._factor(), automaton.anchored, automaton.width)

    def _is_exponential(self, states: Sequence[int]) -> bool:
        """Whether a state of a component has two cycles over the same text."""
        edges, inside = self._automaton.edges, set(states)
        if any(edges[p].get(q, 0) > 1 for p in states for q in inside & edges[p].keys()):
            return True
        if len(states) ** 2 > _MAX_WORK:
            raise TooLargeError
        step = self._pair_step(inside)
        apart = _reachable([(p, p) for p in states], step)
        backward: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for pair in apart:
            for successor in step(pair):
                backward.setdefault(successor, []).append(pair)
        together = _reachable([(p, p) for p in states], lambda pair: backward.get(pair, ()))
        return any(p != q for p, q in apart & together)

    def _pair_step(self, inside: set[int]) -> Callable[[tuple[int, int]], list[tuple[int, int]]]:
        edges, masks = self._automaton.edges, self._automaton.masks
        successors = {p: [q for q in edges[p] if q in inside] for p in inside}
        return lambda pair: [
            (a, b) for a in successors[pair[0]] for b in successors[pair[1]] if masks[a] & masks[b]
        ]

    def _longest_chain(self) -> int:
        """The longest chain of loops of which each hands over to the next on its own text."""
        order = list(reversed(self._loops))
        longest = dict.fromkeys(order, 0)
        reach = {number: self._component_reach(number) for number in order}
        for position, one in enumerate(order):
            for other in order[position + 1 :]:
                if other in reach[one]:
                    grows = longest[one] + self._hands_over(one, other)
                    longest[other] = max(longest[other], grows)
        return max(longest.values(), default=0)

    def _component_reach(self, number: int) -> set[int]:
        states = _reachable(self._components[number], lambda state: self._automaton.edges[state])
        return {self._component_of[state] for state in states}

    def _hands_over(self, one: int, other: int) -> bool:
        """Whether a text leads some p to p, p to q and q to q, for q in the other component."""
        edges, masks = self._automaton.edges, self._automaton.masks
        first, last = set(self._components[one]), set(self._components[other])
        if len(first) * len(last) * self._automaton.size > _MAX_WORK:
            raise TooLargeError

        def step(triple: tuple[int, int, int]) -> list[tuple[int, int, int]]:
            x, y, z = triple
            return [
                (a, b, c)
                for a in edges[x]
                if a in first
                for c in edges[z]
                if c in last and masks[a] & masks[c]
                for b in edges[y]
                if masks[a] & masks[b] & masks[c]
            ]

        return any((p, q, q) in _reachable([(p, p, q)], step) for p in first for q in last)

    def _factor(self) -> int:
        """The product of the ways that a character opens, along the worst chain of components."""
        worst = [1] * len(self._components)
        for number, states in enumerate(self._components):
            after = max(
                (
                    worst[self._component_of[q]]
                    for p in states
                    for q in self._automaton.edges[p]
                    if self._component_of[q] != number
                ),
                default=1,
            )
            worst[number] = after * max(self._ways(p) for p in states)
        return max(worst)

    def _ways(self, state: int) -> int:
        """States that one character leads to at once, at most."""
        ways: dict[int, int] = {}
        for successor, count in self._automaton.edges[state].items():
            mask = self._automaton.masks[successor]
            while mask:
                bit = mask & -mask
                ways[bit] = ways.get(bit, 0) + count
                mask ^= bit
        return max(ways.values(), default=1)


_State = TypeVar("_State", bound=Hashable)


def _reachable(starts: Iterable[_State], step: Callable[[_State], Iterable[_State]]) -> set[_State]:
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for successor in step(waiting.pop()):
            if successor not in seen:
                seen.add(successor)
                waiting.append(successor)
    return seen


def _components(size: int, step: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Strongly connected components, each before those that lead to it (Tarjan, iterative)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    found: list[list[int]] = []
    for root in range(size):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(step(root)))]
        while work:
            state, successors = work[-1]
            descended = False
            for successor in successors:
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    work.append((successor, iter(step(successor))))
                    descended = True
                    break
                if successor in stack:
                    low[state] = min(low[state], index[successor])
            if descended:
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[state])
            if low[state] == index[state]:
                cut = stack.index(state)
                found.append(stack[cut:])
                del stack[cut:]
    return found
