"""A folder in which a generated client and code that uses it are compiled, linted and run.

`package/` is the client as a frontend has it, `node_modules` what `make setup` installed beside
this file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import absent_tool

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules"
GENERATED = ROOT / "generated" / "client"
HOW_TO_GET_IT = "install Node.js 20 or newer and run `make setup`"
PATIENCE = 300
"""Seconds for one tool; each takes a few on an idle machine."""


class Workspace:
    """One client package, and what is laid beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "node_modules").symlink_to(MODULES)
        (folder / "package.json").write_text('{"type": "module"}\n')

    @property
    def package(self) -> Path:
        """The client."""
        return self.folder / "package"

    def lay(self, files: Mapping[str, bytes | str]) -> None:
        """Write files by their path in the workspace."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def passes(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """As `run`, for a tool that must succeed."""
        done = self.run(tool, *arguments)
        assert done.returncode == 0, done.stdout
        return done

    def node(self, script: str, *arguments: str) -> str:
        """Run a script of the workspace, which must succeed; its output."""
        done = self._run("node", script, *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a tool of `node_modules` in the workspace; its output, both streams in one."""
        return self._run(str(MODULES / ".bin" / tool), *arguments)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "NO_COLOR": "1", "CI": "true"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


def committed(folder: Path) -> Workspace:
    """A workspace with the client of `generated/`, and its tests."""
    need_tools()
    workspace = Workspace(folder)
    shutil.copytree(GENERATED, workspace.package)
    for name in ("suite", "live"):
        shutil.copytree(HERE / name, folder / name)
    for path in HERE.glob("*.config.js"):
        shutil.copy(path, folder)
    return workspace


def empty(folder: Path) -> Workspace:
    """A workspace for clients of other specs."""
    need_tools()
    return Workspace(folder)


def need_tools() -> None:
    """Skip, or in CI fail, where Node.js or the packages are absent."""
    if shutil.which("node") is None or not (MODULES / ".bin" / "tsc").exists():
        absent_tool("the tools of the client's tests", HOW_TO_GET_IT)
