"""The tools that checks need, where they may be, and how to get them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nexus_gen import installation

_BY_HAND = {
    "terraform": "install Terraform 1.9 or newer from your system's packages or its own site",
    "Node.js": "install Node.js 20.19 or newer from your system's packages or its own site",
    "the AWS provider": (
        "connect to the Terraform registry once, or name a filesystem mirror that has "
        "hashicorp/aws in NEXUS_TERRAFORM_MIRROR"
    ),
}
"""Tool of no package registry of ours -> what a person does to have it."""
_NPM = "typescript ky react @types/react @tanstack/react-query"


def how_to_get(tool: str) -> str:
    """What a person does to have a tool, in a checkout or beside an installed package."""
    if tool in _BY_HAND:
        return _BY_HAND[tool]
    if tool == "checkov":
        return installation.how_to_get_environment(tool, tool)
    if tool != "TypeScript":
        return installation.how_to_get_package(tool)
    if command := installation.make("setup"):
        return f"`{command}`"
    return f"`npm install --save-dev {_NPM}` in the project's folder"


class ToolAbsentError(Exception):
    """A check cannot run because this tool is not on the machine."""

    def __init__(self, tool: str) -> None:
        self.tool = tool
        super().__init__(f"{tool} is absent: {how_to_get(tool)}")


def find_tool(name: str, root: Path) -> Path:
    """The program `name`: in an environment of its own, beside our interpreter, or on PATH.

    Raises:
        ToolAbsentError: it is in none of these places.
    """
    own = (place / "bin" for place in installation.tool_environments(root, name))
    for place in (*own, Path(sys.executable).parent):
        if os.access(place / name, os.X_OK):
            return place / name
    found = shutil.which(name)
    if found is None:
        raise ToolAbsentError(name)
    return Path(found).absolute()


def find_node_modules(root: Path) -> Path:
    """`node_modules` with the TypeScript compiler: of a `.tools/client`, or of the project.

    Raises:
        ToolAbsentError: none has it, or Node.js, which runs it, is absent.
    """
    if shutil.which("node") is None:
        raise ToolAbsentError("Node.js")
    for place in (*installation.tool_environments(root, "client"), root):
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
