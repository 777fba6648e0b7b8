"""Time that passes at once: threads take turns, in the order in which their pauses end.

One thread runs at a time, until it sleeps or ends; then the clock jumps to the next one that wakes.
So a race is as reproducible as its random numbers, takes no longer than its computing, and comes
out the same on a machine that is busy with other things.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_STUCK = 120.0
"""Real seconds after which a thread that nobody wakes fails, instead of waiting for ever."""


class VirtualClock:
    """A clock and its threads.

    Attributes:
        now: seconds since the clock was made.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._waking: list[tuple[float, int, threading.Event]] = []
        self._numbers = itertools.count()
        self._own = threading.local()

    def sleep(self, seconds: float) -> None:
        """Let the others run until this thread's pause is over."""
        if not getattr(self._own, "running", False):
            self.now += seconds
            return
        gate = self._gate(self.now + seconds)
        self._wake_next()
        _pass(gate)

    def run(self, tasks: Sequence[Callable[[], T]]) -> list[T]:
        """What the tasks return, each in a thread of its own, all begun at one moment.

        Raises what the first of them raised.
        """
        results: dict[int, T] = {}
        errors: list[BaseException] = []

        def work(number: int, gate: threading.Event) -> None:
            self._own.running = True
            _pass(gate)
            try:
                results[number] = tasks[number]()
            except BaseException as error:
                errors.append(error)
            finally:
                self._wake_next()

        gates = [self._gate(self.now) for _ in tasks]
        threads = [
            threading.Thread(target=work, args=(number, gate)) for number, gate in enumerate(gates)
        ]
        for thread in threads:
            thread.start()
        self._wake_next()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        return [results[number] for number in range(len(tasks))]

    def _gate(self, time: float) -> threading.Event:
        gate = threading.Event()
        heapq.heappush(self._waking, (time, next(self._numbers), gate))
        return gate

    def _wake_next(self) -> None:
        if self._waking:
            self.now, _, gate = heapq.heappop(self._waking)
            gate.set()


def _pass(gate: threading.Event) -> None:
    if not gate.wait(_STUCK):
        raise TimeoutError("another thread of the clock waits for something that is not its time")
