"""`make setup`: what makes it install again, and what it says where it cannot."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "setup.py"
NPM_PROJECTS = ("tests/editor", "tests/client", "tests/client/compilers", "console")
OLD = (
    "import runpy, sys; sys.version_info = (3, 10, 13, 'final', 0); sys.version = '3.10.13 (x)';"
    f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, as far as setup looks at one."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "requirements", root / "requirements")
    shutil.copytree(ROOT / "scripts", root / "scripts")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


class Commands:
    """The script with its commands noted instead of run; what they would make is made.

    The machine has Node.js; `prerequisites` is the script's module that looks.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.script = runpy.run_path(str(root / "scripts/setup.py"))
        self.globals: dict[str, Any] = self.script["main"].__globals__
        self.noted: list[list[str]] = []
        self.globals["run"] = self.note
        monkeypatch.setattr(self.globals["certificates"], "of_pip", lambda python: ())
        self.prerequisites = self.globals["prerequisites"]
        monkeypatch.setattr(self.prerequisites, "node_problem", lambda: None)

    def note(self, *command: str | Path, cwd: Path | None = None, silent: bool = False) -> None:
        self.noted.append([str(part) for part in command])
        if "venv" in command:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.unlink(missing_ok=True)
            python.symlink_to(sys.executable)
        if command[:2] == ("npm", "ci"):
            assert cwd is not None
            (cwd / "node_modules").mkdir(exist_ok=True)

    def of_setup(self, *arguments: str) -> list[list[str]]:
        self.noted.clear()
        sys.argv = ["setup.py", *arguments]
        main: Callable[[], None] = self.globals["main"]
        main()
        return list(self.noted)


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    monkeypatch.syspath_prepend(SCRIPT.parent)
    return Commands(checkout, monkeypatch)


@pytest.fixture
def lock_files(checkout: Path) -> list[Path]:
    """Those of every npm project."""
    paths = [checkout / name / "package-lock.json" for name in NPM_PROJECTS]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text("{}")
    return paths


def test_an_old_interpreter_is_told_what_is_needed() -> None:
    done = subprocess.run([sys.executable, "-c", OLD], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "make setup PYTHON=" in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_is_installed_from_hashes(commands: Commands) -> None:
    installs = [c for c in commands.of_setup() if "install" in c or "sync" in c]
    assert len(installs) >= 4
    for command in installs:
        assert "--require-hashes" in command


def test_nexus_gen_comes_in_one_go_with_what_it_needs(commands: Commands) -> None:
    """A sync without it would remove it, under the hands of whoever runs it."""
    python = str(Path(".venv/bin/python"))
    changes = [c for c in commands.of_setup() if "--python" in c and c[-1].endswith("ours.txt")]
    (command,) = [c for c in commands.noted if any(part.endswith(python) for part in c[3:])]
    assert changes == [command]
    assert "sync" in command


def test_nothing_runs_where_nothing_changed(commands: Commands) -> None:
    assert commands.of_setup()
    assert commands.of_setup() == []


@pytest.mark.parametrize(
    ("changed", "environment"),
    [("dev.txt", ".venv"), ("bootstrap.txt", ".venv"), ("checkov.txt", ".tools/checkov")],
)
def test_a_changed_lock_file_updates_its_environment_alone(
    commands: Commands, checkout: Path, changed: str, environment: str
) -> None:
    commands.of_setup()
    with (checkout / "requirements" / changed).open("a") as lock:
        lock.write("# newer\n")
    ran = commands.of_setup()
    python = str(checkout / environment / "bin" / "python")
    assert ran
    assert all(python in command for command in ran), ran
    assert not any("venv" in command for command in ran), "it is kept, not made anew"


def test_an_interrupted_update_is_repeated_even_if_the_change_is_undone(
    commands: Commands, checkout: Path
) -> None:
    commands.of_setup()
    lock = checkout / "requirements/checkov.txt"
    before = lock.read_text()
    lock.write_text(f"{before}# newer\n")
    commands.globals["run"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        commands.of_setup()
    commands.globals["run"] = commands.note
    lock.write_text(before)
    assert any("sync" in command for command in commands.of_setup())


def interrupt(*command: str | Path) -> None:
    raise KeyboardInterrupt


def test_a_checkout_that_was_moved_gets_new_environments(
    commands: Commands, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts of an environment name the interpreter by its path."""
    commands.of_setup()
    moved = checkout.rename(checkout.with_name("elsewhere"))
    made = [command for command in Commands(moved, monkeypatch).of_setup() if "venv" in command]
    assert {Path(command[-1]).relative_to(moved).as_posix() for command in made} >= {
        ".venv",
        ".tools/checkov",
    }


def test_npm_packages_are_installed_when_their_lock_changes(
    commands: Commands, lock_files: list[Path]
) -> None:
    installed = [command for command in commands.of_setup() if command[0] == "npm"]
    assert len(installed) == len(lock_files)
    for command in installed:
        assert command[1] == "ci"
        assert "--ignore-scripts" in command, "no package runs code of its own"
    assert commands.of_setup() == []
    lock_files[0].write_text("{ }")
    assert [command[:2] for command in commands.of_setup()] == [["npm", "ci"]]


def test_dev_and_api_install_what_they_need_and_no_more(
    commands: Commands, checkout: Path, lock_files: list[Path]
) -> None:
    def installed() -> set[str]:
        stamps = checkout.glob("**/.setup-stamp")
        return {path.parent.relative_to(checkout).as_posix() for path in stamps}

    assert "dev.txt" not in str(commands.of_setup("--api"))
    assert installed() == {".venv", ".tools/ministack"}
    assert "dev.txt" not in str(commands.of_setup("--dev"))
    assert installed() == {".venv", ".tools/ministack", "console/node_modules"}
    assert "dev.txt" in str(commands.of_setup())
    assert installed() > {".tools/checkov", "tests/client/node_modules"}


@pytest.mark.parametrize("changed", [False, True])
def test_dev_takes_nothing_away_from_who_develops(
    commands: Commands, checkout: Path, changed: bool
) -> None:
    commands.of_setup()
    (checkout / ".venv/bin/pytest").touch()
    if changed:
        with (checkout / "requirements/dev.txt").open("a") as lock:
            lock.write("# newer\n")
    ran = commands.of_setup("--dev")
    assert [command for command in ran if "run.txt" in str(command)] == []
    assert bool(ran) is changed


def test_what_is_done_and_how_far_it_is_is_said(
    commands: Commands, lock_files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    commands.of_setup("--dev")
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("setup: 3 to install: .venv (nexus-gen and its Python packages), ")
    assert "setup: .tools/ministack: installing" in rest
    ended = [re.search(r"(\S+): done in \d+ s \((\d) of 3\)$", line) for line in rest]
    assert {end[1] for end in ended if end} == {".venv", ".tools/ministack", "console/node_modules"}
    assert [end[2] for end in ended if end] == ["1", "2", "3"]
    commands.of_setup("--dev")
    assert capsys.readouterr().out == "", "nothing is said where nothing is done"


def test_a_long_step_says_that_it_is_under_way(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = commands.globals["Progress"]("setup", 2)
    with progress.step(".venv", "installing"), progress.step("console", "installing"):
        progress.still()
    assert "setup: still at .venv (0 s), console (0 s)" in capsys.readouterr().out
    progress.still()
    assert capsys.readouterr().out == ""


def test_a_setup_that_waits_for_another_says_so(
    commands: Commands, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / ".tools").mkdir()
    with (checkout / ".tools/.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        commands.globals["fcntl"] = SimpleNamespace(
            LOCK_EX=fcntl.LOCK_EX,
            LOCK_NB=fcntl.LOCK_NB,
            flock=lambda lock, how: fcntl.flock(lock, how) if how & fcntl.LOCK_NB else None,
        )
        commands.of_setup("--api")
    assert "waiting for another setup of this checkout" in capsys.readouterr().out


OLD_NODE = "/bin/node is Node.js 18.19.1, which is too old\ninstall Node.js 20.19 or newer"


def test_dev_without_node_fails_before_anything_is_installed(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands.prerequisites, "node_problem", lambda: OLD_NODE)
    with pytest.raises(SystemExit) as ended:
        commands.of_setup("--dev")
    assert (ended.value.code, commands.noted) == (1, [])
    said = capsys.readouterr().err
    assert "18.19.1, which is too old" in said
    assert "`make api` serves the API without it" in said
    assert commands.of_setup("--api"), "the API needs none"


def test_setup_without_node_installs_the_rest_and_says_what_is_missing(
    commands: Commands,
    lock_files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(commands.prerequisites, "node_problem", lambda: OLD_NODE)
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    ran = commands.of_setup()
    assert ran
    assert not any(command[0] == "npm" for command in ran)
    said = capsys.readouterr().out
    assert said.index("too old") < said.index("to install:")
    assert "no Terraform checks: terraform cannot be found" in said


def test_an_interpreter_that_makes_no_environments_is_said_before_half_of_one_is_made(
    commands: Commands,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Debian and Ubuntu package `venv` apart."""
    find_spec = importlib.util.find_spec
    absent = {"ensurepip": None}
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: absent.get(name, find_spec) and find_spec(name)
    )
    for arguments in ([], ["--dev"], ["--api"]):
        with pytest.raises(SystemExit):
            commands.of_setup(*arguments)
        assert f"python3.{sys.version_info.minor}-venv" in capsys.readouterr().err
    assert commands.noted == []
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ({}, "node and npm cannot be found"),
        ({"node": "v22.14.0"}, "npm cannot be found"),
        ({"npm": "10.9.0"}, "node cannot be found"),
        ({"node": "v18.19.1", "npm": "9.2.0"}, "is Node.js 18.19.1, which is too old"),
        ({"node": "v20.18.3", "npm": "9.2.0"}, "is Node.js 20.18.3, which is too old"),
        ({"node": "v21.7.3", "npm": "9.2.0"}, "is Node.js 21.7.3, which is too old"),
        ({"node": "v22.11.0", "npm": "9.2.0"}, "is Node.js 22.11.0, which is too old"),
        ({"node": "", "npm": "9.2.0"}, "`node --version` fails"),
        ({"node": "v20.19.0", "npm": "10.9.0"}, None),
        ({"node": "v22.12.0", "npm": "10.9.0"}, None),
        ({"node": "v24.0.0-nightly", "npm": "11.0.0"}, None),
    ],
)
def test_node_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: dict[str, str], said: str | None
) -> None:
    for program, version in versions.items():
        (tmp_path / program).write_text(f"#!/bin/sh\necho '{version}'\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    problem = runpy.run_path(str(SCRIPT.with_name("prerequisites.py")))["node_problem"]()
    if said is None:
        assert problem is None
    else:
        assert said in problem
        assert "install Node.js 20.19 or newer" in problem


def test_node_is_as_new_as_the_console_s_build_wants_it() -> None:
    wanted = runpy.run_path(str(SCRIPT.with_name("prerequisites.py")))["NODE_RANGE"]
    packages = json.loads((ROOT / "console/package-lock.json").read_text())["packages"]
    assert packages["node_modules/vite"]["engines"]["node"] == wanted


def test_every_tool_has_a_name_for_people(commands: Commands) -> None:
    locks = {path.stem for path in (ROOT / "requirements").glob("*.in")}
    assert locks - {"bootstrap"} == set(commands.globals["TOOLS_FOR"])


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.stem
)
def test_a_lock_file_pins_by_hash_and_names_no_place(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?://|file:|--index|--extra-index|--find-links|^/", text, re.M)
    assert "make lock" in text.splitlines()[1]
    requirements = re.findall(r"^[A-Za-z0-9][^\s]*==\S+", text, re.M)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert len(requirements) == len(blocks) > 0
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_locks_of_one_environment_agree() -> None:
    """`.venv` is synchronized to two; two versions of one package could not be."""
    pins: dict[str, set[str]] = {}
    for name in ("bootstrap", "dev", "run"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        for package, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.M):
            pins.setdefault(package, set()).add(version)
    assert {package: v for package, v in pins.items() if len(v) > 1} == {}
