"""Where this nexus-gen runs from: a checkout of its repository, or an installed package.

A package holds what a checkout has built beside its sources, and its users have no Makefile. Hints
name the command that works where the person is.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """The repository's folder; None for an installed package."""
    return None if (PACKAGE / "_templates").is_dir() else PACKAGE.parent


def part(in_checkout: str, in_package: str) -> Path:
    """A folder that a checkout has at one place and the package at another; it may be absent."""
    root = checkout()
    return PACKAGE / in_package if root is None else root / in_checkout


def make(target: str) -> str | None:
    """The checkout's command as one types it in this folder; None for an installed package."""
    root = checkout()
    if root is None:
        return None
    return f"make {target}" if Path.cwd() == root else f"make -C {shlex.quote(str(root))} {target}"


def tool_environments(project: Path, tool: str) -> tuple[Path, ...]:
    """Where a tool with an environment of its own may be: in the project, in the checkout."""
    roots = (project, checkout())
    return tuple(root / ".tools" / tool for root in dict.fromkeys(roots) if root is not None)


def how_to_get_environment(tool: str, *packages: str) -> str:
    """What brings a tool whose Python packages would clash with ours."""
    if command := make("setup"):
        return f"`{command}`"
    place = f".tools/{tool}"
    return (
        f"`python3 -m venv {place} && {place}/bin/pip install {' '.join(packages)}` "
        "in the project's folder"
    )


def how_to_get_package(package: str) -> str:
    """What brings a Python package into the environment that we run in."""
    root = checkout()
    command = make("setup")
    if root is not None and command and Path(sys.prefix).resolve() == (root / ".venv").resolve():
        return f"`{command}`"
    return f"`{shlex.quote(sys.executable)} -m pip install {package}`"
