"""`make setup`: what makes it install again, and what it says where it cannot."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "setup.py"
OLD = (
    "import runpy, sys; sys.version_info = (3, 10, 13, 'final', 0); sys.version = '3.10.13 (x)';"
    f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, as far as setup looks at one."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "requirements", root / "requirements")
    for path in ("scripts/setup.py", "pyproject.toml"):
        (root / path).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    return root


class Commands:
    """The script with its commands noted instead of run; what they would make is made."""

    def __init__(self, root: Path) -> None:
        self.script = runpy.run_path(str(root / "scripts/setup.py"))
        self.globals: dict[str, Any] = self.script["main"].__globals__
        self.noted: list[list[str]] = []
        self.globals["run"] = self.note
        self.globals["SYSTEM_TOOLS"] = {}
        self.globals["sys"].argv = ["setup.py"]

    def note(self, *command: str | Path, cwd: Path | None = None) -> None:
        self.noted.append([str(part) for part in command])
        if "venv" in command:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.unlink(missing_ok=True)
            python.symlink_to(sys.executable)
        if command[:2] == ("npm", "ci"):
            assert cwd is not None
            (cwd / "node_modules").mkdir(exist_ok=True)

    def of_setup(self) -> list[list[str]]:
        self.noted.clear()
        main: Callable[[], None] = self.globals["main"]
        main()
        return list(self.noted)


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    return Commands(checkout)


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
        assert "--require-hashes" in command or {"--no-deps", "--no-build-isolation"} <= set(
            command
        )


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
    commands: Commands, checkout: Path
) -> None:
    """Scripts of an environment name the interpreter by its path."""
    commands.of_setup()
    moved = checkout.rename(checkout.with_name("elsewhere"))
    made = [command for command in Commands(moved).of_setup() if "venv" in command]
    assert {Path(command[-1]).relative_to(moved).as_posix() for command in made} >= {
        ".venv",
        ".tools/checkov",
    }


def test_npm_packages_are_installed_when_their_lock_changes(
    commands: Commands, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: f"/bin/{tool}")
    lock = checkout / "tests/editor/package-lock.json"
    lock.parent.mkdir(parents=True)
    lock.write_text("{}")
    (installed,) = [command for command in commands.of_setup() if command[0] == "npm"]
    assert installed[1] == "ci"
    assert "--ignore-scripts" in installed, "no package runs code of its own when it is installed"
    assert commands.of_setup() == []
    lock.write_text("{ }")
    assert [command[:2] for command in commands.of_setup()] == [["npm", "ci"]]


def test_an_absent_system_tool_is_named(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.globals["SYSTEM_TOOLS"] = {"no-such-tool": "the checks need it"}
    commands.of_setup()
    assert "no-such-tool is absent: the checks need it" in capsys.readouterr().out


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


def test_the_two_locks_of_one_environment_agree() -> None:
    """`.venv` is synchronized to both; two versions of one package could not be."""
    pins: dict[str, set[str]] = {}
    for name in ("bootstrap", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        for package, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.M):
            pins.setdefault(package, set()).add(version)
    assert {package: v for package, v in pins.items() if len(v) > 1} == {}
