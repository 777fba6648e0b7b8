"""A build that dies, or is refused something, at any point between two states of the tree."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from pathlib import Path

import pytest

from nexus_gen.emit.problems import OutputError
from nexus_gen.emit.writer import check, writing
from tests.emit.conftest import artifacts, at_mutation, build, in_child, times, tree
from tests.sizes import size

OLD = {
    "README.md": "old\n",
    "a/gone.txt": "gone\n",
    "a/kept.txt": "kept\n",
    "alone/gone.txt": "gone\n",
    "becomes/a/file.txt": "folder\n",
    "becomes_folder": "file\n",
    "b/changed.txt": "old\n",
    "c/changed.txt": "old\n",
}
NEW = {
    "README.md": "new\n",
    "a/kept.txt": "kept\n",
    "b/changed.txt": "new\n",
    "becomes": "file now\n",
    "becomes_folder/deep/x.txt": "folder now\n",
    "c/changed.txt": "new\n",
    "d/e/f.txt": "new\n",
    "d/g.txt": "new\n",
}
MANY = 200
"""More than the calls of any scenario here, so that a loop over points ends."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def states(tmp_path: Path) -> dict[str, dict[str, bytes]]:
    """The tree before and after, as builds that nobody disturbs leave it."""
    result = {"none": {}}
    for name, files in (("old", OLD), ("new", NEW)):
        root = tmp_path / name
        root.mkdir()
        build(root, files)
        result[name] = tree(root)
    return result


def start(tmp_path: Path, name: str) -> Path:
    """A project in the old state, or one without output."""
    root = tmp_path / "project"
    shutil.rmtree(root, ignore_errors=True)
    if name == "none":
        root.mkdir()
    else:
        shutil.copytree(tmp_path / name, root)
    (root / ".nexus").mkdir(exist_ok=True)
    (root / ".nexus" / "lock").touch()
    return root


def killed_at(number: int, root: Path, files: dict[str, str]) -> bool:
    """Whether a build of the files was killed at its n-th change of the disk."""

    def task() -> None:
        at_mutation(number, die)
        build(root, files)

    code = in_child(task)
    assert code in (0, -signal.SIGKILL)
    return code != 0


@pytest.mark.parametrize("before", ["old", "none"])
def test_next_build_repairs_a_build_killed_at_any_point(
    tmp_path: Path, states: dict[str, dict[str, bytes]], before: str
) -> None:
    points = 0
    for number in range(1, MANY):
        root = start(tmp_path, before)
        if not killed_at(number, root, NEW):
            break
        points += 1
        build(root, NEW)
        assert tree(root) == states["new"], f"killed at change {number}"
        assert check(root, artifacts(NEW)) == ()
    assert points >= 40


def test_killed_build_leaves_the_old_or_the_new_tree_to_a_build_that_fails(
    tmp_path: Path, states: dict[str, dict[str, bytes]]
) -> None:
    seen = []
    for number in range(1, MANY):
        root = start(tmp_path, "old")
        if not killed_at(number, root, NEW):
            break
        with pytest.raises(ZeroDivisionError), writing(root):
            raise ZeroDivisionError
        seen.append(next(name for name, state in states.items() if state == tree(root)))
    turn = seen.index("new")
    assert seen == ["old"] * turn + ["new"] * (len(seen) - turn)
    assert turn > 5
    assert len(seen) - turn > 20


def test_killed_build_can_be_followed_by_a_build_of_the_old_spec(
    tmp_path: Path, states: dict[str, dict[str, bytes]]
) -> None:
    for number in range(1, MANY):
        root = start(tmp_path, "old")
        if not killed_at(number, root, NEW):
            break
        build(root, OLD)
        assert tree(root) == states["old"], f"killed at change {number}"


@pytest.mark.sampled
@pytest.mark.parametrize("first", range(5, 46, size(ci=20, soak=1)))
def test_repair_that_is_killed_at_any_point_is_repaired(
    tmp_path: Path, states: dict[str, dict[str, bytes]], first: int
) -> None:
    for second in range(1, MANY):
        root = start(tmp_path, "old")
        assert killed_at(first, root, NEW)
        if not killed_at(second, root, NEW):
            break
        build(root, NEW)
        assert tree(root) == states["new"], f"killed at {first}, then at {second}"


@pytest.mark.parametrize("before", ["old", "none"])
def test_build_that_is_refused_a_change_leaves_every_file_as_it_was(
    tmp_path: Path, states: dict[str, dict[str, bytes]], before: str
) -> None:
    outcomes = []
    for number in range(1, MANY):
        root = start(tmp_path, before)
        files_before = times(root)
        outcome = refused_at(number, root)
        if outcome == "undisturbed":
            break
        outcomes.append(outcome)
        if outcome == "failed":
            assert tree(root) == states[before], f"refused change {number}"
            assert times(root) == files_before
        else:
            build(root, NEW)
            assert tree(root) == states["new"], f"refused change {number}"
    assert outcomes.count("failed") >= 25


def refused_at(number: int, root: Path) -> str:
    """How a build ends whose n-th change of the disk the system refuses."""
    refused = []

    def refuse() -> None:
        refused.append(number)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def task() -> None:
        at_mutation(number, refuse)
        try:
            build(root, NEW)
        except OutputError as error:
            os._exit(10 if "No space left on device" in str(error) else 1)
        os._exit(11 if refused else 12)

    return {10: "failed", 11: "succeeded", 12: "undisturbed"}[in_child(task)]


def test_check_names_an_interrupted_build_and_repairs_nothing(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    assert killed_at(30, tmp_path, NEW)
    before = tree(tmp_path)
    assert [d.code for d in check(tmp_path, artifacts(NEW))] == ["NX407"]
    assert tree(tmp_path) == before


def test_what_somebody_saved_after_the_kill_is_not_overwritten(tmp_path: Path) -> None:
    for number in range(1, MANY):
        root = start(tmp_path, "none")
        build(root, OLD)
        if not killed_at(number, root, NEW):
            break
        edited = root / "generated" / "c" / "changed.txt"
        edited.parent.mkdir(exist_ok=True)
        edited.write_text("mine\n")
        with pytest.raises(OutputError) as refusal:
            build(root, NEW)
        assert [d.code for d in refusal.value.diagnostics] == ["NX401"]
        assert edited.read_text() == "mine\n"


@pytest.mark.parametrize("journal", ["", "{}", "[1]", '[["../../x", null, null]]', "[[1, 2, 3]]"])
def test_journal_that_was_damaged_is_named(tmp_path: Path, journal: str) -> None:
    build(tmp_path, OLD)
    work = tmp_path / "generated" / ".nexus"
    work.mkdir()
    (work / "journal.json").write_text(journal)
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, NEW)
    assert [d.code for d in refusal.value.diagnostics] == ["NX407"]
