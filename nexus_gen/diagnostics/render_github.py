"""Diagnostics as workflow commands, which GitHub shows as annotations beside the lines.

Format and escapes: "Workflow commands for GitHub Actions", and `command.ts` of `@actions/core`.
"""

from __future__ import annotations

from collections.abc import Sequence

from nexus_gen.diagnostics.diagnostic import Diagnostic
from nexus_gen.diagnostics.display import printable
from nexus_gen.diagnostics.span import Span


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """One command a line, each with a line end."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = _place(diagnostic.span) | {"title": diagnostic.code}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    lines = [diagnostic.message]
    lines += [f"{label.message}: {label.span}" for label in diagnostic.labels]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    message = _data("\n".join(printable(line) for line in lines))
    return f"::{diagnostic.severity.value} {listed}::{message}"


def _place(span: Span | None) -> dict[str, str]:
    if span is None:
        return {}
    if span.is_whole_file:
        return {"file": span.file}
    return {
        "file": span.file,
        "line": str(span.line),
        "endLine": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.end_column),
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
