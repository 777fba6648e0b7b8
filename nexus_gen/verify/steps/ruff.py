"""ruff on the generated handlers: its linter and its formatter.

The layer is not looked at here: it is the runtime library byte for byte, and not made from a spec.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.steps.packages import handler_packages

_RULES = "E,F,W,I,UP,B"


def check_ruff(context: Context) -> Checked:
    """One finding (NX504) for each complaint of `ruff check` and `ruff format --check`."""
    packages = handler_packages(context.generated)
    first_party = ["nexus_runtime", *(package.name for package in packages)]
    style = ["--isolated", "--no-cache", "--line-length=100", "--target-version=py313"]
    report: list[str | Path] = ["--output-format=json", *packages]
    ruff = context.tool("ruff")
    isort = f"lint.isort.known-first-party = {json.dumps(first_party)}"
    lint = context.run([ruff, "check", *style, f"--select={_RULES}", "--config", isort, *report])
    layout = context.run([ruff, "format", "--check", *style, *report])
    findings = [*_parse(context, lint), *_parse(context, layout)]
    return Checked(sorted(set(findings), key=lambda f: (f.path, f.line, f.rule)))


def _parse(context: Context, completed: Completed) -> list[Finding]:
    try:
        entries = json.loads(completed.stdout)
    except ValueError:
        raise ToolError(f"ruff gave no report: {completed.last_words}") from None
    return [_finding(entry, context.locate(Path(entry["filename"]))) for entry in entries]


def _finding(entry: dict[str, Any], path: str) -> Finding:
    return Finding(
        "NX504",
        entry["message"],
        rule=entry["code"] or "",
        path=path,
        line=entry["location"]["row"],
        column=entry["location"]["column"],
    )
