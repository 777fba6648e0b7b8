"""The real tools on the project's own output: as built, and broken on purpose."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nexus_gen import pipeline
from nexus_gen.cli.check import check_output
from nexus_gen.verify import runner
from nexus_gen.verify.finding import Report
from nexus_gen.verify.reports import Format
from nexus_gen.verify.steps import CHECKS
from tests import sample
from tests.conftest import absent_tool

ROOT = Path(__file__).parents[2]
MODULE = "generated/terraform/modules/education"
COURSE = "generated/lambda/education-api/education_api/course.py"
CLIENT = "generated/client/src/verticals/education/course.ts"
VERTICAL = "spec/verticals/education.yaml"


@dataclass(frozen=True)
class Run:
    """What one `nexus-gen check --format json` said."""

    code: int
    report: dict[str, Any]
    progress: str

    def check(self, name: str) -> dict[str, Any]:
        """The result of one check, unless its tool is absent."""
        (result,) = (result for result in self.report["checks"] if result["name"] == name)
        for finding in result["findings"]:
            if finding["code"] == "NX507":
                absent_tool(finding["message"].partition(" is absent")[0], finding["help"])
        return dict(result)

    def outcomes(self) -> set[str]:
        """How the checks ended, unless a tool is absent."""
        return {self.check(result["name"])["outcome"] for result in self.report["checks"]}

    def findings(self, name: str) -> list[dict[str, Any]]:
        return list(self.check(name)["findings"])


def nexus_gen(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "nexus-gen", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def check(root: Path, *arguments: str, **environment: str) -> Run:
    done = nexus_gen(root, "check", "--format", "json", *arguments, **environment)
    assert done.returncode in (0, 1), done.stderr
    return Run(done.returncode, json.loads(done.stdout), done.stderr)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own spec, built in a folder with a space, with the tools of `make setup`."""
    root = tmp_path_factory.mktemp("check") / "a project"
    sample.copy_spec(root)
    pipeline.build(root)
    if (ROOT / ".tools").is_dir():
        (root / ".tools").symlink_to(ROOT / ".tools", target_is_directory=True)
    return root


@pytest.fixture(scope="module")
def healthy(built: Path) -> Run:
    before = snapshot(built / "generated")
    run = check(built)
    assert snapshot(built / "generated") == before, "checks write nothing into generated/"
    return run


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def edit(root: Path, path: str, old: str, new: str) -> int:
    """Replace the first occurrence; its 1-based line."""
    text = (root / path).read_text()
    assert old in text, f"{path} has no {old!r}"
    (root / path).write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


@dataclass(frozen=True)
class Broken:
    """What was broken, and what the checks said."""

    run: Run
    lines: dict[str, int]


@pytest.fixture(scope="module")
def broken(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    root = tmp_path_factory.mktemp("broken") / "project"
    shutil.copytree(built, root, symlinks=True)
    lines = {
        "format": edit(root, f"{MODULE}/variables.tf", "  type ", "      type "),
        "argument": edit(root, f"{MODULE}/iam.tf", "  name ", "  nmae "),
        "table": edit(root, f"{MODULE}/table.tf", "enabled = true", "enabled = false"),
        "import": edit(root, COURSE, "import Literal", "import Any, Literal"),
        "type": edit(root, COURSE, "max_length=200", 'max_length="200"'),
        "typescript": edit(root, CLIENT, "title: string;", "title: strnig;"),
        "openapi": edit(root, "generated/openapi/openapi.yaml", "type: string", "type: strnig"),
    }
    (root / "generated/README.md").unlink()
    return Broken(check(root), lines)


def place(finding: dict[str, Any]) -> tuple[str, int]:
    return finding["location"]["file"], finding["location"]["line"]


def origins(finding: dict[str, Any]) -> list[str]:
    return [label["location"]["file"] for label in finding["labels"]]


def test_the_output_as_built_passes_every_check(healthy: Run) -> None:
    assert healthy.outcomes() == {"passed"}, healthy.report
    assert len(healthy.report["checks"]) == len(CHECKS)
    assert healthy.code == 0
    assert "aws " in healthy.check("terraform-validate")["detail"], "with the real provider"


def test_progress_is_a_line_as_each_check_ends(healthy: Run) -> None:
    lines = healthy.progress.splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(
        check["name"] for check in healthy.report["checks"]
    )
    outcomes = [check["outcome"] for check in healthy.report["checks"]]
    assert sorted(line.split()[0] for line in lines) == sorted(outcomes)


def test_a_broken_output_fails(broken: Broken) -> None:
    assert broken.run.code == 1
    assert broken.run.report["ok"] is False
    assert broken.run.outcomes() == {"failed"}


def test_edited_and_missing_files_are_named(broken: Broken) -> None:
    findings = broken.run.findings("build")
    files = {finding["location"]["file"]: finding["code"] for finding in findings}
    assert files["generated/README.md"] == "NX412"
    assert files[COURSE] == "NX401"


def test_unformatted_terraform_is_caught(broken: Broken) -> None:
    (finding,) = broken.run.findings("terraform-format")
    assert place(finding) == (f"{MODULE}/variables.tf", broken.lines["format"])
    assert origins(finding) == [VERTICAL]


def test_an_unknown_argument_is_caught_by_the_real_provider(broken: Broken) -> None:
    findings = broken.run.findings("terraform-validate")
    by_place = {place(finding): finding for finding in findings}
    finding = by_place[f"{MODULE}/iam.tf", broken.lines["argument"]]
    assert "nmae" in finding["message"]
    assert origins(finding) == [VERTICAL]
    assert len(by_place) == len(findings), "once, though both roots have it"


def test_an_insecure_resource_is_caught(broken: Broken) -> None:
    by_rule = {finding["rule"]: finding for finding in broken.run.findings("checkov")}
    finding = by_rule["CKV_AWS_28"]  # point-in-time recovery
    assert finding["location"]["file"] == f"{MODULE}/table.tf"
    assert origins(finding) == [VERTICAL]


def test_an_unused_import_is_caught(broken: Broken) -> None:
    by_rule = {finding["rule"]: finding for finding in broken.run.findings("ruff")}
    assert place(by_rule["F401"]) == (COURSE, broken.lines["import"])
    assert origins(by_rule["F401"]) == [VERTICAL]


def test_a_wrong_type_is_caught_and_mapped_to_its_field(broken: Broken) -> None:
    (finding,) = broken.run.findings("mypy")
    assert finding["rule"] == "arg-type"
    assert place(finding) == (COURSE, broken.lines["type"])
    (label,) = finding["labels"]
    spec = (ROOT / VERTICAL).read_text().splitlines()
    assert spec[label["location"]["line"] - 1].strip().startswith("title:")


def test_an_unknown_type_is_caught_in_the_client(broken: Broken) -> None:
    (finding,) = broken.run.findings("typescript")
    assert finding["rule"] == "TS2552"
    assert place(finding) == (CLIENT, broken.lines["typescript"])
    assert origins(finding) == [VERTICAL]


def test_an_invalid_openapi_document_is_caught(broken: Broken) -> None:
    findings = broken.run.findings("openapi")
    assert ("generated/openapi/openapi.yaml", broken.lines["openapi"]) in map(place, findings)
    assert all(origins(finding) == [VERTICAL] for finding in findings)


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the built project, to break at will."""
    shutil.copytree(built, tmp_path / "project", symlinks=True)
    yield tmp_path / "project"


def test_terraform_that_is_no_hcl_is_caught(copy: Path) -> None:
    path = f"{MODULE}/outputs.tf"
    lines = (copy / path).read_text().count("\n")
    with (copy / path).open("a") as file:
        file.write('output "open" {\n')
    run = check(copy, "--only", "terraform-format", "--only", "terraform-validate")
    for name in ("terraform-format", "terraform-validate"):
        assert (path, lines + 1) in [place(finding) for finding in run.findings(name)]


def test_only_runs_what_is_named(copy: Path) -> None:
    run = check(copy, "--only", "ruff", "--only", "build")
    assert [check["name"] for check in run.report["checks"]] == ["build", "ruff"]
    assert run.code == 0


def test_an_absent_tool_of_a_check_that_was_asked_for_is_a_failure(
    copy: Path, tmp_path: Path
) -> None:
    empty = str(tmp_path / "empty")
    (tmp_path / "empty").mkdir()
    done = nexus_gen(copy, "check", "--only", "terraform-format", PATH=empty, CI="")
    assert done.returncode == 1
    assert "error[NX507]: terraform is absent" in done.stdout


@pytest.mark.parametrize(
    ("only", "ci", "required"), [((), "", False), ((), "true", True), (("ruff",), "", True)]
)
def test_tools_are_required_in_ci_and_by_name(
    copy: Path, monkeypatch: pytest.MonkeyPatch, only: tuple[str, ...], ci: str, required: bool
) -> None:
    asked: list[bool] = []

    def verify(*_: object, require_tools: bool) -> Report:
        asked.append(require_tools)
        return Report(())

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(runner, "verify", verify)
    check_output(copy, Format.TEXT, only=only)
    assert asked == [required]


def test_the_help_lists_every_check(copy: Path) -> None:
    words = set(re.findall("[a-z-]+", nexus_gen(copy, "check", "--help", COLUMNS="200").stdout))
    assert {check.name for check in CHECKS} <= words


def test_a_bad_spec_is_reported_before_anything_runs(copy: Path) -> None:
    edit(copy, VERTICAL, "type: slug", "type: slgu")
    done = nexus_gen(copy, "check")
    assert done.returncode == 1
    assert "`slgu`" in done.stderr
    assert done.stdout == ""


def test_wrong_use_is_told_apart(copy: Path, tmp_path: Path) -> None:
    done = nexus_gen(copy, "check", "--only", "chekov")
    assert done.returncode == 2
    assert "did you mean `checkov`?" in done.stderr
    done = nexus_gen(copy, "check", NEXUS_TERRAFORM_MIRROR=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "NEXUS_TERRAFORM_MIRROR" in done.stderr
    assert "not a folder" in done.stderr


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit"])
def test_a_report_goes_to_the_file_that_is_named(copy: Path, format: str) -> None:
    done = nexus_gen(copy, "check", "--only", "ruff", "--format", format, "--output", "out/report")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 check passed; report in out/report" in done.stderr
    assert (copy / "out/report").read_text()


def test_the_output_of_a_project_elsewhere_can_be_checked(copy: Path, tmp_path: Path) -> None:
    done = nexus_gen(tmp_path, "check", "-C", str(copy), "--only", "build")
    assert done.returncode == 0


def test_on_a_terminal_a_moving_line_names_what_runs(copy: Path) -> None:
    ours, theirs = os.openpty()
    program = Path(sys.executable).parent / "nexus-gen"
    with subprocess.Popen(
        [program, "check", "--only", "ruff"],
        cwd=copy,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: read(ours), b"")).decode()
    os.close(ours)
    assert process.returncode == 0
    assert "checking: ruff" in shown
    assert "passed   ruff" in shown


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end has closed
        return b""
