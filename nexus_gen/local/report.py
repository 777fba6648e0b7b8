"""Diagnostics as the console shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.render_text import render
from nexus_gen.diagnostics.sources import Sources


def as_json(diagnostic: Diagnostic, root: Path) -> dict[str, Any]:
    """One diagnostic in the form of docs/local-api.md."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": None if span is None else span.file,
        "line": None if span is None or span.is_whole_file else span.line,
        "column": None if span is None or span.is_whole_file else span.column,
        "rendered": render([diagnostic], Sources(root), summary=False),
    }
