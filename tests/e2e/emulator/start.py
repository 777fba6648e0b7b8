"""The emulator of the end-to-end tests, with its corrections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nexus_gen.local.emulator import SERVICES, Emulator, EmulatorError, find_interpreter, running
from tests.conftest import absent_tool

ROOT = Path(__file__).parents[3]
REGION = "us-east-1"
LAUNCHER = Path(__file__).with_name("launch.py")
USED = (*SERVICES, "apigateway", "ec2", "execute-api", "lambda", "logs", "monitoring", "s3")
"""Services of core and of the backend, by the names that requests are signed for."""


@contextmanager
def corrected(state: Path) -> Iterator[Emulator]:
    """A running emulator that keeps its data below `state`."""
    try:
        interpreter = find_interpreter(ROOT)
    except EmulatorError as error:
        absent_tool("ministack", str(error))
    with running((interpreter, LAUNCHER), state, REGION, USED) as emulator:
        yield emulator
