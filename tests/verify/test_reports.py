"""A report in each format: for people, for programs, for code scanning, for CI servers."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nexus_gen.diagnostics import Severity, Span
from nexus_gen.verify.finding import CheckResult, Finding, Outcome, Report
from nexus_gen.verify.reports import Format, render

TABLE = "generated/terraform/modules/education/table.tf"
VERTICAL = "spec/verticals/education.yaml"
CHECKOV = Finding(
    "NX503",
    "Ensure DynamoDB Tables are encrypted using a KMS Customer Managed CMK (the table)",
    rule="CKV_AWS_119",
    path=TABLE,
    line=1,
    origin=Span(VERTICAL, 2, 1, 10),
    help="see the rule's page",
)
WARNING = Finding(
    "NX502", "Deprecated: <name> & co", path=TABLE, line=2, column=3, severity=Severity.WARNING
)
HOSTILE = Finding("NX504", "a\x1b[31m b\x00 \ufffe ]]> [x](y)", path="generated/a b/ü.py")
REPORT = Report(
    (
        CheckResult("build", Outcome.PASSED, 0.25),
        CheckResult("terraform-validate", Outcome.PASSED, 7.5, (WARNING,), "terraform 1.11.4"),
        CheckResult("checkov", Outcome.FAILED, 8.125, (CHECKOV,), "104 passed, 2 skipped inline"),
        CheckResult("ruff", Outcome.FAILED, 0.125, (HOSTILE,)),
        CheckResult("mypy", Outcome.SKIPPED, 0.0, (), "mypy is absent: `make setup`"),
    )
)
CLEAN = Report(REPORT.results[:1])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in (
        (TABLE, 'resource "aws_dynamodb_table" "education" {\n  name = "x"\n'),
        (VERTICAL, "# a vertical\nvertical: education\n"),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_text_shows_the_generated_line_and_the_line_of_the_spec(project: Path) -> None:
    blocks = render(REPORT, Format.TEXT, project).split("\n\n")
    assert blocks[1] == (
        "error[NX503]: CKV_AWS_119: Ensure DynamoDB Tables are encrypted using a KMS Customer"
        " Managed CMK (the table)\n"
        f" --> {TABLE}:1:1\n"
        "  |\n"
        '1 | resource "aws_dynamodb_table" "education" {\n'
        "  | ^\n"
        f" ::: {VERTICAL}:2:1\n"
        "  |\n"
        "2 | vertical: education\n"
        "  | --------- rendered from here\n"
        "  = help: see the rule's page\n"
        "  = more: nexus-gen explain NX503"
    )


def test_text_ends_with_what_was_skipped_and_a_line_that_counts(project: Path) -> None:
    lines = render(REPORT, Format.TEXT, project).splitlines()
    assert lines[-3:] == [
        "SKIPPED mypy: mypy is absent: `make setup`",
        "",
        "2 checks passed, 2 failed (3 findings), 1 SKIPPED",
    ]
    assert render(CLEAN, Format.TEXT, project) == "1 check passed\n"


def test_text_prints_nothing_that_acts_on_a_terminal(project: Path) -> None:
    text = render(REPORT, Format.TEXT, project)
    assert all(character.isprintable() or character == "\n" for character in text)


def test_json_tells_outcomes_and_findings_with_their_origin(project: Path) -> None:
    report = json.loads(render(REPORT, Format.JSON, project))
    assert (report["version"], report["ok"]) == (1, False)
    assert [check["outcome"] for check in report["checks"]] == [
        "passed",
        "passed",
        "failed",
        "failed",
        "skipped",
    ]
    (finding,) = report["checks"][2]["findings"]
    assert finding["rule"] == "CKV_AWS_119"
    assert finding["location"]["file"] == TABLE
    assert finding["labels"][0]["location"]["file"] == VERTICAL
    assert finding["labels"][0]["location"]["line"] == 2
    assert json.loads(render(CLEAN, Format.JSON, project))["ok"] is True


def test_sarif_relates_each_result_to_the_spec(project: Path) -> None:
    log = json.loads(render(REPORT, Format.SARIF, project))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["help"]["text"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    assert by_rule["NX502"]["level"] == "warning"
    checkov = by_rule["NX503"]
    assert checkov["properties"] == {"rule": "CKV_AWS_119"}
    place = checkov["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == TABLE
    assert place["region"]["startLine"] == 1
    related = checkov["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == VERTICAL
    assert related["physicalLocation"]["region"]["startLine"] == 2
    assert related["message"]["text"] == "rendered from here"


def test_sarif_tells_of_skipped_checks_and_failure(project: Path) -> None:
    (run,) = json.loads(render(REPORT, Format.SARIF, project))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["exitCode"] == 1
    (notification,) = invocation["toolExecutionNotifications"]
    assert "mypy is absent" in notification["message"]["text"]
    (clean,) = json.loads(render(CLEAN, Format.SARIF, project))["runs"]
    assert clean["results"] == []
    assert clean["invocations"][0]["exitCode"] == 0


def test_junit_has_a_suite_a_check_and_a_case_a_finding(project: Path) -> None:
    root = ElementTree.fromstring(render(REPORT, Format.JUNIT, project))
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["build", "terraform-validate", "checkov", "ruff", "mypy"]
    assert suites["build"].find("testcase") is not None
    assert suites["build"].get("failures") == "0"
    failure = suites["checkov"].find("testcase/failure")
    assert failure is not None and failure.text is not None
    assert failure.get("type") == "NX503"
    assert f"rendered from {VERTICAL}:2:1" in failure.text
    assert suites["mypy"].find("testcase/skipped") is not None
    warned = suites["terraform-validate"].find("testcase")
    assert warned is not None and len(warned) == 0


def test_junit_counts_agree_with_what_is_there(project: Path) -> None:
    root = ElementTree.fromstring(render(REPORT, Format.JUNIT, project))
    for element in (root, *root):
        assert element.get("tests") == str(len(list(element.iter("testcase"))))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("skipped") == str(len(list(element.iter("skipped"))))
        assert element.get("errors") == "0"
        assert float(element.get("time", "-1")) >= 0
    for case in root.iter("testcase"):
        assert case.get("name") and case.get("classname")


def test_junit_carries_any_text(project: Path) -> None:
    root = ElementTree.fromstring(render(REPORT, Format.JUNIT, project))
    failure = root.find("testsuite[@name='ruff']/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "a\ufffd[31m b\ufffd \ufffd ]]> [x](y)"
