"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from nexus_gen.diagnostics import catalog
from nexus_gen.diagnostics.diagnostic import Diagnostic
from nexus_gen.diagnostics.span import Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LINK = re.compile(r"\[(?=[^\]]*\]\()")


def render(diagnostics: Sequence[Diagnostic], version: str) -> str:
    """One SARIF log with one run; `version` is that of the tool.

    Paths are relative to `%SRCROOT%`, the project root. Rules carry their catalog page as help.
    """
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    run = {
        "tool": {
            "driver": {
                "name": "nexus-gen",
                "semanticVersion": version,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes) for diagnostic in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    try:
        page = catalog.page(code)
    except KeyError:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": page.markdown, "markdown": page.markdown},
    }


def _result(diagnostic: Diagnostic, codes: list[str]) -> dict[str, Any]:
    parts = [diagnostic.message, diagnostic.help]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": _message("\n".join(part for part in parts if part)),
    }
    if diagnostic.span is not None:
        result["locations"] = [_location(diagnostic.span)]
    if diagnostic.labels:
        result["relatedLocations"] = [
            {"id": number, "message": _message(label.message)} | _location(label.span)
            for number, label in enumerate(diagnostic.labels)
        ]
    return result


def _message(text: str) -> dict[str, str]:
    """Plain text in which nothing reads as an embedded link (SARIF 2.1.0, section 3.11.6)."""
    return {"text": _LINK.sub(r"\\[", text)}


def _location(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(span.file), "uriBaseId": "%SRCROOT%"}
    }
    if not span.is_whole_file:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.end_column,
        }
    return {"physicalLocation": place}
