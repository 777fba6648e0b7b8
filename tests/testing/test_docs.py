"""The example of docs/testing.md runs as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from nexus_gen.verify.tools import ToolAbsentError, find_tool, how_to_get
from tests.conftest import absent_tool

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_the_examples_run(tmp_path: Path) -> None:
    try:
        find_tool("terraform", ROOT)
    except ToolAbsentError as absent:
        absent_tool(absent.tool, how_to_get(absent.tool))
    for folder in ("spec", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (ROOT / "docs" / "testing.md").read_text()
    for number, block in enumerate(BLOCK.findall(text)):
        (tmp_path / f"test_example_{number}.py").write_text(block)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        capture_output=True,
        text=True,
        check=False,
    )
    if "ToolAbsentError: the AWS provider" in done.stdout:
        absent_tool("the AWS provider", how_to_get("the AWS provider"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
