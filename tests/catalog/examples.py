"""Runs the examples of catalog pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nexus_gen import frontend
from nexus_gen.analysis import analyse
from nexus_gen.diagnostics import Diagnostic, SpecError, render_text
from nexus_gen.diagnostics.catalog import ExampleFile
from nexus_gen.diagnostics.sources import Sources

DEFAULT_NEXUS = """\
nexus: 1
product: demo
project: acme
region: us-east-1
tenancy:
  claim: custom:organization_id
  roles: {admin: Runs an organization, member: Everybody else}
environments:
  dev: {cors_origins: [https://dev.example.com]}
integration: {mode: extended, reserved_paths: [files]}
"""

DEFAULT_VERTICAL = """\
vertical: education
description: Courses.
entities:
  Course:
    description: A course.
    fields:
      title: {type: string, required: true}
    access: {read: [member], create: [admin], update: [admin], delete: [admin]}
"""


def write_example(root: Path, files: Iterable[ExampleFile]) -> None:
    """Write an example's files, and the defaults for those it leaves out."""
    given = {file.path: file.content for file in files}
    complete: dict[str, bytes | None] = {"spec/nexus.yaml": DEFAULT_NEXUS.encode()}
    if not any(path.startswith("spec/verticals/") for path in given):
        complete["spec/verticals/education.yaml"] = DEFAULT_VERTICAL.encode()
    for path, content in (complete | given).items():
        if content is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def diagnose(root: Path) -> tuple[Diagnostic, ...]:
    """What compiling the spec below `root` reports: all errors of a stage, or the warnings."""
    try:
        documents = frontend.load(root)
        frontend.validate(documents)
        _, warnings = analyse(documents)
    except SpecError as error:
        return error.diagnostics
    return warnings


def message(diagnostics: Iterable[Diagnostic], root: Path) -> str:
    """The text of a page's Message block."""
    return render_text.render(tuple(diagnostics), Sources(root), summary=False)
