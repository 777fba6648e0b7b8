"""The console's own tools are content with it: types, lint, unit tests, build."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import absent_tool

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "console"
SOURCES = CONSOLE / "src"
HOW_TO_GET_IT = "install Node.js 20 or newer and run `make setup`"


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    npm = shutil.which("npm")
    if npm is None or not (CONSOLE / "node_modules/.setup-stamp").exists():
        absent_tool("npm with the console's packages", HOW_TO_GET_IT)
    assert npm is not None
    command = [npm, "run", "--silent", script, "--", *arguments]
    return subprocess.run(command, cwd=CONSOLE, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", ["types", "lint", "test"])
def test_tool_is_content(script: str) -> None:
    done = _run(script)
    assert done.returncode == 0, done.stdout + done.stderr


def test_build_holds_no_script_or_style_that_its_content_policy_refuses(tmp_path: Path) -> None:
    done = _run("build", "--outDir", str(tmp_path / "dist"), "--logLevel", "warn")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "dist/index.html").read_text(encoding="utf-8")
    assert re.search(r'<script[^>]* src="\./assets/', page)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_lock_file_names_no_download_address() -> None:
    packages = json.loads((CONSOLE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_console_speaks_to_the_api_through_the_generated_client_alone() -> None:
    """`fetch` of its own is for the local endpoints, and for the client to send with."""
    callers = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.ts*")
        if re.search(r"\bfetch\(", path.read_text(encoding="utf-8"))
    }
    assert callers == {"live/local.ts", "session/tokens.ts"}
    assert "/_local/${name}" in (SOURCES / "live/local.ts").read_text(encoding="utf-8")


def test_no_source_file_is_past_400_lines() -> None:
    files = [path for path in SOURCES.rglob("*") if path.suffix in {".ts", ".tsx", ".css"}]
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert len(files) > 40
    assert {name: length for name, length in lengths.items() if length > 400} == {}
