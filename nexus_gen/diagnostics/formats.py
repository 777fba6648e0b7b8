"""Every rendering of diagnostics behind one function."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from nexus_gen import __version__
from nexus_gen.diagnostics.diagnostic import Diagnostic


class Format(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def render(
    diagnostics: Sequence[Diagnostic], format: Format, root: Path, *, colour: bool = False
) -> str:
    """The diagnostics in one format; spans are relative to `root`, where text finds the lines.

    Text and GitHub commands are empty for no diagnostics; JSON and SARIF never are.
    """
    match format:
        case Format.TEXT:
            from nexus_gen.diagnostics import render_text
            from nexus_gen.diagnostics.sources import Sources

            return render_text.render(diagnostics, Sources(root), colour=colour)
        case Format.JSON:
            from nexus_gen.diagnostics import render_json

            return render_json.render(diagnostics)
        case Format.GITHUB:
            from nexus_gen.diagnostics import render_github

            return render_github.render(diagnostics)
        case Format.SARIF:
            from nexus_gen.diagnostics import render_sarif

            return render_sarif.render(diagnostics, __version__)
