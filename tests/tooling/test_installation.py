"""Hints name the command that works where the person is; tools are found where it puts them."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from nexus_gen import installation
from nexus_gen.local.emulator import PACKAGES, EmulatorError, find_executable
from nexus_gen.verify.tools import ToolAbsentError, find_tool, how_to_get

ROOT = Path(__file__).parents[2]
TOOLS = ("checkov", "ruff", "mypy", "cvc5", "openapi-spec-validator", "TypeScript")


@pytest.fixture
def other_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a folder with a space, where nothing is installed and the PATH is empty."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    monkeypatch.setattr(installation, "PACKAGE", folder / "nexus_gen")
    monkeypatch.setattr(sys, "prefix", str(folder / ".venv"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NEXUS_MINISTACK", raising=False)
    return folder


@pytest.mark.parametrize("tool", TOOLS)
def test_in_the_checkout_make_brings_a_tool(
    other_checkout: Path, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    monkeypatch.chdir(other_checkout)
    assert how_to_get(tool) == "`make setup`"


def test_from_elsewhere_make_is_told_where_the_checkout_is(
    other_checkout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    command = f"`make -C '{other_checkout}' setup`"
    assert how_to_get("checkov") == command
    with pytest.raises(EmulatorError, match=re.escape(f"not installed: run {command}")):
        find_executable(tmp_path)


def test_make_does_not_install_into_an_environment_of_others(
    other_checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(other_checkout / "theirs"))
    assert how_to_get("cvc5") == f"`{sys.executable} -m pip install cvc5`"


@pytest.mark.parametrize("tool", ["ministack", "checkov"])
def test_tools_of_the_checkout_serve_projects_elsewhere(
    other_checkout: Path, tmp_path: Path, tool: str
) -> None:
    program = other_checkout / ".tools" / tool / "bin" / tool
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/true", program)
    find = find_executable if tool == "ministack" else lambda project: find_tool(tool, project)
    assert find(tmp_path / "project") == program
    own = tmp_path / "project" / ".tools" / tool / "bin" / tool
    own.parent.mkdir(parents=True)
    shutil.copy("/bin/true", own)
    assert find(tmp_path / "project") == own, "a project's own comes first"


def test_a_variable_that_names_nothing_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_MINISTACK", str(tmp_path / "absent"))
    with pytest.raises(EmulatorError, match="which is not a program"):
        find_executable(ROOT)


def test_an_absent_tool_is_an_error_with_its_move() -> None:
    assert str(ToolAbsentError("mypy")) == f"mypy is absent: {how_to_get('mypy')}"


def test_the_emulator_that_is_advised_is_the_one_that_is_tested() -> None:
    required = (ROOT / "requirements/ministack.in").read_text().splitlines()
    assert set(PACKAGES) <= set(required)
