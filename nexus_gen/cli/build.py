"""`nexus-gen build`: the spec to `generated/` and `dist/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nexus_gen.cli.exits import ExitCode

if TYPE_CHECKING:
    from nexus_gen.diagnostics.formats import Format
    from nexus_gen.pipeline import Build

LISTED = 20
"""How many paths of one kind are shown."""


def build_once(root: Path, format: Format | None = None) -> ExitCode:
    """Bring `generated/` and `dist/` up to date, or say what is wrong. None: text."""
    from nexus_gen.emit import freshness

    outputs = freshness.unchanged(str(root)) if format in (None, "text") else None
    if outputs is None:
        return _build(root, format)
    print(f"nothing to change ({outputs} files up to date)")
    return ExitCode.FINE


def check(root: Path, format: Format) -> ExitCode:
    """Say how `generated/` differs from what a build would leave; write nothing."""
    from nexus_gen import pipeline
    from nexus_gen.cli.output import is_fault, show
    from nexus_gen.diagnostics import SpecError

    try:
        diagnostics = pipeline.check(root)
    except SpecError as error:
        diagnostics = error.diagnostics
    show(diagnostics, format, root)
    return ExitCode.FAULT if is_fault(diagnostics) else ExitCode.FINE


def _build(root: Path, format: Format | None) -> ExitCode:
    from nexus_gen import pipeline
    from nexus_gen.cli.output import show
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.diagnostics.formats import Format

    shown = format or Format.TEXT
    try:
        result = pipeline.build(root)
    except SpecError as error:
        show(error.diagnostics, shown, root)
        return ExitCode.FAULT
    show(result.warnings, shown, root)
    if shown is Format.TEXT:
        print(summary(result), end="", flush=True)
    return ExitCode.FINE


def summary(built: Build) -> str:
    """What a build wrote, changed, removed and left alone: counts, then paths; and what of the
    REST API's resources it takes."""
    from nexus_gen.analysis.rules.api_resources import resource_count

    plan, packages = built.plan, built.packages
    kinds = (
        ("+", "written", plan.create),
        ("~", "changed", plan.update),
        ("-", "removed", plan.delete),
    )
    if not plan.changes and not packages:
        return f"nothing to change ({built.files} files up to date)\n"
    counts = [f"{len(changes)} {word}" for _, word, changes in kinds if changes]
    lines = [f"generated/: {', '.join([*counts, f'{len(plan.keep)} left alone'])}"]
    for sign, word, changes in kinds:
        lines += [f"  {sign} {change.path}" for change in changes[:LISTED]]
        if len(changes) > LISTED:
            lines.append(f"  {sign} and {len(changes) - LISTED} more {word}")
    if packages:
        lines.append(f"dist/: {len(packages)} written")
        lines += [f"  + {name}" for name in packages[:LISTED]]
        if len(packages) > LISTED:
            lines.append(f"  + and {len(packages) - LISTED} more written")
    used, quota = resource_count(built.model), built.model.integration.resource_quota
    lines.append(f"REST API: {used:,} of {quota:,} resources")
    return "\n".join(lines) + "\n"
