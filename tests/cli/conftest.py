"""The command line as a user runs it: a process, its output and its exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import sample

REPOSITORY = Path(__file__).parents[2]
NEXUS_GEN = Path(sys.executable).with_name("nexus-gen")


@dataclass(frozen=True)
class Done:
    """What a run left."""

    code: int
    out: str
    err: str


def environment(**extra: str) -> dict[str, str]:
    """A terminal of 80 columns without colour or CI."""
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    return {**kept, "NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb", **extra}


def run(*arguments: str | Path, cwd: Path, **extra: str) -> Done:
    """`nexus-gen ARGUMENTS` in a folder."""
    command = [str(NEXUS_GEN), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**extra),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the repository's own spec, nothing built."""
    return sample.copy_spec(tmp_path / "project")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "project"
    sample.copy_spec(folder)
    assert run("build", cwd=folder).code == 0
    return folder


@pytest.fixture
def built(_built: Path, tmp_path: Path) -> Path:
    """The same after a build."""
    shutil.copytree(_built, tmp_path / "built")
    return tmp_path / "built"


def tree(root: Path, *folders: str) -> dict[str, bytes]:
    """Path -> content of the files below some folders of a project."""
    found = {}
    for folder in folders or ("generated", "dist"):
        for path in (root / folder).rglob("*"):
            if path.is_file():
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old`, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
