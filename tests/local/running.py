"""`nexus-gen dev` from the outside: a child process, HTTP, tokens of the emulated user pool."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.local.emulator import EmulatorError, find_executable
from tests import sample
from tests.conftest import absent_tool

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 60
PROGRAM = (sys.executable, "-c", "from nexus_gen.cli.app import main; main()")


class Dev:
    """A running `nexus-gen dev`; its output is read line by line."""

    def __init__(
        self,
        project: Path,
        *arguments: str,
        port: int = 0,
        program: Sequence[str] = PROGRAM,
        **variables: str,
    ) -> None:
        self.process = subprocess.Popen(
            [*program, "dev", "-C", str(project), "--port", str(port), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NEXUS_MINISTACK": str(find_executable(ROOT)), **variables},
            start_new_session=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.seen: list[str] = []
        self.url = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, text: str) -> str:
        """The next line that contains `text`."""
        return self.wait_for_line(lambda line: text in line, repr(text))

    def wait_for_line(self, wanted: Callable[[str], bool], name: str = "what was awaited") -> str:
        """The next line that is wanted."""
        with contextlib.suppress(queue.Empty):
            while (line := self._lines.get(timeout=WAIT_SECONDS)) is not None:
                self.seen.append(line)
                if wanted(line):
                    return line
        raise AssertionError(f"it did not say {name}:\n" + "\n".join(self.seen))

    def ready(self) -> Dev:
        """Wait until it serves, and remember where."""
        self.url = self.wait_for("API  ").split()[-1]
        self.wait_for("watching")
        return self

    def output(self) -> str:
        """Everything that it said, once it has ended."""
        self.process.wait(WAIT_SECONDS)
        while (line := self._lines.get(timeout=WAIT_SECONDS)) is not None:
            self.seen.append(line)
        return "\n".join(self.seen)

    def stop(self) -> int:
        """Ctrl-C as a terminal sends it, and the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(WAIT_SECONDS)

    def emulator(self) -> int:
        """Process id of the emulator."""
        (found,) = [pid for pid, _, args in processes() if "emulate.py" in args and self.owns(pid)]
        return found

    def owns(self, pid: int) -> bool:
        """Whether a process is a child of this one, directly or not."""
        return pid in self.children()

    def children(self) -> set[int]:
        """Every process that this one started, directly or not."""
        found, parents = {self.process.pid}, {pid: parent for pid, parent, _ in processes()}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def end(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        self.process.wait(WAIT_SECONDS)


def processes() -> list[tuple[int, int, str]]:
    """Process id, parent's id and command line of every process that is not a zombie."""
    listing = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 3) for line in listing.stdout.splitlines()]
    return [(int(row[0]), int(row[1]), row[3]) for row in rows if not row[2].startswith("Z")]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, its body decoded where it is JSON."""

    status: int
    headers: dict[str, str]
    body: Any


def call(
    url: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> Answer:
    """One request; a body that is not bytes is sent as JSON."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=WAIT_SECONDS)
    data = body if body is None or isinstance(body, bytes) else json.dumps(body)
    sent = {"Content-Type": "application/json", **(headers or {})}
    connection.request(method, path, data, sent)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    try:
        decoded = json.loads(text)
    except ValueError:
        decoded = text.decode()
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, found, decoded)


class Caller:
    """Speaks to the API as one user."""

    def __init__(self, url: str, username: str, **headers: str) -> None:
        self.url = url
        answer = call(url, "POST", "/_local/sign-in", {"username": username})
        assert answer.status == 200, answer
        self.tokens = answer.body
        self.headers = {"Authorization": self.tokens["idToken"], **headers}

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request with the user's token."""
        return call(self.url, method, path, body, {**self.headers, **(headers or {})})


class Stream:
    """An open stream of server-sent events."""

    def __init__(self, url: str, query: str = "") -> None:
        address = url.removeprefix("http://")
        self._connection = http.client.HTTPConnection(address, timeout=WAIT_SECONDS)
        self._connection.request("GET", f"/_local/events{query}")
        self.response = self._connection.getresponse()

    def events(self) -> Iterator[tuple[str, Any]]:
        """Name and data of each event."""
        name = ""
        for line in self.response:
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: "):
                yield name, json.loads(text.removeprefix("data: "))

    def next(self, wanted: str) -> Any:
        """Data of the next event of that name."""
        for name, data in self.events():
            if name == wanted:
                return data
        raise AssertionError(f"the stream ended without {wanted}")

    def close(self) -> None:
        """Go away."""
        self.response.close()
        self._connection.close()


def make_project(folder: Path) -> Path:
    """A project with the Education vertical of the repository's spec."""
    try:
        find_executable(ROOT)
    except EmulatorError as error:
        absent_tool("ministack", str(error))
    return sample.copy_spec(folder)


def edit(project: Path, old: str, new: str) -> None:
    """Save a change of the Education vertical."""
    spec = project / "spec/verticals/education.yaml"
    text = spec.read_text()
    assert old in text
    spec.write_text(text.replace(old, new))
