"""`nexus-gen dev` from the outside: a child process, HTTP, tokens of the emulated user pool."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.local.emulator import EmulatorError, find_executable
from tests.conftest import absent_tool

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 60


class Dev:
    """A running `nexus-gen dev`; its output is read line by line."""

    def __init__(self, project: Path, *arguments: str) -> None:
        command = [sys.executable, "-c", "from nexus_gen.cli.app import main; main()"]
        self.process = subprocess.Popen(
            [*command, "dev", "-C", str(project), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NEXUS_MINISTACK": str(find_executable(ROOT))},
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, text: str) -> str:
        """The next line that contains `text`."""
        while (line := self._lines.get(timeout=WAIT_SECONDS)) is not None:
            self.seen.append(line)
            if text in line:
                return line
        raise AssertionError(f"it ended without saying {text!r}:\n" + "\n".join(self.seen))

    def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT_SECONDS)


class Caller:
    """Speaks to the API as one user."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        self.token = ""
        self.token = self.send("POST", "/_local/sign-in", {"email": email})[1]["id_token"]

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and decoded body of one request."""
        request = urllib.request.Request(
            f"{self.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": self.token, "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        find_executable(ROOT)
    except EmulatorError as error:
        absent_tool("ministack", str(error))
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "spec", folder / "spec")
    return folder


@pytest.fixture(scope="module")
def dev(project: Path) -> Iterator[Dev]:
    running = Dev(project, "--port", "0")
    yield running
    running.process.kill()
    running.process.wait()


@pytest.fixture(scope="module")
def url(dev: Dev) -> str:
    address = dev.wait_for("API ").split()[-1]
    dev.wait_for("watching")
    return address


def test_two_organizations_cannot_see_each_other(url: str) -> None:
    acme, globex = Caller(url, "admin@acme.example"), Caller(url, "admin@globex.example")
    status, course = acme.send(
        "POST", "/education/courses", {"title": "Algebra", "slug": "algebra"}
    )
    assert status == 201
    path = f"/education/courses/{course['id']}"
    assert acme.send("GET", path) == (200, course)
    foreign = globex.send("GET", path)
    absent = globex.send("GET", "/education/courses/00000000000000000000000000")
    assert foreign[0] == absent[0] == 404
    assert {**foreign[1], "request_id": ""} == {**absent[1], "request_id": ""}
    assert globex.send("GET", "/education/courses")[1]["items"] == []
    assert [item["id"] for item in acme.send("GET", "/education/courses")[1]["items"]] == [
        course["id"]
    ]


def test_a_request_without_a_token_is_refused(url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{url}/education/courses", timeout=WAIT_SECONDS)
    assert refused.value.code == 401


def test_a_member_may_not_create_a_course(url: str) -> None:
    member = Caller(url, "member@acme.example")
    assert member.send("POST", "/education/courses", {"title": "x", "slug": "x"})[0] == 403


def test_a_saved_field_is_served_without_a_restart_and_data_stays(
    dev: Dev, url: str, project: Path
) -> None:
    acme = Caller(url, "admin@acme.example")
    body = {"name": "Ada", "email": "ada@acme.example"}
    assert acme.send("POST", "/education/instructors", {**body, "room": "B2"})[0] == 400
    assert acme.send("POST", "/education/instructors", body)[0] == 201
    spec = project / "spec/verticals/education.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("      headline:", "      room: {type: string}\n      headline:"))
    dev.wait_for("reloaded")
    items = acme.send("GET", "/education/instructors")[1]["items"]
    assert [(item["name"], item["room"]) for item in items] == [("Ada", None)]


def test_a_bad_spec_shows_its_error_and_the_last_good_api_stays(
    dev: Dev, url: str, project: Path
) -> None:
    spec = project / "spec/verticals/education.yaml"
    good = spec.read_text()
    spec.write_text(good.replace("type: slug", "type: slog"))
    dev.wait_for("NX104")
    dev.wait_for("still serving the last good build")
    assert Caller(url, "admin@acme.example").send("GET", "/education/courses")[0] == 200
    spec.write_text(good)
    dev.wait_for("nothing to change")


def test_ctrl_c_ends_it_and_everything_it_started_and_the_data_is_there_next_time(
    dev: Dev, url: str, project: Path
) -> None:
    assert dev.stop() == 0
    port = int(url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(project) not in listing.stdout
    again = Dev(project, "--port", str(port))
    try:
        address = again.wait_for("API ").split()[-1]
        again.wait_for("watching")
        items = Caller(address, "admin@acme.example").send("GET", "/education/courses")[1]["items"]
        assert [item["slug"] for item in items] == ["algebra"]
    finally:
        again.stop()


def test_a_taken_port_is_an_error_with_a_move(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = Dev(project, "--port", str(port))
        assert running.process.wait(WAIT_SECONDS) == 1
        assert "--port" in running.wait_for(f"port {port} of 127.0.0.1 is taken")


def test_an_unknown_environment_is_an_error_that_names_the_known_ones(project: Path) -> None:
    running = Dev(project, "--environment", "prd")
    assert running.process.wait(WAIT_SECONDS) == 1
    running.wait_for("dev, staging, prod")
