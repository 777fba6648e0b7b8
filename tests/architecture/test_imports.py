"""Who may import whom, as `[tool.importlinter]` in pyproject.toml says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

MUTANTS = {
    "model/name.py": "from nexus_gen.frontend import load",
    "render/literals.py": "from nexus_gen.backends import BACKENDS",
    "emit/plan.py": "from nexus_gen import pipeline",
    "diagnostics/span.py": "import nexus_gen.model",
    "backends/openapi/backend.py": "from nexus_gen.backends.lambda_ import backend",
    "backends/project/views.py": "from nexus_gen.analysis import analyse",
    "backends/lambda_/views.py": "import nexus_runtime.keys",
    "../nexus_runtime/keys.py": "import nexus_gen",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the packages in a folder."""
    return subprocess.run(
        [str(LINT), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_are_kept() -> None:
    done = lint(REPOSITORY)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("module", "statement"), MUTANTS.items(), ids=MUTANTS)
def test_forbidden_import_is_caught(tmp_path: Path, module: str, statement: str) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    for package in ("nexus_gen", "nexus_runtime"):
        shutil.copytree(REPOSITORY / package, tmp_path / package, ignore=ignore)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    with (tmp_path / "nexus_gen" / module).open("a") as file:
        file.write(f"\n{statement}\n")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
