"""What has to be on a machine before anything can be installed, and what to do where it is not."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys

NODE_RANGE = "^20.19.0 || >=22.12.0"
"""Versions of Node.js that build the console, as npm writes them; a test reads its lock file."""
NODE = "Node.js 20.19 or newer (of 22: 22.12 or newer)"


def python_problem() -> str | None:
    """What this interpreter lacks for environments of its own; None if it can make them.

    Debian and Ubuntu package `venv` apart, and without it leave half an environment behind.
    """
    if all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        return None
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"{sys.executable} cannot make environments: it has no `ensurepip`\n"
        f"install it, on Debian and Ubuntu with `apt-get install python{version}-venv`"
    )


def node_problem() -> str | None:
    """What is wrong with Node.js on this machine; None if it builds the console."""
    absent = [program for program in ("node", "npm") if shutil.which(program) is None]
    if absent:
        return f"{' and '.join(absent)} cannot be found on your PATH\n{_get_node()}"
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = done.stdout.strip()
    if done.returncode != 0 or not version.startswith("v"):
        return f"`node --version` fails\n{_get_node()}"
    if not is_new_enough(version):
        return f"{shutil.which('node')} is Node.js {version[1:]}, which is too old\n{_get_node()}"
    return None


def is_new_enough(version: str) -> bool:
    """Whether a version such as `v20.19.0` is within `NODE_RANGE`."""
    major, minor = (int(part) for part in version.removeprefix("v").split(".")[:2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _get_node() -> str:
    brew = " (`brew install node`)" if shutil.which("brew") else ""
    return f"install {NODE} with npm{brew}, from your system's packages or https://nodejs.org"
