"""`kill -9` of `nexus-gen build` at any moment: the next build has the whole new output."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import NEXUS_GEN, edit, environment, run, tree
from tests.sizes import chance, parts

VERTICAL = "spec/verticals/education.yaml"


@pytest.mark.sampled
@parts(ci=4, soak=160)
def test_a_build_killed_at_any_moment_is_repaired_by_the_next(built: Path, part: int) -> None:
    edit(built / VERTICAL, "max_length: 120", "max_length: 121")
    started = time.monotonic()
    assert run("build", cwd=built).code == 0
    duration = time.monotonic() - started
    expected = tree(built, "generated", "dist")
    edit(built / VERTICAL, "max_length: 121", "max_length: 120")
    assert run("build", cwd=built).code == 0
    edit(built / VERTICAL, "max_length: 120", "max_length: 121")
    build = subprocess.Popen(
        [NEXUS_GEN, "build"],
        cwd=built,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(chance(f"killed build {part}").uniform(0, duration))
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    assert run("build", cwd=built).code == 0
    assert tree(built, "generated", "dist") == expected
    assert sorted(path.name for path in (built / ".nexus").iterdir()) == ["build", "lock"]
