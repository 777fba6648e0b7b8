"""`nexus-gen check --isolation` as people run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_gen import pipeline
from nexus_gen.verify.isolation.solving import is_installed
from tests import sample
from tests.conftest import absent_tool
from tests.isolation.corpus import ROOT
from tests.outputs.terraform_cli import HOW_TO_GET, Terraform, create_terraform

IAM = "generated/terraform/modules/education/iam.tf"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Skips where Terraform, the provider or the solver is absent."""
    if shutil.which("terraform") is None:
        absent_tool("terraform", HOW_TO_GET)
    if not is_installed():
        absent_tool("cvc5", "`make setup`, or `pip install cvc5`")
    folder = tmp_path_factory.mktemp("provider")
    terraform = create_terraform(folder)
    shutil.copy(ROOT / "generated/terraform/backend/versions.tf", folder)
    terraform.init(folder)
    return terraform


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the spec and its output."""
    for part in ("spec", "generated"):
        shutil.copytree(sample.built() / part, tmp_path / part)
    return tmp_path


def check(project: Path, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "nexus-gen"
    return subprocess.run(
        [program, "check", "--isolation", *more],
        cwd=project,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_output_of_the_spec_is_proved(provider: Terraform, project: Path) -> None:
    done = check(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed   isolation" in done.stderr
    assert "23 claims, 12 ways in" in done.stderr


@pytest.mark.parametrize("authorizer", ["reuse", "create"])
def test_a_project_of_other_names_is_proved_too(
    provider: Terraform, tmp_path: Path, authorizer: str
) -> None:
    command = [Path(sys.executable).with_name("nexus-gen"), "init"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    spec = tmp_path / "spec" / "nexus.yaml"
    text = spec.read_text()
    assert "\nintegration:\n" in text
    spec.write_text(
        text.replace("\nintegration:\n", f"\nintegration:\n  authorizer: {authorizer}\n")
    )
    pipeline.build(tmp_path)
    done = check(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_counterexample_names_request_statement_and_spec(
    provider: Terraform, project: Path
) -> None:
    path = project / IAM
    path.write_text(path.read_text().replace("organization_id}#*", "organization_id}*"))
    done = check(project)
    assert done.returncode == 1
    assert (
        "error[NX529]: education.key.GetItem: a session tagged `a` may call dynamodb:GetItem on "
        "table/education-education with key `aa#`, which may be an item of organization `aa`"
    ) in done.stdout
    assert f"--> {IAM}:" in done.stdout
    assert "allowed by OwnItems" in done.stdout
    assert "spec/verticals/education.yaml:2:" in done.stdout
    assert "rendered from here" in done.stdout


@pytest.mark.parametrize("adoption", ["import", "reference"])
def test_a_vertical_whose_table_is_there_already_is_proved_too(
    provider: Terraform, project: Path, adoption: str
) -> None:
    spec = project / "spec" / "verticals" / "education.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("\nentities:", f"\ntable: {{adopt: {adoption}}}\n\nentities:", 1))
    pipeline.build(project)
    done = check(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "23 claims, 12 ways in" in done.stderr


def test_functions_that_share_a_log_group_are_proved_too(
    provider: Terraform, project: Path
) -> None:
    spec = project / "spec" / "nexus.yaml"
    spec.write_text(f"{spec.read_text()}\nlogging: {{group: shared}}\n")
    pipeline.build(project)
    done = check(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "23 claims, 12 ways in" in done.stderr


def test_a_page_that_promises_something_else_is_refused(provider: Terraform, project: Path) -> None:
    page = project / "generated" / "ISOLATION.md"
    text = page.read_text()
    text = text.replace("| `education.unkeyed` |", "| `education.nobody-asks` |")
    page.write_text(text.replace("no other table is reached", "nothing is reached"))
    done = check(project)
    assert done.returncode == 1
    said = [line for line in done.stdout.splitlines() if "error[NX528]" in line]
    assert said == [
        "error[NX528]: `education.elsewhere` is promised in other words than what was looked at",
        "error[NX528]: `education.nobody-asks` is promised, and nothing in the output is behind it",
        "error[NX528]: `education.unkeyed` holds of the output, and is not on the page",
    ]


def test_terraform_that_does_not_apply_is_reported(provider: Terraform, project: Path) -> None:
    path = project / IAM
    path.write_text(path.read_text().replace("aws_iam_role.tenant.arn", "aws_iam_role.nobody.arn"))
    done = check(project)
    assert done.returncode == 1
    assert "error[NX509]: `isolation` did not run to its end: a mocked apply failed" in done.stdout


def test_a_handler_that_is_not_python_is_reported(provider: Terraform, project: Path) -> None:
    (project / "generated/lambda/education-api/education_api/course.py").write_text("def keys(:\n")
    done = check(project)
    assert done.returncode == 1
    assert "error[NX509]" in done.stdout
    assert "is not Python" in done.stdout


def test_without_the_solver_the_check_says_how_to_get_it(project: Path, tmp_path: Path) -> None:
    # a module of this name that cannot be found hides the real one
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['cvc5'] = None\n")
    tools = tmp_path / ".tools" / "terraform" / "bin"
    tools.mkdir(parents=True)
    (tools / "terraform").write_text("#!/bin/sh\nexit 1\n")
    (tools / "terraform").chmod(0o755)
    for ci in ("", "true"):  # a check that was asked for by name is not skipped anywhere
        done = check(project, PYTHONPATH=str(tmp_path), CI=ci)
        assert done.returncode == 1
        assert "error[NX507]: cvc5 is absent" in done.stdout
        assert "= help: `make" in done.stdout


def test_an_entity_without_indexes_is_proved_too(provider: Terraform, project: Path) -> None:
    spec = project / "spec" / "verticals" / "education.yaml"
    text = spec.read_text()
    index = "    indexes:\n      in_order: {sort: position}\n"
    assert index in text
    spec.write_text(text.replace(index, ""))
    pipeline.build(project)
    done = check(project)
    assert done.returncode == 0, done.stdout + done.stderr
    module = project / "generated/lambda/education-api/education_api/lesson.py"
    code = module.read_text()
    key = "return primary_key(tenant,"
    assert key in code
    module.write_text(code.replace(key, 'return primary_key(lesson["course_id"],'))
    done = check(project)
    assert done.returncode == 1
    assert "error[NX527]: a key is not made by the runtime for the tenant" in done.stdout
