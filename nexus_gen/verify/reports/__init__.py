"""A report in each format that `nexus-gen check --format` takes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_gen.verify.finding import Report


class Format(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


def render(report: Report, format: Format, root: Path, *, colour: bool = False) -> str:
    """The report in one format, with a line end; text reads source lines below `root`."""
    match format:
        case Format.TEXT:
            from nexus_gen.verify.reports import text

            return text.render(report, root, colour=colour)
        case Format.JSON:
            from nexus_gen.verify.reports import json

            return json.render(report)
        case Format.SARIF:
            from nexus_gen.verify.reports import sarif

            return sarif.render(report)
        case Format.JUNIT:
            from nexus_gen.verify.reports import junit

            return junit.render(report)
