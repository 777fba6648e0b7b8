"""The Makefile, CI and hooks: one set of commands, none of which stops early."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z0-9-]+):.*", MAKEFILE, re.M)


def make(
    folder: Path, *arguments: str, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    if path is not None:
        environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose tools only say that they ran, in a folder with a space."""
    root = tmp_path / "a checkout"
    root.mkdir()
    shutil.copy(ROOT / "Makefile", root)
    shutil.copytree(ROOT / ".ci", root / ".ci")
    for tool in ("pytest", "ruff", "mypy", "lint-imports", "nexus-gen", "python"):
        fake_tool(root, tool)
    (root / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/find_mirror.py", root / "scripts")
    (root / "scripts/setup.py").write_text("print('setup ran')\n")
    return root


def fake_tool(root: Path, tool: str, code: int = 0) -> None:
    program = root / ".venv/bin" / tool
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(
        f'#!/bin/sh\necho "{tool} ran: $*, CI=$CI, $NEXUS_TERRAFORM_MIRROR"\nexit {code}\n'
    )
    program.chmod(0o755)


def test_every_target_for_people_is_explained() -> None:
    shown = make(ROOT, "help").stdout
    for target in TARGETS:
        if not target.startswith("check-"):
            assert re.search(rf"^  make {target} +\w", shown, re.M), f"{target} has no `## ` text"
    assert make(ROOT).stdout == shown, "help is what `make` alone does"


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_is_mistaken_for_a_file(target: str) -> None:
    assert re.search(rf"^\.PHONY:.*\b{target}\b", MAKEFILE, re.M)


def test_test_sets_up_and_passes_arguments_on(checkout: Path) -> None:
    done = make(checkout, "test", "ARGS=tests/cli -k init")
    assert done.returncode == 0
    assert "setup ran" in done.stdout
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("pytest ran"))
    assert "tests/cli -k init, CI=" in line


def test_check_reports_all_and_fails_if_one_does(checkout: Path) -> None:
    fake_tool(checkout, "ruff", 1)
    fake_tool(checkout, "mypy", 1)
    done = make(checkout, "check")
    assert done.returncode != 0
    for tool in ("ruff ran: format --check", "ruff ran: check", "mypy ran", "lint-imports ran"):
        assert tool in done.stdout
    assert "nexus-gen ran: check" in done.stdout


def test_ci_runs_all_and_ends_with_the_summaries(checkout: Path) -> None:
    done = run_ci(checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    check, e2e, test = done.stdout.splitlines()[-3:]
    assert check.startswith("make check: exit code 0: nexus-gen ran: check")
    assert e2e.startswith("make e2e: exit code 0: pytest ran")
    assert "tests/e2e" in e2e
    assert test.startswith("make test: exit code 0: pytest ran")
    assert "CI=true" in test


@pytest.mark.parametrize("broken", ["pytest", "mypy"])
def test_ci_fails_if_any_fails_and_still_runs_all(checkout: Path, broken: str) -> None:
    fake_tool(checkout, broken, 1)
    done = run_ci(checkout)
    assert done.returncode != 0
    codes = [line.split()[:5] for line in done.stdout.splitlines()[-3:]]
    failing = {"pytest": ["e2e:", "test:"], "mypy": ["check:"]}[broken]
    assert [words[1] for words in codes if words[4] != "0:"] == failing


@pytest.mark.parametrize("target", ["test", "e2e"])
def test_ci_fails_if_one_of_the_test_runs_fails(checkout: Path, target: str) -> None:
    makefile = checkout / "Makefile"
    makefile.write_text(
        makefile.read_text().replace(f"\n{target}: setup", f"\n{target}: setup broken-{target}")
        + f"\nbroken-{target}:\n\t@false\n"
    )
    done = run_ci(checkout)
    assert done.returncode != 0
    failed = [line for line in done.stdout.splitlines()[-3:] if "exit code 0" not in line]
    assert [line.split()[1] for line in failed] == [f"{target}:"]


def run_ci(checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    environment["NEXUS_TERRAFORM_MIRROR"] = "/mirror"  # spares a search
    return subprocess.run(
        ["bash", checkout / ".ci/run"],
        cwd=checkout.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_ci_workflow_and_hooks_only_call_what_make_has() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    commands += [hook["entry"] for hook in hooks if hook["entry"].startswith("make")]
    assert {"make setup", "make check", "make test"} <= set(commands)
    for command in commands:
        assert command.removeprefix("make ") in TARGETS


@pytest.mark.parametrize(
    ("target", "tool"),
    [("test", "pytest"), ("e2e", "pytest"), ("soak", "pytest"), ("check-generated", "nexus-gen")],
)
def test_what_runs_terraform_is_told_of_the_mirror(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, target: str, tool: str
) -> None:
    monkeypatch.delenv("NEXUS_TERRAFORM_MIRROR", raising=False)
    (checkout / "a mirror/registry.terraform.io/hashicorp/aws").mkdir(parents=True)
    (checkout / ".tools").mkdir()
    (checkout / ".tools/terraform-mirror").write_text(f"{checkout}/a mirror\n")
    (line,) = (x for x in make(checkout, target).stdout.splitlines() if x.startswith(f"{tool} ran"))
    assert line.endswith(f", {checkout}/a mirror")


def test_actions_of_a_workflow_are_commits_whose_version_is_said() -> None:
    """A tag can be moved to other code; a commit cannot."""
    used = [
        line.partition("uses:")[2].strip()
        for workflow in (ROOT / ".github/workflows").glob("*.y*ml")
        for line in workflow.read_text().splitlines()
        if "uses:" in line
    ]
    assert used
    for action in used:
        assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_ci_can_be_started() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
