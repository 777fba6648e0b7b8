"""What people see while checks run: a line as each ends, and on a terminal what is running."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from nexus_gen.verify.context import Check
from nexus_gen.verify.finding import CheckResult
from nexus_gen.verify.reports.text import line


class Lines:
    """A line on the stream for each check that ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def started(self, check: Check) -> None:
        """Nothing is said: a log holds results."""

    def finished(self, result: CheckResult) -> None:
        """Print the result."""
        with self._lock:
            print(line(result), file=self._stream, flush=True)


class Spinner(Lines):
    """The same lines, above a moving one that names what is running."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        super().__init__(stream)
        self._console = Console(file=stream, highlight=False)
        self._running: list[str] = []
        self.status = self._console.status("")

    def started(self, check: Check) -> None:
        """Name the check in the moving line."""
        with self._lock:
            self._running.append(check.name)
            self._show()

    def finished(self, result: CheckResult) -> None:
        """Print the result above the moving line."""
        with self._lock:
            self._running.remove(result.name)
            self._console.print(line(result), markup=False, soft_wrap=True)
            self._show()

    def _show(self) -> None:
        self.status.update(f"checking: {', '.join(self._running)}")


@contextmanager
def progress(stream: TextIO) -> Iterator[Lines]:
    """Progress that fits the stream: it moves only on a terminal."""
    if not stream.isatty():
        yield Lines(stream)
        return
    spinner = Spinner(stream)
    with spinner.status:
        yield spinner
