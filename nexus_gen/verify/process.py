"""Children: the tools that checks start, none of which outlives the run."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ToolTimeoutError(Exception):
    """A tool did not end within its time."""


class ToolError(Exception):
    """A tool could not be started, or ended without the report that it was asked for."""


class StoppedError(Exception):
    """The run is being stopped; nothing new is started."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A tool that has ended."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def last_words(self) -> str:
        """The end of what it printed, on one line, for a message about its failure."""
        lines = (self.stderr.strip() or self.stdout.strip()).splitlines()
        return " ".join(line.strip() for line in lines[-3:]) or "it printed nothing"


class Processes:
    """Starts tools, and can end all that are running.

    Each gets a process group of its own, so that what it starts in turn (Terraform's providers)
    ends with it, and so that Ctrl-C reaches us alone.
    """

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        env: Mapping[str, str],
        seconds: float,
    ) -> Completed:
        """Run a command to its end, with no standard input.

        Raises:
            ToolTimeoutError: it took longer than `seconds`; it has been killed.
            ToolError: it cannot be started.
            StoppedError: `stop` was called.
        """
        process = self._start(command, cwd, env)
        try:
            stdout, stderr = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.communicate()
            raise ToolTimeoutError from None
        finally:
            with self._lock:
                self._running.discard(process)
        if self._stopped:
            raise StoppedError
        return Completed(process.returncode, stdout, stderr)

    def run_until(
        self,
        enough: Callable[[str], bool],
        command: Sequence[str | Path],
        *,
        cwd: Path,
        env: Mapping[str, str],
        seconds: float,
    ) -> Completed:
        """Run a command up to the first line of output that is enough, and kill it there.

        For a tool whose further work is of no use and undoes nothing. The return code is then that
        of a killed process, and otherwise the tool's own. Raises what `run` does.
        """
        process = self._start(command, cwd, env)
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(seconds, end)
        timer.start()
        lines: list[str] = []
        try:
            assert process.stdout is not None  # it is a pipe
            for line in process.stdout:
                lines.append(line)
                if enough(line):
                    _kill(process)
                    break
            _, stderr = process.communicate()
        finally:
            timer.cancel()
            with self._lock:
                self._running.discard(process)
        if self._stopped:
            raise StoppedError
        if late.is_set():
            raise ToolTimeoutError
        return Completed(process.returncode, "".join(lines), stderr)

    def stop(self) -> None:
        """Kill everything that runs, and start nothing more."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _start(
        self, command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]
    ) -> subprocess.Popen[str]:
        with self._lock:
            if self._stopped:
                raise StoppedError
            try:
                process = subprocess.Popen(
                    [os.fspath(part) for part in command],
                    cwd=cwd,
                    env=dict(env),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,
                )
            except OSError as error:
                raise ToolError(f"{command[0]} does not start: {error.strerror}") from error
            self._running.add(process)
            return process


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)
