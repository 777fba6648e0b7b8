"""`nexus-gen doctor`: what it prints, where it reads, and what it ends with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import NEXUS_GEN, REPOSITORY, edit, environment, run

STATE = REPOSITORY / "tests/verify/estate/recorded/core.tfstate.json"


def test_a_clean_estate_says_what_was_looked_at(project: Path) -> None:
    done = run("doctor", "--state", STATE, cwd=project)
    assert (done.code, done.err) == (0, "")
    assert "state file, serial 51, 52 resources, 7 outputs" in done.out
    assert "environment dev, mode extended; looked at:" in done.out
    assert "3 resources of core and 11 of the spec, of 300" in done.out
    assert done.out.endswith("\nnothing stands in the way of an apply\n")


def test_a_collision_points_at_the_spec_and_fails(project: Path, tmp_path: Path) -> None:
    state = json.loads(STATE.read_text(encoding="utf-8"))
    table = {"attributes": {"name": "aws-devops-dev-ai-nexus-education"}}
    state["resources"].append(
        {"mode": "managed", "type": "aws_dynamodb_table", "name": "old", "instances": [table]}
    )
    file = tmp_path / "core.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    done = run("doctor", "-s", file, cwd=project)
    assert done.code == 1
    assert "nothing stands in the way" not in done.out
    assert "error[NX614]: the DynamoDB table `aws-devops-dev-ai-nexus-education`" in done.err
    assert "--> spec/verticals/education.yaml:2:11" in done.err
    assert "= help: keep that table with `table: {adopt: reference}`" in done.err
    shown = run("doctor", "-s", file, "--format", "json", cwd=project)
    assert (shown.code, shown.err) == (1, "")
    assert [found["code"] for found in json.loads(shown.out)["diagnostics"]] == ["NX614"]
    github = run("doctor", "-s", file, "--format", "github", cwd=project)
    assert github.out.startswith("::error file=spec/verticals/education.yaml,line=2")


def test_a_warning_does_not_fail(project: Path, tmp_path: Path) -> None:
    edit(project / "spec/nexus.yaml", "[user-data, files, sessions]", "[user-data, files]")
    done = run("doctor", "-s", STATE, cwd=project)
    assert done.code == 0
    assert "warning[NX616]" in done.err
    assert done.out.endswith("nothing stands in the way of an apply\n")


def test_standard_input(project: Path) -> None:
    done = subprocess.run(
        [str(NEXUS_GEN), "doctor", "--state", "-"],
        cwd=project,
        env=environment(),
        input=STATE.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"core's state, from standard input: " in done.stdout


def test_the_state_that_the_spec_names(project: Path) -> None:
    place = '"../../../../core/{environment}/terraform.tfstate"'
    old = '"../../infrastructure/{environment}/terraform.tfstate"'
    edit(project / "spec/nexus.yaml", old, place)
    (project / "core/dev").mkdir(parents=True)
    (project / "core/dev/terraform.tfstate").write_bytes(STATE.read_bytes())
    done = run("doctor", cwd=project)
    assert (done.code, done.err) == (0, "")
    assert "core's state, from `../../../../core/dev/terraform.tfstate`" in done.out
    absent = run("doctor", "--environment", "prod", cwd=project)
    assert absent.code == 1
    assert "error[NX601]" in absent.err
    assert "core/prod/terraform.tfstate` cannot be read: no such file" in absent.err


def test_a_state_that_the_spec_keeps_elsewhere(project: Path) -> None:
    edit(
        project / "spec/nexus.yaml",
        '{backend: local, path: "../../infrastructure/{environment}/terraform.tfstate"}',
        '{backend: s3, bucket: states, key: "core/{environment}.tfstate", region: us-east-1}',
    )
    done = run("doctor", cwd=project)
    assert done.code == 1
    assert "error[NX601]: core's state is in s3://states/core/dev.tfstate, not here" in done.err
    assert "terraform -chdir=CORE show -json | nexus-gen doctor --state -" in done.err
    assert run("doctor", "-s", STATE, cwd=project).code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "NX602"),
        ("{", "NX602"),
        ("resource", "NX602"),
        ('{"version": 3, "serial": 1, "modules": []}', "NX603"),
        ('{"version": 4, "serial": 1, "resources": []}', "NX604"),
    ],
)
def test_a_bad_state_is_told_in_every_format(
    project: Path, tmp_path: Path, content: str, code: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    done = run("doctor", "-s", file, cwd=project)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"error[{code}]: `{file}` is ")
    shown = run("doctor", "-s", file, "--format", "json", cwd=project)
    assert [found["code"] for found in json.loads(shown.out)["diagnostics"]] == [code]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-s", "nowhere.json"], "cannot read nowhere.json: No such file or directory"),
        (["-s", "."], "cannot read .: Is a directory"),
        (["-s", str(STATE), "-e", "prd"], "no environment 'prd'; did you mean `prod`?"),
        (["-s", str(STATE), "--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_wrong_use(project: Path, arguments: list[str], says: str) -> None:
    done = run("doctor", *arguments, cwd=project)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_a_bad_spec_is_told_first(project: Path) -> None:
    edit(project / "spec/nexus.yaml", "mode: extended", "mode: sideways")
    done = run("doctor", "-s", STATE, cwd=project)
    assert done.code == 1
    assert "error[NX1" in done.err


def test_it_needs_neither_the_aws_sdk_nor_terraform(project: Path) -> None:
    program = (
        "import sys\n"
        "sys.modules['boto3'] = sys.modules['botocore'] = None\n"
        f"sys.argv = ['nexus-gen', 'doctor', '-s', {str(STATE)!r}]\n"
        "from nexus_gen.cli.app import main\n"
        "main()\n"
    )
    python = NEXUS_GEN.with_name("python")
    done = subprocess.run(
        [python, "-c", program],
        cwd=project,
        env=environment(PATH="/nonexistent"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
