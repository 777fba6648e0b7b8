"""`dist/` and `.nexus/`: no link is followed, no pipe is waited for, no draft stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nexus_gen.emit import freshness
from nexus_gen.emit.problems import OutputError
from tests.emit.test_packages import FILES, build

PLACES = {
    "dist": True,
    "dist/lab-api.zip": False,
    ".nexus": True,
    ".nexus/lock": False,
}
"""Where a build writes beside `generated/`, and whether it is a folder."""
OURS = dict.fromkeys((".nexus", ".nexus/lock"))
"""Made by each build, also by one that is refused something."""


def link_to_a_folder(place: Path, outside: Path) -> None:
    (outside / "there").mkdir()
    place.symlink_to(outside / "there")


def link_to_a_file(place: Path, outside: Path) -> None:
    (outside / "there").write_text("theirs")
    place.symlink_to(outside / "there")


def dangling_link(place: Path, outside: Path) -> None:
    place.symlink_to(outside / "not-there")


def pipe(place: Path, outside: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("built", [False, True])
@pytest.mark.parametrize("obstruct", [link_to_a_folder, link_to_a_file, dangling_link, pipe])
def test_what_is_in_the_way_is_named_before_anything_is_written(
    tmp_path: Path, place: str, built: bool, obstruct: Callable[[Path, Path], None]
) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    if built:
        build(root, FILES)
    move_away(root / place, outside)
    obstruct(root / place, outside)
    before = listing(root), listing(outside)
    assert freshness.unchanged(str(root)) is None
    with pytest.raises(OutputError) as refusal:
        build(root, {**FILES, "new.txt": "new\n"})
    (found,) = refusal.value.diagnostics
    assert found.code == ("NX403" if obstruct is pipe else "NX404")
    assert found.span is not None
    assert found.span.file == place
    assert {**listing(root), **OURS} == {**before[0], **OURS}
    assert listing(outside) == before[1]


@pytest.mark.parametrize(
    ("place", "kind"), [(p, "file" if f else "a folder") for p, f in PLACES.items()]
)
def test_a_thing_of_another_kind_is_named(tmp_path: Path, place: str, kind: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    if PLACES[place]:
        (tmp_path / place).write_text("theirs")
    else:
        (tmp_path / place).mkdir()
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, FILES)
    assert [d.code for d in refusal.value.diagnostics] == ["NX403"]
    assert f"{kind} is in the way at `{place}`" in str(refusal.value)


def test_links_in_the_place_of_records_and_drafts_lead_nowhere(tmp_path: Path) -> None:
    root, theirs = tmp_path / "project", tmp_path / "theirs"
    root.mkdir()
    theirs.write_text("theirs")
    build(root, FILES)
    (root / "dist/lab-api.zip").unlink()
    (root / "dist/.lab-api.zip.draft").symlink_to(theirs)
    (root / ".nexus/build").symlink_to(theirs)
    (root / f".nexus/build.{os.getpid()}").symlink_to(theirs)
    (root / ".nexus/build.1").symlink_to(theirs)
    build(root, FILES)
    freshness.Snapshot(str(root), 1000).record({})
    assert theirs.read_text() == "theirs"
    assert sorted(path.name for path in (root / ".nexus").iterdir()) == ["build", "lock"]
    assert not (root / ".nexus/build").is_symlink()
    assert [path.name for path in (root / "dist").iterdir() if path.name[0] == "."] == []


@pytest.mark.parametrize("name", [".nexus/build", "generated/.nexus/journal.json"])
def test_a_pipe_in_the_place_of_a_record_is_not_waited_for(tmp_path: Path, name: str) -> None:
    build(tmp_path, FILES)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    assert freshness.unchanged(str(tmp_path)) is None
    if name == ".nexus/build":
        build(tmp_path, FILES)
    else:
        with pytest.raises(OutputError, match="is not a regular file"):
            build(tmp_path, FILES)


def move_away(place: Path, outside: Path) -> None:
    """Make room, as somebody would who links to where the folder went."""
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        place.rename(outside / "moved")


def listing(root: Path) -> dict[str, tuple[int, bytes] | None]:
    """Path -> mode and content of everything, links not followed."""
    found: dict[str, tuple[int, bytes] | None] = {}
    for path in sorted(root.rglob("*")):
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path.relative_to(root).as_posix()] = (path.lstat().st_mode, content)
    return found
