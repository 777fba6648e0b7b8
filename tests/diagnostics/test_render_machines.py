"""What programs read: JSON, workflow commands, SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nexus_gen import __version__
from nexus_gen.diagnostics import Diagnostic, Label, Severity, Span, catalog
from nexus_gen.diagnostics.formats import Format, render

FILE = "spec/verticals/edu cation.yaml"
PROBLEMS = (
    Diagnostic(
        "NX104",
        "`strnig` is not: 100% a type,\nreally",
        Span(FILE, 14, 21, 27),
        note="not a type",
        labels=(Label(Span(FILE, 2, 1, 4), "see [this](1)"),),
        help="did you mean `string`?",
    ),
    Diagnostic("NX009", "empty", Span.of_file(FILE)),
    Diagnostic("NX001", "no spec", severity=Severity.WARNING),
)


def _rendered(format: Format, root: Path) -> str:
    return render(PROBLEMS, format, root)


def test_json_carries_everything(tmp_path: Path) -> None:
    document = json.loads(_rendered(Format.JSON, tmp_path))
    place = {"file": FILE, "line": 14, "column": 21, "end_column": 27}
    assert (document["version"], document["errors"], document["warnings"]) == (1, 2, 1)
    first, whole_file, nowhere = document["diagnostics"]
    assert first == {
        "code": "NX104",
        "severity": "error",
        "message": "`strnig` is not: 100% a type,\nreally",
        "note": "not a type",
        "help": "did you mean `string`?",
        "location": place,
        "labels": [
            {
                "message": "see [this](1)",
                "location": {"file": FILE, "line": 2, "column": 1, "end_column": 4},
            }
        ],
    }
    assert whole_file["location"] == {
        "file": FILE,
        "line": None,
        "column": None,
        "end_column": None,
    }
    assert (nowhere["location"], nowhere["severity"]) == (None, "warning")


def test_json_of_nothing_is_still_an_object(tmp_path: Path) -> None:
    assert json.loads(render((), Format.JSON, tmp_path))["diagnostics"] == []


_COMMAND = re.compile(r"::(?P<level>error|warning) (?P<properties>[^:]*)::(?P<message>.*)")


def _unescape(text: str) -> str:
    """What GitHub's runner does with a value (ActionCommand.cs)."""
    for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escaped, character)
    return text.replace("%25", "%")


def _commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in text.splitlines():
        command = _COMMAND.fullmatch(line)
        assert command is not None, line
        pairs = (pair.split("=", 1) for pair in command["properties"].split(","))
        properties = {name: _unescape(value) for name, value in pairs}
        found.append((command["level"], properties, _unescape(command["message"])))
    return found


def test_github_gets_one_command_a_problem(tmp_path: Path) -> None:
    first, whole_file, nowhere = _commands(_rendered(Format.GITHUB, tmp_path))
    assert first == (
        "error",
        {
            "file": FILE,
            "line": "14",
            "endLine": "14",
            "col": "21",
            "endColumn": "27",
            "title": "NX104",
        },
        "`strnig` is not: 100% a type, really\n"
        f"see [this](1): {FILE}:2:1\nhelp: did you mean `string`?",
    )
    assert whole_file[1] == {"file": FILE, "title": "NX009"}
    assert nowhere == ("warning", {"title": "NX001"}, "no spec")


@pytest.mark.parametrize("text", ["a\n::error::x", "a%0Ab", "::set-output name=x::y", "a\r\nb\x1b"])
def test_text_cannot_forge_a_command(tmp_path: Path, text: str) -> None:
    problem = Diagnostic("NX101", text, Span(f"{text},line=1:", 1, 1, 2), help=text)
    rendered = render([problem], Format.GITHUB, tmp_path)
    assert len(rendered.splitlines()) == 1
    (command,) = _commands(rendered)
    assert command[1]["line"] == "1"


def _sarif(root: Path) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(_rendered(Format.SARIF, root))
    return log


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_TEXT = {"type": "string", "minLength": 1}
_ONE_BASED = {"type": "integer", "minimum": 1}
_INDEX = {"type": "integer", "minimum": 0}
_MESSAGE = _object("text", text=_TEXT, markdown=_TEXT)
_REGION = _object("startLine", startLine=_ONE_BASED, startColumn=_ONE_BASED, endColumn=_ONE_BASED)
_ARTIFACT = _object("uri", uri={"type": "string", "pattern": r"^[^\s\\\\]+$"}, uriBaseId=_TEXT)
_LOCATION = _object(
    "physicalLocation",
    id=_INDEX,
    message=_MESSAGE,
    physicalLocation=_object("artifactLocation", artifactLocation=_ARTIFACT, region=_REGION),
)
_LOCATIONS = {"type": "array", "items": _LOCATION}
_RULE = _object("id", id=_TEXT, shortDescription=_MESSAGE, fullDescription=_MESSAGE, help=_MESSAGE)
_RESULT = _object(
    "message ruleId level",
    ruleId=_TEXT,
    ruleIndex=_INDEX,
    level={"enum": ["none", "note", "warning", "error"]},
    message=_MESSAGE,
    locations=_LOCATIONS,
    relatedLocations=_LOCATIONS,
)
_DRIVER = _object(
    "name",
    name=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules={"type": "array", "items": _RULE},
)
_RUN = _object(
    "tool results",
    tool=_object("driver", driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
)
SARIF = _object(
    "version runs",
    **{"$schema": _TEXT},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": _RUN},
)
"""The part of SARIF 2.1.0 that we write (sections 3.13 to 3.19, 3.27 to 3.30, 3.49), closed so that
a misspelt property fails."""


def test_sarif_has_the_properties_of_the_standard(tmp_path: Path) -> None:
    jsonschema.validate(_sarif(tmp_path), SARIF)
    jsonschema.validate(json.loads(render((), Format.SARIF, tmp_path)), SARIF)


def test_sarif_names_the_tool_and_explains_each_rule(tmp_path: Path) -> None:
    log = _sarif(tmp_path)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("nexus-gen", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["NX001", "NX009", "NX104"]
    for rule in driver["rules"]:
        assert rule["help"]["markdown"] == catalog.page(rule["id"]).markdown


def test_sarif_results_point_at_their_rule_and_place(tmp_path: Path) -> None:
    (run,) = _sarif(tmp_path)["runs"]
    rules = run["tool"]["driver"]["rules"]
    first, whole_file, nowhere = run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    location = first["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {
            "uri": "spec/verticals/edu%20cation.yaml",
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": 14, "startColumn": 21, "endColumn": 27},
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert "region" not in whole_file["locations"][0]["physicalLocation"]
    assert "locations" not in nowhere
    assert (first["level"], nowhere["level"]) == ("error", "warning")


def test_sarif_text_is_not_taken_for_a_link(tmp_path: Path) -> None:
    (run,) = _sarif(tmp_path)["runs"]
    assert run["results"][0]["relatedLocations"][0]["message"]["text"] == r"see \[this](1)"
