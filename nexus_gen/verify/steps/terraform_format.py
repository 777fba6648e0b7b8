"""`terraform fmt -check` on the bytes as they were rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import ToolError
from nexus_gen.verify.terraform import terraform_environment

_FILE = re.compile(r"^\+\+\+ new/(?P<path>.+)$")
_HUNK = re.compile(r"^@@ -(?P<line>\d+)")
_PROBLEM = re.compile(r"^Error: (?P<message>.+?)\n\n +on (?P<path>.+) line (?P<line>\d+)", re.M)


def check_terraform_format(context: Context) -> Checked:
    """One finding (NX501) for each file that `terraform fmt` would change or cannot read."""
    folder = context.output("terraform")
    completed = context.run(
        [context.tool("terraform"), "fmt", "-check", "-recursive", "-diff", "-no-color", folder],
        cwd=folder,
        env=terraform_environment(context),
    )
    findings = [*_unformatted(completed.stdout), *_unreadable(completed.stderr)]
    if completed.returncode != 0 and not findings:
        raise ToolError(f"terraform fmt gave no report: {completed.last_words}")
    return Checked([_located(context, folder, *finding) for finding in findings])


def _unformatted(diff: str) -> Iterator[tuple[str, int, str]]:
    """Path, first changed line and message for each file of the diff."""
    path, line = "", 0
    for text in diff.splitlines():
        if new_file := _FILE.match(text):
            path, line = new_file["path"], 0
        elif path and (hunk := _HUNK.match(text)):
            line = int(hunk["line"])
        elif path and line:
            if text.startswith(("-", "+")):
                yield path, line, "is not as `terraform fmt` writes it"
                path = ""
            line += 1


def _unreadable(errors: str) -> Iterator[tuple[str, int, str]]:
    for problem in _PROBLEM.finditer(errors):
        yield problem["path"], int(problem["line"]), problem["message"]


def _located(context: Context, folder: Path, path: str, line: int, message: str) -> Finding:
    return Finding("NX501", message, path=context.locate((folder / path).resolve()), line=line)
