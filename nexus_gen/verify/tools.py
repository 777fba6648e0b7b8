"""The tools that checks need, where they may be, and how to get them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HOW_TO_GET = {
    "terraform": "install Terraform 1.9 or newer from your system's packages or its own site",
    "the AWS provider": (
        "connect to the Terraform registry once, or name a filesystem mirror that has "
        "hashicorp/aws in NEXUS_TERRAFORM_MIRROR"
    ),
    "checkov": "`make setup`, or `pipx install checkov` (it needs an environment of its own)",
    "ruff": "`make setup`, or `pip install ruff`",
    "mypy": "`make setup`, or `pip install mypy`",
    "cvc5": "`make setup`, or `pip install cvc5`",
    "openapi-spec-validator": "`make setup`, or `pip install openapi-spec-validator`",
    "TypeScript": (
        "`make setup`, or `npm install --save-dev typescript ky react @types/react "
        "@tanstack/react-query` in the project's root"
    ),
}
"""Tool -> what a person does to have it."""


class ToolAbsentError(Exception):
    """A check cannot run because this tool is not on the machine."""

    def __init__(self, tool: str) -> None:
        self.tool = tool
        super().__init__(f"{tool} is absent: {HOW_TO_GET[tool]}")


def find_tool(name: str, root: Path) -> Path:
    """The program `name`: in the project's `.tools/<name>`, beside our interpreter, or on PATH.

    Raises:
        ToolAbsentError: it is in none of these places.
    """
    places = (root / ".tools" / name / "bin", Path(sys.executable).parent)
    for place in places:
        if os.access(place / name, os.X_OK):
            return place / name
    found = shutil.which(name)
    if found is None:
        raise ToolAbsentError(name)
    return Path(found).absolute()


def find_node_modules(root: Path) -> Path:
    """`node_modules` with the TypeScript compiler: of `.tools/client`, or of the project.

    Raises:
        ToolAbsentError: neither has it.
    """
    for place in (root / ".tools" / "client", root):
        if os.access(place / "node_modules" / ".bin" / "tsc", os.X_OK):
            return (place / "node_modules").absolute()
    raise ToolAbsentError("TypeScript")


def environment(**changes: str) -> dict[str, str]:
    """The environment of a tool: ours, without what would bend its behaviour, with `changes`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TF_", "PYTHON", "MYPY", "RUFF_", "CKV_", "CHECKOV_", "BC_"))
    }
    return {**kept, "PYTHONUTF8": "1", "NO_COLOR": "1", **changes}
