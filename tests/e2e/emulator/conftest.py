"""One corrected emulator for the tests of its corrections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_gen.local.emulator import Emulator, EmulatorError, find_executable, running
from tests.conftest import absent_tool

LAUNCHER = Path(__file__).parent / "launch.py"
ROOT = Path(__file__).parents[3]
REGION = "us-east-1"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator with every correction applied; its data is thrown away."""
    try:
        interpreter = find_executable(ROOT).with_name("python")
    except EmulatorError as error:
        absent_tool("ministack", str(error))
    state = tmp_path_factory.mktemp("emulator")
    with running([interpreter, LAUNCHER], state, REGION) as process:
        yield process
