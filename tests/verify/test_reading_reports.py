"""Each check reads the report of its tool; the reports were recorded from real runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen.verify.context import Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.steps import CHECKS
from nexus_gen.verify.steps.checkov import check_checkov
from nexus_gen.verify.steps.mypy import check_mypy
from nexus_gen.verify.steps.ruff import check_ruff
from nexus_gen.verify.steps.terraform_format import check_terraform_format
from nexus_gen.verify.steps.terraform_validate import check_terraform_validate
from nexus_gen.verify.steps.typescript import check_typescript
from nexus_gen.verify.tools import ToolAbsentError

from .projects import MODEL, Recorded, context_of, recorded

TABLE = "generated/terraform/modules/education/table.tf"
HANDLER = "generated/lambda/education-api/education_api/handler.py"
INIT = "terraform-init.jsonl"
VERSION = "terraform-version.json"
VALID = '{"format_version": "1.0", "valid": true, "diagnostics": []}'


def places(findings: object) -> list[tuple[str, str, int, int]]:
    assert isinstance(findings, list)
    return [(f.rule, f.path, f.line, f.column) for f in findings if isinstance(f, Finding)]


def test_terraform_format_names_the_first_line_that_differs(root: Path) -> None:
    tool = Recorded(Completed(3, recorded(root, "terraform-fmt.txt"), ""))
    (finding,) = check_terraform_format(context_of(root, tool)).findings
    assert (finding.code, finding.path, finding.line) == ("NX501", TABLE, 3)
    assert "terraform fmt" in finding.message


def test_terraform_format_names_the_line_that_it_cannot_read(root: Path) -> None:
    tool = Recorded(Completed(2, "", recorded(root, "terraform-fmt-syntax.txt")))
    (finding,) = check_terraform_format(context_of(root, tool)).findings
    assert (finding.path, finding.line) == (TABLE, 16)
    assert finding.message == "Unclosed configuration block"


def validate(root: Path, *answers: tuple[int, str]) -> tuple[list[Finding], str, Recorded]:
    tool = Recorded(*(Completed(code, text, "") for code, text in answers))
    checked = check_terraform_validate(context_of(root, tool))
    return list(checked.findings), checked.detail, tool


def test_terraform_validate_maps_the_working_copy_back_to_generated(root: Path) -> None:
    init = (0, recorded(root, INIT))
    found = (1, recorded(root, "terraform-validate.json"))
    version = (0, recorded(root, VERSION))
    findings, detail, tool = validate(root, init, found, init, (0, VALID), version)
    assert places(findings) == [("", TABLE, 14, 3)]
    assert findings[0].code == "NX502"
    assert findings[0].message.startswith("Unsupported argument: An argument named")
    assert detail == "terraform 1.11.4, aws 5.100.0"
    data = {environment["TF_DATA_DIR"] for environment in tool.environments}
    assert all(str(root / "scratch") in folder for folder in data)


def test_terraform_validate_puts_a_stand_in_for_core_beside_the_extended_root(root: Path) -> None:
    answers = [(0, recorded(root, INIT)), (0, VALID)] * 2
    validate(root, *answers, (0, recorded(root, VERSION)))
    core = root / "scratch" / "core"
    stand_in = (core / "core_stand_in.tf").read_text()
    for _, address in MODEL.integration.core_resources:
        kind, name = address.split(".")
        assert f'resource "{kind}" "{name}" {{' in stand_in
    assert (core / "nexus.tf").exists()
    assert (core / "nexus" / "modules").is_dir(), "its modules are where its header says"
    assert not list((root / "generated").rglob("core_stand_in.tf"))


def test_a_finding_in_the_extended_root_is_one_in_generated(root: Path) -> None:
    report = recorded(root, "terraform-validate.json")
    report = report.replace("../../modules/education/table.tf", "nexus.tf")
    clean, version = (0, recorded(root, INIT)), (0, recorded(root, VERSION))
    findings, _, _ = validate(root, clean, (0, VALID), clean, (1, report), version)
    assert places(findings) == [("", "generated/terraform/roots/extended/nexus.tf", 14, 3)]


def test_what_both_roots_report_is_reported_once(root: Path) -> None:
    report = recorded(root, "terraform-validate.json")
    from_core = report.replace("../../modules", "nexus/modules")
    init, version = (0, recorded(root, INIT)), (0, recorded(root, VERSION))
    findings, _, _ = validate(root, init, (1, report), init, (1, from_core), version)
    assert places(findings) == [("", TABLE, 14, 3)]


def test_a_refused_stand_in_points_at_the_integration_section(root: Path) -> None:
    report = recorded(root, "terraform-validate.json")
    report = report.replace("../../modules/education/table.tf", "core_stand_in.tf")
    clean, version = (0, recorded(root, INIT)), (0, recorded(root, VERSION))
    findings, _, _ = validate(root, clean, (0, VALID), clean, (1, report), version)
    assert findings[0].path == ""
    assert findings[0].origin == MODEL.integration.span
    assert "core_resources" in findings[0].help


def test_terraform_validate_reports_a_syntax_error_that_stops_init(root: Path) -> None:
    failed = (1, recorded(root, "terraform-init-syntax.jsonl"))
    from_core = (1, failed[1].replace("../../modules", "nexus/modules"))
    findings, _, _ = validate(root, failed, from_core, (0, recorded(root, VERSION)))
    assert places(findings) == [("", TABLE, 16, 14)] * 2
    assert [finding.message.split(":")[0] for finding in findings] == [
        "Unclosed configuration block",
        "Missing name for resource",
    ]


def test_a_mirror_without_a_fitting_provider_is_a_finding(root: Path) -> None:
    failed = (1, recorded(root, "terraform-init-no-version.jsonl"))
    findings, _, _ = validate(root, failed, failed, (0, recorded(root, VERSION)))
    assert len(findings) == 1
    assert "no available releases match" in findings[0].message


def test_an_unreachable_registry_is_an_absent_tool(root: Path) -> None:
    failed = Recorded(Completed(1, recorded(root, "terraform-init-offline.jsonl"), ""))
    with pytest.raises(ToolAbsentError, match=r"AWS provider is absent.*NEXUS_TERRAFORM_MIRROR"):
        check_terraform_validate(context_of(root, failed))


def test_checkov_findings_are_one_a_rule_and_resource(root: Path) -> None:
    tool = Recorded(Completed(1, recorded(root, "checkov.json"), ""))
    checked = check_checkov(context_of(root, tool))
    assert places(checked.findings) == [
        ("CKV_AWS_119", TABLE, 2, 0),
        ("CKV_AWS_28", TABLE, 2, 0),
        ("CKV_AWS_27", TABLE, 13, 0),
    ]
    assert checked.detail == "3 passed, 1 skipped inline"
    assert {finding.code for finding in checked.findings} == {"NX503"}


def test_checkov_does_not_read_the_users_own_configuration(root: Path) -> None:
    tool = Recorded(Completed(1, recorded(root, "checkov.json"), ""))
    check_checkov(context_of(root, tool))
    assert tool.environments[0]["HOME"] == str(root / "scratch")


def test_checkov_that_saw_nothing_has_not_passed(root: Path) -> None:
    tool = Recorded(Completed(0, recorded(root, "checkov-nothing.json"), ""))
    with pytest.raises(ToolError, match="no resource"):
        check_checkov(context_of(root, tool))


def test_ruff_reports_lint_and_layout(root: Path) -> None:
    answers = [recorded(root, "ruff-check.json"), recorded(root, "ruff-format.json")]
    tool = Recorded(*(Completed(1, text, "") for text in answers))
    checked = check_ruff(context_of(root, tool))
    assert places(checked.findings) == [
        ("F401", HANDLER, 1, 8),
        ("unformatted", HANDLER, 7, 23),
    ]
    assert {finding.code for finding in checked.findings} == {"NX504"}


def test_mypy_reports_errors_with_their_place(root: Path) -> None:
    tool = Recorded(Completed(1, recorded(root, "mypy.jsonl"), ""))
    checked = check_mypy(context_of(root, tool))
    assert places(checked.findings) == [
        ("no-untyped-def", HANDLER, 6, 1),
        ("call-arg", HANDLER, 7, 12),
    ]
    assert {finding.code for finding in checked.findings} == {"NX505"}


def test_tsc_reports_errors_with_their_place(root: Path) -> None:
    said = (
        "client/src/index.ts(3,8): error TS2307: Cannot find module './x.js'.\n"
        "  The module is elsewhere.\n"
        "client/src/model.ts(12,3): error TS1005: ',' expected.\n"
    )
    checked = check_typescript(context_of(root, Recorded(Completed(2, said, ""))))
    assert places(checked.findings) == [
        ("TS2307", "generated/client/src/index.ts", 3, 8),
        ("TS1005", "generated/client/src/model.ts", 12, 3),
    ]
    assert {finding.code for finding in checked.findings} == {"NX520"}


def test_python_checkers_that_have_nothing_to_look_at_have_not_passed(root: Path) -> None:
    for path in (root / "generated/lambda").rglob("*.py"):
        path.unlink()
    for check in (check_ruff, check_mypy):
        with pytest.raises(ToolError, match="no handler package"):
            check(context_of(root, Recorded()))


CRASH = Completed(70, "", "Traceback (most recent call last):\nImportError: no module named x\n")


@pytest.mark.parametrize(
    "check",
    [
        check_terraform_format,
        check_terraform_validate,
        check_checkov,
        check_ruff,
        check_mypy,
        check_typescript,
    ],
)
def test_a_tool_that_crashes_has_not_passed(root: Path, check: object) -> None:
    assert callable(check)
    context: Context = context_of(root, Recorded(CRASH, CRASH))
    with pytest.raises(ToolError, match="ImportError: no module named x"):
        check(context)


def test_checks_are_named_once() -> None:
    names = [check.name for check in CHECKS]
    assert sorted(names) == sorted(set(names))
