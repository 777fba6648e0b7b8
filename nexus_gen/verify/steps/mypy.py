"""mypy --strict on the generated handlers, against the layer that they import.

Complaints about the layer itself stay silent: it is checked where it is written, and stubs of its
dependencies need not be installed where a spec is checked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.steps.packages import handler_packages, layer


def check_mypy(context: Context) -> Checked:
    """One finding (NX505) for each error of mypy."""
    packages = handler_packages(context.generated)
    search_path = [*(package.parent for package in packages), layer(context.generated)]
    command: list[str | Path] = [
        context.tool("mypy"),
        "--config-file=",
        "--strict",
        "--output=json",
        "--follow-imports=silent",
        "--python-version=3.13",
        f"--python-executable={sys.executable}",
        f"--cache-dir={context.cache / 'mypy'}",
        *(argument for package in packages for argument in ("--package", package.name)),
    ]
    env = {"MYPYPATH": os.pathsep.join(map(str, search_path))}
    completed = context.run(command, env=env)
    findings = list(_parse(context, completed))
    if completed.returncode not in (0, 1) and not findings:
        raise ToolError(f"mypy gave no report: {completed.last_words}")
    return Checked(findings)


def _parse(context: Context, completed: Completed) -> Iterator[Finding]:
    for line in completed.stdout.splitlines():
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        if entry["severity"] != "error":
            continue
        yield Finding(
            "NX505",
            entry["message"],
            rule=entry["code"] or "",
            path=context.locate(entry["file"]),
            line=entry["line"],
            column=entry["column"] + 1,
        )
