"""One applied estate a mode, and the figures of what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_gen.local.emulator import EmulatorError, find_executable, running
from tests.conftest import absent_tool
from tests.e2e.workspace import REGION, ROOT, Workspace
from tests.outputs.terraform_cli import create_terraform

LAUNCHER = Path(__file__).parent / "emulator" / "launch.py"


@pytest.fixture(scope="module", params=["extended", "separate"])
def workspace(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Core applied, the backend joined and applied; in the mode that the parameter names."""
    try:
        interpreter = find_executable(ROOT).with_name("python")
    except EmulatorError as error:
        absent_tool("ministack", str(error))
    folder = tmp_path_factory.mktemp(request.param)
    settings = tmp_path_factory.mktemp("terraform")
    with running([interpreter, LAUNCHER], folder / "emulator", REGION) as emulator:
        space = Workspace(request.param, folder, emulator, create_terraform(settings))
        space.prepare()
        space.join()
        space.apply()
        yield space
    report(space)


def report(space: Workspace) -> None:
    """Print what each Terraform command cost: wall seconds and the largest process in MiB."""
    print(f"\nterraform, {space.mode} mode")
    for step in space.steps:
        if step.name not in ("show", "output"):
            print(f"  {step.name:<12} {step.seconds:6.1f} s   {step.megabytes:6.0f} MiB")
