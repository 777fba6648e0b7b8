"""The AWS emulator, as a child process on a free loopback port.

`ministack` pins botocore exactly, so it lives in an environment of its own and is only ever spoken
to over HTTP.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from nexus_gen import installation
from nexus_gen.local import guard
from nexus_gen.local.state import private

TOOL = "ministack"
PACKAGES = ("ministack==1.5.33", "cryptography")
"""What makes up its environment. `emulate.py` wraps functions of this version."""
READY_SECONDS = 20.0
STOP_SECONDS = 5.0
RESTARTS = 3
"""Restarts within `RESTART_SECONDS` after which it is given up."""
RESTART_SECONDS = 60.0

DURABLE = Path(__file__).with_name("emulate.py")
"""What starts an emulator that loses nothing; run by the emulator's own interpreter."""
SERVICES = ("cognito-idp", "dynamodb", "iam", "kms", "sts")
"""Signing names of what `nexus-gen dev` uses; the emulator refuses every other service."""


class EmulatorError(Exception):
    """The emulator is missing, did not start, or died; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the processes of one run share with its emulator, and nobody else knows.

    Attributes:
        token: value of the header `guard.HEADER`, for calls that AWS takes unsigned.
    """

    access_key_id: str = field(default_factory=lambda: f"AKIA{secrets.token_hex(8).upper()}")
    secret_access_key: str = field(default_factory=lambda: secrets.token_urlsafe(30), repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(30), repr=False)

    def variables(self) -> dict[str, str]:
        """The key, as AWS SDKs read it from their environment."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
        }


@dataclass(frozen=True, slots=True)
class Emulator:
    """A running emulator.

    Attributes:
        endpoint: `http://127.0.0.1:PORT`, what `AWS_ENDPOINT_URL` is set to.
        log: file that receives what the process prints.
    """

    endpoint: str
    process: subprocess.Popen[bytes]
    log: Path
    credentials: Credentials

    @property
    def headers(self) -> dict[str, str]:
        """What a call must carry that no SDK signs."""
        return {guard.HEADER: self.credentials.token}

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def environment(self, region: str) -> dict[str, str]:
        """Variables that make an AWS SDK talk to this emulator and to nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            **self.credentials.variables(),
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def stop(self) -> None:
        """End the process; it saves its data first, where it keeps any."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()


def find_executable(root: Path) -> Path:
    """The emulator's program: what `NEXUS_MINISTACK` names, else in a `.tools`, else on the PATH.

    Raises:
        EmulatorError: where there is none, with how to get it.
    """
    if named := os.environ.get("NEXUS_MINISTACK"):
        if os.access(named, os.X_OK):
            return Path(named)
        raise EmulatorError(f"NEXUS_MINISTACK names {named!r}, which is not a program")
    own = [str(place / "bin" / TOOL) for place in installation.tool_environments(root, TOOL)]
    for candidate in [*own, shutil.which(TOOL) or ""]:
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    raise EmulatorError(f"the AWS emulator is not installed: run {_how_to_get()}")


def find_interpreter(root: Path) -> Path:
    """The interpreter of the emulator's environment.

    Raises:
        EmulatorError: there is no emulator, or it does not lie in an environment.
    """
    program = find_executable(root)
    for folder in (program.parent, program.resolve().parent):
        if os.access(folder / "python", os.X_OK):
            return folder / "python"
    raise EmulatorError(
        f"{program} does not lie in a Python environment; one of its own: {_how_to_get()}"
    )


def _how_to_get() -> str:
    return installation.how_to_get_environment(TOOL, *PACKAGES)


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    command: tuple[Path, Path],
    state: Path,
    region: str,
    port: int,
    *,
    services: Sequence[str] = SERVICES,
    credentials: Credentials | None = None,
    inherit: Sequence[int] = (),
) -> Emulator:
    """Start the emulator behind its guard and wait until it answers; its data is below `state`.

    Args:
        command: the emulator's interpreter, and a script that starts it.
        services: signing names of the services that are enabled.
        credentials: of the run; other ones each time, unless given.
        inherit: open files that stay open as long as it runs, such as a lock.

    Raises:
        EmulatorError: it did not become ready within `READY_SECONDS`, it answers strangers, or its
            log cannot be written.
    """
    log = state / "emulator.log"
    interpreter, script = command
    credentials = credentials or Credentials()
    with _log(log) as output:
        process = subprocess.Popen(
            # Isolated: else the script's folder would come first on its path.
            [interpreter, "-I", Path(guard.__file__), script],
            env=_process_environment(port, state, region, services, credentials),
            stdin=subprocess.PIPE,  # it closes when this process ends, however that ends
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=inherit,
        )
    emulator = Emulator(f"http://127.0.0.1:{port}", process, log, credentials)
    try:
        _wait_until_ready(emulator)
    except BaseException:
        emulator.stop()
        raise
    return emulator


def _log(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(path, "ab", opener=private)
    except OSError as error:  # a full disk names no file
        raise EmulatorError(f"`{path}` cannot be written: {error.strerror or error}") from error


@contextmanager
def running(
    command: tuple[Path, Path], state: Path, region: str, services: Sequence[str] = SERVICES
) -> Iterator[Emulator]:
    """An emulator on a free port while the context lasts; see `start`."""
    emulator = start(command, state, region, free_port(), services=services)
    try:
        yield emulator
    finally:
        emulator.stop()


class Supervised:
    """An emulator that loses nothing and is started again when it dies.

    Args:
        lock: open file that locks `state`; the emulator keeps it open.
        say: called with each line for the person who watches.

    Attributes:
        on_restart: called after each restart, before `say` tells of it.
        on_end: called when it was given up.
    """

    def __init__(
        self,
        root: Path,
        state: Path,
        region: str,
        lock: int,
        say: Callable[[str], None],
    ) -> None:
        self._command = (find_interpreter(root), DURABLE)
        self._credentials = Credentials()
        self._state, self._region, self._lock, self._say = state, region, lock, say
        self._port = free_port()
        self._starts: list[float] = []
        self._stopping = False
        self.on_restart: Callable[[], None] = lambda: None
        self.on_end: Callable[[], None] = lambda: None
        self.emulator = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """End it for good."""
        self._stopping = True
        self.emulator.stop()

    def _start(self) -> Emulator:
        emulator = start(
            self._command,
            self._state,
            self._region,
            self._port,
            credentials=self._credentials,
            inherit=[self._lock],
        )
        for line in recovery(self._state / "emulator"):
            self._say(line)
        return emulator

    def _watch(self) -> None:
        while True:
            code = self.emulator.process.wait()
            if self._stopping:
                return
            self._say(f"the AWS emulator ended ({_how(code)}); starting it again")
            if not self._restart():
                self.on_end()
                return

    def _restart(self) -> bool:
        now = time.monotonic()
        self._starts = [then for then in self._starts if now - then < RESTART_SECONDS] + [now]
        if len(self._starts) > RESTARTS:
            self._say(
                f"the AWS emulator ended {RESTARTS + 1} times within {RESTART_SECONDS:.0f} s; "
                f"its log: {self.emulator.log}"
            )
            return False
        try:
            self.emulator = self._start()
            self.on_restart()
        except Exception as error:  # whatever keeps it from starting, a person must hear of it
            self._say(f"the AWS emulator cannot be started again: {error}")
            return False
        self._say("the AWS emulator is back")
        return True


def recovery(state: Path) -> Iterator[str]:
    """What the last start found, in words; nothing where the run before ended in order."""
    try:
        report: dict[str, Any] = json.loads((state / "recovered.json").read_text())
    except (OSError, ValueError):
        return
    for path in report["unreadable"]:
        yield f"data of before cannot be read; it was put aside as {path}, and is not served"
    if report["replayed"]:
        count = report["replayed"]
        yield f"the emulator did not end in order last time: {count} writes carried out again"
    if report["failed"]:
        yield f"{report['failed']} of them failed and are lost; the log: {state.parent}"
    if report["cut_off"]:
        yield "one more write was cut off before it was answered; it is lost"


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _process_environment(
    port: int, state: Path, region: str, services: Sequence[str], credentials: Credentials
) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **inherited,
        **credentials.variables(),
        guard.TOKEN: credentials.token,
        "SERVICES": ",".join(services),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",  # it listens on every interface unless told
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": region,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "emulator"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "emulator" / "s3"),
    }


def _wait_until_ready(emulator: Emulator) -> None:
    """Wait for its answer; one that is given without this run's header is an error."""
    deadline = time.monotonic() + READY_SECONDS
    ready = f"{emulator.endpoint}/_ministack/ready"
    while time.monotonic() < deadline:
        if not emulator.alive():
            raise EmulatorError(f"the AWS emulator stopped at once; its log: {emulator.log}")
        try:
            with urllib.request.urlopen(
                urllib.request.Request(ready, headers=emulator.headers), timeout=1
            ):
                _refuses_strangers(ready)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise EmulatorError(
        f"the AWS emulator did not answer within {READY_SECONDS:.0f} s; its log: {emulator.log}"
    )


def _refuses_strangers(url: str) -> None:
    try:
        urllib.request.urlopen(url, timeout=1).close()
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 403:
            return
    raise EmulatorError("the AWS emulator answers every process and page; it was stopped")
