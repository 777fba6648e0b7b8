"""The OpenAPI validator: what it finds, and where in the document."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_gen.verify.openapi_worker import problems
from nexus_gen.verify.process import Processes, ToolError
from nexus_gen.verify.steps.openapi import check_openapi
from nexus_gen.verify.tools import ToolAbsentError

from .projects import context_of

GOOD = """\
openapi: 3.1.0
info:
  title: Education
  version: "1"
paths:
  /courses/{course_id}:
    parameters:
      - {name: course_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getCourse
      responses:
        "200":
          description: One course.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Course"}
  /courses:
    get:
      operationId: listCourses
      responses:
        "200": {description: A page of courses.}
components:
  schemas:
    Course:
      type: object
      properties:
        title: {type: string}
"""


def test_a_good_document_has_no_problem() -> None:
    assert list(problems(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "pointer", "message"),
    [
        ("  title: Education\n", "", 2, "/info", "'title' is a required property"),
        ("listCourses", "getCourse", 18, "/paths/~1courses/get", "not unique"),
        ("#/components/schemas/Course", "#/components/schemas/Curse", 16, "$ref", "nothing"),
        ("title: {type: string}", "title: {type: strnig}", 27, "/title/type", "strnig"),
        ("in: path", "in: body", 8, "/parameters/0", "body"),
        ("{course_id}", "{id}", 9, "/paths/~1courses~1{id}/get", "'id'"),
        ("paths:\n", "paths: {\n", 6, "", "expected"),
        (GOOD, "- a\n- list\n", 1, "", "not a mapping"),
        (GOOD, "", 1, "", "not a mapping"),
    ],
)
def test_each_problem_is_found_at_its_line(
    old: str, new: str, line: int, pointer: str, message: str
) -> None:
    assert old in GOOD
    found = list(problems(GOOD.replace(old, new)))
    quotes = str.maketrans('"', "'")
    assert any(
        problem["line"] == line
        and pointer in problem["pointer"]
        and message in problem["message"].translate(quotes)
        for problem in found
    ), found


def test_a_dangling_reference_hides_nothing_else() -> None:
    text = GOOD.replace("schemas/Course", "schemas/Curse").replace("  title: Education\n", "")
    messages = [problem["message"] for problem in problems(text)]
    assert any("points at nothing" in message for message in messages)
    assert any("required property" in message for message in messages)


def test_the_check_runs_the_validator_in_a_process(root: Path) -> None:
    document = root / "generated/openapi/openapi.yaml"
    document.write_text(GOOD.replace("listCourses", "getCourse"))
    (finding,) = check_openapi(context_of(root, Processes())).findings
    assert (finding.code, finding.path) == ("NX506", "generated/openapi/openapi.yaml")
    assert (finding.line, finding.rule) == (18, "/paths/~1courses/get")


def test_a_document_that_is_missing_has_not_passed(root: Path) -> None:
    (root / "generated/openapi/openapi.yaml").unlink()
    with pytest.raises(ToolError, match=r"openapi\.yaml is missing"):
        check_openapi(context_of(root, Processes()))


def test_a_validator_that_crashes_has_not_passed(root: Path) -> None:
    (root / "generated/openapi/openapi.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ToolError, match="UnicodeDecodeError"):
        check_openapi(context_of(root, Processes()))


def test_an_absent_validator_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ToolAbsentError, match="openapi-spec-validator is absent"):
        check_openapi(context_of(root, Processes()))


def test_the_worker_prints_json_alone(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(GOOD)
    done = subprocess.run(
        [sys.executable, "-m", "nexus_gen.verify.openapi_worker", document],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []
