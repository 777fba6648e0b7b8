"""`.nexus/local`: no link is followed, no pipe waited for, and nobody else reads what is there."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from nexus_gen.cli.dev import dev
from nexus_gen.cli.exits import ExitCode
from nexus_gen.local import state
from nexus_gen.local.emulator import DURABLE, EmulatorError, find_interpreter, start
from tests.emit.test_places import dangling_link, link_to_a_file, link_to_a_folder, pipe
from tests.local.running import ROOT, make_project

PLACES = (
    ".nexus/local",
    ".nexus/local/lock",
    ".nexus/local/education.log",
    ".nexus/local/emulator",
    ".nexus/local/emulator/CURRENT",
    ".nexus/local/emulator/generation-1/journal",
    ".nexus/local/emulator/cognito/pool.pem",
)
OBSTACLES = (link_to_a_folder, link_to_a_file, dangling_link, pipe)
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("project"))


def kinds(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What lies below a folder: mode, and the content of files."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    ("place", "obstruct"),
    [
        *((place, OBSTACLES[at % 4]) for at, place in enumerate(PLACES)),
        *((PLACES[-1], obstruct) for obstruct in OBSTACLES),
    ],
)
def test_dev_names_what_leads_out_of_its_folder_and_touches_nothing(
    project: Path, tmp_path: Path, place: str, obstruct: Callable[[Path, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (project / place).parent.mkdir(parents=True, exist_ok=True)
    obstruct(project / place, tmp_path)
    before = kinds(tmp_path)
    try:
        assert dev(project, 0, None, fresh=True, seed=0) is ExitCode.FAULT
        printed = capsys.readouterr().err
        assert place in printed
        assert ("NX403" if obstruct is pipe else "NX404") in printed
    finally:
        (project / place).unlink()
    assert kinds(tmp_path) == before


@pytest.mark.parametrize("obstruct", OBSTACLES)
def test_a_lock_or_a_log_that_leads_elsewhere_is_not_opened(
    tmp_path: Path, obstruct: Callable[[Path, Path], None]
) -> None:
    """Also where nobody has looked: it may have been put there a moment ago."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / state.STATE).mkdir(parents=True)
    outside.mkdir()
    obstruct(root / state.STATE / "lock", outside)
    before = kinds(outside)
    with (
        pytest.raises(state.UnusableError, match=r"^`\.nexus/local` cannot be used: "),
        state.locked(root, fresh=False),
    ):
        raise AssertionError
    (root / state.STATE / "lock").rename(root / state.STATE / "emulator.log")
    with pytest.raises(EmulatorError, match=r"emulator\.log` cannot be written: "):
        start((Path("/nowhere"), DURABLE), root / state.STATE, "eu-west-1", 1)
    assert kinds(outside) == before


@pytest.mark.parametrize("call", ["pwrite", "open", "mkdir"])
def test_a_full_disk_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **__: object) -> int:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with (
            pytest.raises(state.UnusableError) as refusal,
            state.locked(tmp_path, fresh=False),
        ):
            raise AssertionError
    assert str(refusal.value) == "`.nexus/local` cannot be used: No space left on device"
    with state.locked(tmp_path, fresh=False):
        pass


def test_rights_of_others_are_taken_away_and_programs_stay_programs(tmp_path: Path) -> None:
    """The checks keep Terraform's providers below `.nexus`, and run them."""
    below = tmp_path / ".nexus/check/providers"
    below.mkdir(parents=True)
    outside = tmp_path / "outside"
    for path, mode in ((below / "provider", 0o755), (below / "text", 0o644), (outside, 0o644)):
        path.touch()
        path.chmod(mode)
    (below / "link").symlink_to(outside)
    with state.locked(tmp_path, fresh=False):
        pass
    modes = {
        path: stat.S_IMODE(path.stat().st_mode)
        for path in (below, below / "provider", below / "text", outside)
    }
    assert list(modes.values()) == [0o700, 0o700, 0o600, 0o644]


JOURNAL = """
import importlib.util, pathlib, resource, signal, sys
spec = importlib.util.spec_from_file_location("emulate", sys.argv[1])
emulate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(emulate)
folder = pathlib.Path(sys.argv[2])
emulate.save = lambda service, state, folder: (folder / f"{service}.json").write_text("{}")
"""


def run_journal(folder: Path, code: str) -> str:
    """Run code with the emulator's own interpreter; what it printed."""
    command = [find_interpreter(ROOT), "-c", JOURNAL + code, DURABLE, folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_write_that_the_disk_has_no_room_for_leaves_no_part_in_the_journal(
    tmp_path: Path, project: Path
) -> None:
    printed = run_journal(
        tmp_path,
        """
journal = emulate.Journal(folder)
journal.begin({})
journal.add("first", b"1")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        journal.add("second", b"x" * 200)
    except OSError as error:
        print(pathlib.Path(error.filename).name)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.add("third", b"3")
print(emulate.Journal(folder).entries())
""",
    )
    assert printed.splitlines() == [
        "journal", "journal", "([['first', '1'], ['third', '3']], False)",
    ]  # fmt: skip


def test_a_generation_that_a_kill_left_is_removed(tmp_path: Path, project: Path) -> None:
    for left in (1, 7):
        (tmp_path / f"generation-{left}").mkdir()
    (tmp_path / "CURRENT").write_text("2")
    (tmp_path / "CURRENT.new").write_text("")
    run_journal(tmp_path, "emulate.Journal(folder).begin({})")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generation-3"]
    assert (tmp_path / "CURRENT").read_text() == "3"
