"""The AWS emulator, as a child process on a free loopback port.

`ministack` pins botocore exactly, so it lives in an environment of its own and is only ever spoken
to over HTTP.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY_SECONDS = 20.0
STOP_SECONDS = 5.0


class EmulatorError(Exception):
    """The emulator is missing, did not start, or died; the message says what to do."""


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

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def environment(self, region: str) -> dict[str, str]:
        """Variables that make an AWS SDK talk to this emulator and to nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }


def find_executable(root: Path) -> Path:
    """The emulator's program: `NEXUS_MINISTACK`, the project's `.tools`, or the PATH.

    Raises:
        EmulatorError: where there is none, with how to get it.
    """
    candidates = [
        os.environ.get("NEXUS_MINISTACK", ""),
        str(root / ".tools/ministack/bin/ministack"),
    ]
    for candidate in [*candidates, shutil.which("ministack") or ""]:
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    raise EmulatorError(
        "the AWS emulator `ministack` is not installed: run `make setup`, or install it into an "
        "environment of its own and set NEXUS_MINISTACK to its program"
    )


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[Path], state: Path, region: str) -> Iterator[Emulator]:
    """Start the emulator, keep its data under `state`, stop it at the end.

    Args:
        command: the emulator's program, or an interpreter and a script that starts it.

    Raises:
        EmulatorError: it did not become ready within `READY_SECONDS`.
    """
    state.mkdir(parents=True, exist_ok=True)
    log = state / "emulator.log"
    port = free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=_process_environment(port, state, region),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    emulator = Emulator(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_until_ready(emulator)
        yield emulator
    finally:
        _stop(process)


def _process_environment(port: int, state: Path, region: str) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **inherited,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",  # it listens on every interface unless told
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": region,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "emulator"),
    }


def _wait_until_ready(emulator: Emulator) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if not emulator.alive():
            raise EmulatorError(f"the AWS emulator stopped at once; its log: {emulator.log}")
        try:
            with urllib.request.urlopen(f"{emulator.endpoint}/_ministack/ready", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise EmulatorError(
        f"the AWS emulator did not answer within {READY_SECONDS:.0f} s; its log: {emulator.log}"
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
