"""ruff and mypy over generated Python, with the rules that it has to keep."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import absent_tool

RULES = "A,ANN,ARG,B,C4,D1,D2,D3,E,ERA,F,FURB,I,N,PERF,PIE,PL,PT,PTH,PYI,RET,RUF,SIM,T20,TRY,UP,W"
"""All that says something about code; not RUF001-3 (a spec may be in any language), nor A001, A004
and A005, for an entity may be called Warning or Property."""

NOT_RULES = "A001,A004,A005,D203,D213,D205,D301,RUF001,RUF002,RUF003"
MYPY_SECONDS = 300


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        absent_tool(name, f"run `make setup`, or `pip install {name}`")
    return str(found)


def ruff_complaints(folder: Path) -> str:
    """What `ruff check` and `ruff format` would change, empty if nothing."""
    ruff = _program("ruff")
    common = ["--isolated", "--no-cache", "--line-length=100", "--target-version=py311"]
    check = [
        "check",
        *common,
        f"--select={RULES}",
        f"--ignore={NOT_RULES}",
        "--quiet",
        "--output-format=concise",
    ]
    layout = ["format", *common, "--diff", "--quiet"]
    return _output([ruff, *check, str(folder)]) + _output([ruff, *layout, str(folder)])


def mypy_complaints(packages: list[Path], layer: Path, cache: Path) -> str:
    """What `mypy --strict` says of packages that import the layer, empty if nothing."""
    path = os.pathsep.join([str(layer), *(str(package.parent) for package in packages)])
    command = [
        _program("mypy"),
        "--config-file=",
        "--strict",
        "--no-error-summary",
        "--python-version=3.13",
        f"--cache-dir={cache}",
        *(argument for package in packages for argument in ("--package", package.name)),
    ]
    return _output(command, MYPYPATH=path)


def _output(command: list[str], **variables: str) -> str:
    completed = subprocess.run(
        command,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=MYPY_SECONDS,
        check=False,
    )
    return completed.stdout + completed.stderr
