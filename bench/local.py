"""What a request costs through `nexus-gen dev`, against the same handler called directly.

CPU seconds of the server's process, and of the function's, are what the kernel counts for their
threads (`/proc/PID/task/*/schedstat`, nanoseconds), so that this suite needs Linux. Emulator and
client are not counted.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO, Any

import jwt

from bench import requests
from bench.measure import Pair, paired
from bench.table import Row, compared

ROOT = Path(__file__).resolve().parent.parent
TARGET_MILLISECONDS = 0.3
CALLS_A_ROUND = 200
_SEEDED = 60


def run(quick: bool) -> Iterator[Row]:
    """Rows of the local suite; `quick` measures fewer rounds."""
    rounds = 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
        project = Path(folder)
        shutil.copytree(ROOT / "spec", project / "spec")
        (project / ".tools").symlink_to(ROOT / ".tools")
        with _serving(project) as api, _direct(project, api) as direct:
            for name, path in api.paths.items():
                yield from _rows(api, direct, name, path, rounds)
            with _listening(api):
                server = [api.cpu(api.paths["get"])[0] for _ in range(rounds)]
            yield _own("get, while a console listens", server)


def _rows(api: Api, direct: Direct, name: str, path: str, rounds: int) -> Iterator[Row]:
    own: list[float] = []

    def ours() -> float:
        server, function = api.cpu(path)
        own.append(server)
        return server + function

    pair: Pair = paired(ours, lambda: direct.cpu(name), rounds)
    yield _own(name, own[1:])
    yield compared(f"local API {name}, server and function", "the handler called directly", pair)


def _own(name: str, server: list[float]) -> Row:
    milliseconds = [seconds * 1000 for seconds in server]
    return Row(
        figure=f"local API {name}, the server's own CPU",
        ours=f"{median(milliseconds):.3f} ms",
        baseline="",
        value=median(milliseconds),
        unit="ms",
        spread=(min(milliseconds), max(milliseconds)),
        target=TARGET_MILLISECONDS,
    )


@dataclass(slots=True)
class Api:
    """A running local API, one token, and what to ask for."""

    url: str
    process: int
    token: str
    paths: dict[str, str]
    environment: dict[str, str]

    def cpu(self, path: str) -> tuple[float, float]:
        """CPU seconds of one request, of the server and of its functions."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        headers = {"Authorization": self.token, "Origin": "http://localhost:5173"}

        def ask() -> None:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"GET {path} answered {answer.status}")

        ask()
        functions = _workers(self.process)
        before = _cpu(self.process), sum(map(_cpu, functions))
        for _ in range(CALLS_A_ROUND):
            ask()
        after = _cpu(self.process), sum(map(_cpu, functions))
        connection.close()
        return (after[0] - before[0]) / CALLS_A_ROUND, (after[1] - before[1]) / CALLS_A_ROUND


@dataclass(slots=True)
class Direct:
    """The handler in a process of its own."""

    orders: IO[str]
    answers: IO[str]

    def cpu(self, name: str) -> float:
        """CPU seconds of one answer."""
        self.orders.write(f"{name} {CALLS_A_ROUND}\n")
        self.orders.flush()
        return float(self.answers.readline())


@contextmanager
def _serving(project: Path) -> Iterator[Api]:
    command = [str(Path(sys.executable).parent / "nexus-gen"), "dev", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--seed", str(_SEEDED)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        url = _wait_for(process.stdout, r"^API +(\S+)")
        _wait_for(process.stdout, r"^(watching)")
        # What it prints costs it as much as in a terminal's place; a reader keeps the pipe empty.
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        yield _api(url, process.pid)
        drain.terminate()
        drain.wait()
    finally:
        process.terminate()
        process.wait()


def _wait_for(output: IO[str], pattern: str) -> str:
    said = []
    for line in output:
        said.append(line)
        if found := re.search(pattern, line):
            return found.group(1)
    raise RuntimeError("nexus-gen dev ended:\n" + "".join(said))


def _api(url: str, process: int) -> Api:
    token = _json(url, "POST", "/_local/sign-in", {}, {"username": "admin@acme.example"})["idToken"]
    listed = _json(url, "GET", requests.COURSES, {"Authorization": token})
    paths = {
        "get": f"{requests.COURSES}/{listed['items'][0]['id']}",
        "list(50)": f"{requests.COURSES}?limit=50",
    }
    (worker, *_) = _workers(process)
    return Api(url, process, token, paths, _environment_of(worker))


def _json(
    url: str, method: str, path: str, headers: dict[str, str], body: dict[str, str] | None = None
) -> Any:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


@contextmanager
def _direct(project: Path, api: Api) -> Iterator[Direct]:
    claims = {
        name: ",".join(value) if isinstance(value, list) else str(value)
        for name, value in jwt.decode(api.token, options={"verify_signature": False}).items()
    }
    course = api.paths["get"].rpartition("/")[2]
    events = {
        "get": requests.event("GET", requests.COURSE),
        "list(50)": requests.event("GET", requests.COURSES, query={"limit": "50"}),
    }
    events["get"]["pathParameters"] = {"course_id": course}
    for event in events.values():
        event["requestContext"]["authorizer"] = {"claims": claims}
    code = project / "generated" / "lambda"
    path = ":".join(map(str, (code / "education-api", code / "shared" / "python", ROOT)))
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.direct"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**api.environment, **_settings(project, api), "PYTHONPATH": path},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(events) + "\n")
    yield Direct(process.stdin, process.stdout)
    process.stdin.close()
    process.wait()


def _settings(project: Path, api: Api) -> dict[str, str]:
    """The function's own variables, made from the emulator as `nexus-gen dev` made them."""
    from nexus_gen import pipeline
    from nexus_gen.local.estate import Provisioner

    before = dict(os.environ)
    os.environ.update(api.environment)
    try:
        model = pipeline.compile(project)
        made = Provisioner(api.environment["AWS_ENDPOINT_URL"])
        return made.provision(model, model.environments[0]).variables["education"]
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _listening(api: Api) -> Iterator[None]:
    """An open stream of events, read as a console reads it."""
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, f"{api.url}/_local/events"], stdout=subprocess.DEVNULL
    )
    yield
    reader.terminate()
    reader.wait()


_READER = """
import sys, urllib.request
for _ in urllib.request.urlopen(sys.argv[1]):
    pass
"""


def _workers(process: int) -> list[int]:
    """The function processes of a server."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(child) for file in children for child in file.read_text().split()]
    return [
        child
        for child in found
        if "nexus_gen.local.worker" in Path(f"/proc/{child}/cmdline").read_text()
    ]


def _environment_of(process: int) -> dict[str, str]:
    """The environment that a process began with."""
    text = Path(f"/proc/{process}/environ").read_text()
    return dict(entry.split("=", 1) for entry in text.split("\0") if "=" in entry)


def _cpu(process: int) -> float:
    """CPU seconds that the threads of a process have used."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
