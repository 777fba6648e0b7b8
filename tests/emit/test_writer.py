"""What a build does to `generated/`, and what it refuses to do."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nexus_gen.backends import Artifact
from nexus_gen.emit import manifest as manifests
from nexus_gen.emit.problems import OutputError
from nexus_gen.emit.writer import check
from tests.emit.conftest import COURSE, artifacts, build, in_child, times, tree

FILES = {"b/two.txt": "two\n", "one.txt": "one\n"}


def codes(error: pytest.ExceptionInfo[OutputError]) -> list[str]:
    return [diagnostic.code for diagnostic in error.value.diagnostics]


def places(error: pytest.ExceptionInfo[OutputError]) -> list[str]:
    return [str(diagnostic.span) for diagnostic in error.value.diagnostics]


def test_first_build_writes_files_and_their_manifest(tmp_path: Path) -> None:
    plan = build(tmp_path, FILES)
    assert [change.path for change in plan.create] == ["b/two.txt", "manifest.json", "one.txt"]
    found = tree(tmp_path)
    assert {name: found[name] for name in FILES} == {k: v.encode() for k, v in FILES.items()}
    entry = manifests.parse(found["manifest.json"]).files["one.txt"]
    assert entry.sha256 == manifests.sha256(b"one\n")
    assert (entry.template, entry.sources) == ("lambda/entity.py.jinja", (COURSE,))
    assert sorted(found) == ["b/two.txt", "manifest.json", "one.txt"]


def test_second_build_touches_nothing(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    before = times(tmp_path)
    plan = build(tmp_path, FILES)
    assert not plan.changes
    assert plan.keep == ("b/two.txt", "manifest.json", "one.txt")
    assert times(tmp_path) == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    before = times(tmp_path)
    plan = build(tmp_path, FILES | {"one.txt": "1\n"})
    assert [change.path for change in plan.update] == ["manifest.json", "one.txt"]
    changed = {path for path, stamp in times(tmp_path).items() if before[path] != stamp}
    assert {Path(path).name for path in changed} == {"manifest.json", "one.txt"}


def test_file_that_is_no_longer_generated_is_deleted_with_its_folder(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    plan = build(tmp_path, {"one.txt": "one\n"})
    assert [change.path for change in plan.delete] == ["b/two.txt"]
    assert sorted(tree(tmp_path)) == ["manifest.json", "one.txt"]


def test_file_that_no_build_wrote_is_left_alone(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "b" / "mine.txt").write_text("mine\n")
    build(tmp_path, {"one.txt": "one\n"})
    assert sorted(tree(tmp_path)) == ["b/mine.txt", "manifest.json", "one.txt"]


def test_file_that_somebody_deleted_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "one.txt").unlink()
    plan = build(tmp_path, FILES)
    assert [change.path for change in plan.create] == ["one.txt"]


def test_deleted_file_that_is_no_longer_generated_is_forgotten(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "b" / "two.txt").unlink()
    plan = build(tmp_path, {"one.txt": "one\n"})
    assert not plan.delete
    assert "b/two.txt" not in manifests.parse(tree(tmp_path)["manifest.json"]).files


@pytest.mark.parametrize("after", [FILES | {"one.txt": "1\n"}, {"b/two.txt": "two\n"}, FILES])
def test_edited_file_stops_the_build_before_it_writes(
    tmp_path: Path, after: dict[str, str]
) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "one.txt").write_text("mine\n")
    before = tree(tmp_path)
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, after | {"new.txt": "new\n"})
    assert codes(refusal) == ["NX401"]
    assert places(refusal)[0].startswith("generated/one.txt")
    assert "to keep the edit" in refusal.value.diagnostics[0].help
    assert "templates/lambda/entity.py.jinja" in refusal.value.diagnostics[0].help
    assert tree(tmp_path) == before


def test_every_edited_file_is_named_at_its_first_difference(tmp_path: Path) -> None:
    build(tmp_path, {"a.txt": "1\n2\n3\n", "b.txt": "1\n2\n"})
    (tmp_path / "generated" / "a.txt").write_text("1\n2\nmine\n")
    (tmp_path / "generated" / "b.txt").write_text("1\n")
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, {"a.txt": "1\n2\n3\n", "b.txt": "1\n2\n"})
    assert places(refusal) == ["generated/a.txt:3:1", "generated/b.txt:2:1"]


def test_edit_that_equals_the_new_output_is_adopted(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "one.txt").write_text("1\n")
    plan = build(tmp_path, FILES | {"one.txt": "1\n"})
    assert "one.txt" in plan.keep


def test_foreign_file_in_the_place_of_an_output_is_not_overwritten(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "new.txt").write_text("mine\n")
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, FILES | {"new.txt": "new\n"})
    assert codes(refusal) == ["NX402"]
    assert (tmp_path / "generated" / "new.txt").read_text() == "mine\n"


def test_missing_manifest_is_made_again_where_nothing_else_changed(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    before = tree(tmp_path)
    (tmp_path / "generated" / "manifest.json").unlink()
    build(tmp_path, FILES)
    assert tree(tmp_path) == before


def test_missing_manifest_is_named_where_files_changed(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "manifest.json").unlink()
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, FILES | {"one.txt": "1\n"})
    assert codes(refusal) == ["NX402"]
    assert "restore generated/manifest.json" in refusal.value.diagnostics[0].help


DAMAGED = [
    b"",
    b"{",
    b"<<<<<<< HEAD\n",
    b"[]",
    b"null",
    b'{"version": 2, "files": {}}',
    b'{"version": 1}',
    b'{"version": 1, "files": []}',
    b'{"version": 1, "files": {"a": []}}',
    b'{"version": 1, "files": {"a": {"sha256": 1, "template": ""}}}',
    b'{"version": 1, "files": {"a": {"sha256": "x", "template": ""}}}',
    b'{"version": 1, "files": {"a": {"template": ""}}}',
    b'{"version": 1, "files": {"../a": {"sha256": "%s", "template": ""}}}' % (b"0" * 64),
    b'{"version": 1, "files": {"/a": {"sha256": "%s", "template": ""}}}' % (b"0" * 64),
    b'{"version": 1, "files": {"a": {"sha256": "%s", "template": "", "sources": ["x"]}}}'
    % (b"0" * 64),
    b"\xff\xfe",
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_damaged_manifest_is_named(tmp_path: Path, content: bytes) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "manifest.json").write_bytes(content)
    before = tree(tmp_path)
    for look in (build, lambda root, files: check(root, artifacts(files))):
        with pytest.raises(OutputError) as refusal:
            look(tmp_path, FILES)
        assert codes(refusal) == ["NX405"]
    assert tree(tmp_path) == before


def test_listed_path_outside_the_output_is_never_deleted(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    listed = manifests.sha256(b"precious")
    manifest = tmp_path / "generated" / "manifest.json"
    text = manifest.read_text().replace(
        '"one.txt":', f'"../victim.txt": {{"sha256": "{listed}", "template": ""}},\n"one.txt":'
    )
    manifest.write_text(text)
    with pytest.raises(OutputError):
        build(tmp_path, FILES)
    assert victim.read_text() == "precious"


def folder_in_place_of_a_file(top: Path) -> None:
    (top / "one.txt").mkdir(parents=True)
    (top / "one.txt" / "mine.txt").write_text("mine\n")


def file_in_place_of_a_folder(top: Path) -> None:
    top.mkdir()
    (top / "b").write_text("mine\n")


def pipe_in_place_of_a_file(top: Path) -> None:
    top.mkdir()
    os.mkfifo(top / "one.txt")


def link_in_place_of_a_file(top: Path) -> None:
    top.mkdir()
    (top.parent / "outside.txt").write_text("outside\n")
    (top / "one.txt").symlink_to(top.parent / "outside.txt")


def dangling_link(top: Path) -> None:
    top.mkdir()
    (top / "one.txt").symlink_to(top.parent / "not-there.txt")


def link_in_place_of_a_folder(top: Path) -> None:
    top.mkdir()
    (top.parent / "outside").mkdir()
    (top / "b").symlink_to(top.parent / "outside")


def link_in_place_of_the_output(top: Path) -> None:
    (top.parent / "outside").mkdir()
    top.symlink_to(top.parent / "outside")


def link_in_place_of_the_work_folder(top: Path) -> None:
    top.mkdir()
    (top.parent / "outside").mkdir()
    (top / ".nexus").symlink_to(top.parent / "outside")


def file_in_place_of_the_output(top: Path) -> None:
    top.write_text("mine\n")


@pytest.mark.parametrize(
    ("obstruct", "code", "place"),
    [
        (folder_in_place_of_a_file, "NX403", "generated/one.txt"),
        (file_in_place_of_a_folder, "NX403", "generated/b"),
        (pipe_in_place_of_a_file, "NX403", "generated/one.txt"),
        (link_in_place_of_a_file, "NX404", "generated/one.txt"),
        (dangling_link, "NX404", "generated/one.txt"),
        (link_in_place_of_a_folder, "NX404", "generated/b"),
        (link_in_place_of_the_output, "NX404", "generated"),
        (link_in_place_of_the_work_folder, "NX404", "generated/.nexus"),
        (file_in_place_of_the_output, "NX403", "generated"),
    ],
)
def test_what_is_in_the_way_is_named_and_kept(
    tmp_path: Path, obstruct: Callable[[Path], None], code: str, place: str
) -> None:
    obstruct(tmp_path / "generated")
    before = {
        path: path.lstat().st_mode
        for path in tmp_path.rglob("*")
        if ".nexus" not in path.parts[:-1]
    }
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, FILES)
    assert codes(refusal) == [code]
    assert places(refusal) == [place]
    assert {path: path.lstat().st_mode for path in before} == before
    assert not list(tmp_path.glob("outside/*"))


def test_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    for files in ({"a": "1\n"}, {"a/b/c": "2\n"}, {"a": "3\n"}):
        build(tmp_path, files)
        assert {k: v.decode() for k, v in tree(tmp_path).items() if k != "manifest.json"} == files


@pytest.mark.parametrize("mine", ["a/empty", "a/b/empty/empty"])
def test_an_empty_folder_of_somebody_is_in_the_way(tmp_path: Path, mine: str) -> None:
    build(tmp_path, {"a/b/c": "1\n"})
    (tmp_path / "generated" / mine).mkdir(parents=True)
    before = tree(tmp_path)
    with pytest.raises(OutputError) as refusal:
        build(tmp_path, {"a": "2\n"})
    assert (codes(refusal), places(refusal)) == (["NX403"], ["generated/a"])
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a//b", "", ".", "a/..", "a\\b", "C:x", ".nexus/x", "a\n", "a.", "a "]
)
def test_backend_cannot_write_outside_the_output(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="a backend writes to"):
        build(tmp_path, {path: "x"})
    assert tree(tmp_path) == {}


def test_two_artifacts_that_some_file_systems_hold_for_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two artifacts"):
        build(tmp_path, {"Readme.md": "1", "README.md": "2"})
    twice = Artifact("a", b"1", "t")
    with pytest.raises(ValueError, match="two artifacts"):
        check(tmp_path, [twice, twice])


def as_nobody(task: Callable[[], object]) -> int:
    """Run it in a child that file permissions hold for: root's do not."""

    def run() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        task()

    return in_child(run)


def let_everybody_in(folder: Path) -> None:
    """Open what pytest puts above the folder, which is one level more for each worker's own."""
    for above in folder.parents:
        if above == Path(tempfile.gettempdir()).resolve() or above.parent == above:
            return
        above.chmod(0o755)


@pytest.mark.parametrize("closed", ["generated", "generated/b", "."])
def test_tree_that_cannot_be_written_is_named_and_kept(
    tmp_path_factory: pytest.TempPathFactory, closed: str
) -> None:
    root = tmp_path_factory.mktemp("project")
    build(root, FILES)
    before = tree(root)
    let_everybody_in(root)
    for path in (root, *root.rglob("*")):
        path.chmod(0o777)
    for path in (root / closed, *(root / closed).rglob("*")):
        path.chmod(0o555)

    def refused() -> None:
        with pytest.raises(OutputError) as refusal:
            build(root, {"b/two.txt": "2\n", "c.txt": "new\n"})
        assert codes(refusal) == ["NX406"]
        assert "Permission denied" in str(refusal.value)

    assert as_nobody(refused) == 0
    assert tree(root) == before


def test_read_only_tree_that_is_up_to_date_is_fine(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("project")
    build(root, FILES)
    let_everybody_in(root)
    for path in (root, *root.rglob("*")):
        path.chmod(0o555)
    assert as_nobody(lambda: build(root, FILES)) == 0
    assert as_nobody(lambda: check(root, artifacts(FILES))) == 0
