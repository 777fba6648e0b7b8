"""Progress of steps that take long: what begins, what is under way, what has ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

SECONDS = 10.0
"""Between two lines while nothing begins or ends."""


class Progress:
    """Prints a line for each event, and one every `SECONDS` so that nobody takes it for dead.

    Lines, not a moving bar: they read the same on a terminal and in the log of a CI server. Steps
    may overlap, in threads of their own.

    Args:
        who: begins each line.
        total: steps that there will be.
    """

    def __init__(self, who: str, total: int) -> None:
        self._who, self._total, self._ended = who, total, 0
        self._running: dict[str, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Progress:
        self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._ticker.join()

    @contextmanager
    def step(self, name: str, doing: str) -> Iterator[None]:
        """One step: a line when it begins, and one when it ended well."""
        started = time.monotonic()
        with self._lock:
            self._running[name] = started
            self._say(f"{name}: {doing}")
        try:
            yield
        except BaseException:
            with self._lock:
                del self._running[name]
            raise
        with self._lock:
            del self._running[name]
            self._ended += 1
            seconds = time.monotonic() - started
            self._say(f"{name}: done in {seconds:.0f} s ({self._ended} of {self._total})")

    def still(self) -> None:
        """Say what is under way, and for how long."""
        with self._lock:
            now = time.monotonic()
            running = [f"{name} ({now - since:.0f} s)" for name, since in self._running.items()]
            if running:
                self._say(f"still at {', '.join(running)}")

    def _tick(self) -> None:
        while not self._over.wait(SECONDS):
            self.still()

    def _say(self, line: str) -> None:
        print(f"{self._who}: {line}", flush=True)
