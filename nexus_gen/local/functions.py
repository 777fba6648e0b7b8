"""The functions of the generated API, each in child processes of its own."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

MAX_CONTAINERS = 4


class FunctionError(Exception):
    """The function could not be loaded or died; API Gateway would answer 502."""


class Container:
    """One warm process of a function."""

    def __init__(self, handler: str, paths: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nexus_gen.local.worker", handler, *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            encoding="utf-8",
        )
        self._input: IO[str] = _stream(self._process.stdin)
        self._output: IO[str] = _stream(self._process.stdout)
        self._answer()

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        """Send one event, wait for its answer.

        Raises:
            FunctionError: the process died.
        """
        try:
            self._input.write(json.dumps(event) + "\n")
            self._input.flush()
        except BrokenPipeError as error:
            raise FunctionError("the function's process ended") from error
        return self._answer()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._output.close()

    def _answer(self) -> dict[str, Any]:
        line = self._output.readline()
        if not line:
            raise FunctionError("the function's process ended; its output above says why")
        answer: dict[str, Any] = json.loads(line)
        return answer


class Function:
    """A function with up to `MAX_CONTAINERS` warm processes, started on demand."""

    def __init__(self, package: Path, layer: Path, variables: dict[str, str]) -> None:
        module = package.name.replace("-", "_")
        self._handler = f"{module}.handler.handler"
        self._paths = [str(package), str(layer)]
        self._environment = {**os.environ, **variables}
        self._idle: queue.LifoQueue[Container] = queue.LifoQueue()
        self._slots = threading.Semaphore(MAX_CONTAINERS)
        self._containers: list[Container] = []

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        """Answer one event on an idle container, or on a new one.

        Raises:
            FunctionError: the container could not start or died; it is replaced at the next event.
        """
        with self._slots:
            container = self._take()
            try:
                answer = container.invoke(event)
            except FunctionError:
                container.stop()
                raise
            self._idle.put(container)
            return answer

    def stop(self) -> None:
        """End every container."""
        while self._containers:
            self._containers.pop().stop()

    def _take(self) -> Container:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            container = Container(self._handler, self._paths, self._environment)
            self._containers.append(container)
            return container


def _stream(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise FunctionError("the process was started without pipes")
    return pipe
