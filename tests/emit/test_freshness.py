"""When a build may skip its work, and when it must not."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nexus_gen.emit import freshness
from nexus_gen.emit.files import chunks
from nexus_gen.emit.freshness import Snapshot, unchanged

OUTPUTS = dict.fromkeys(["dist/a.zip", "generated/a.txt", "generated/b/c.txt"])
LARGEST = 1000
LONG_AGO = 1_700_000_000_000_000_000


@pytest.fixture
def compiler(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the compiler's own files, old enough to be trusted."""
    base = tmp_path_factory.mktemp("tool")
    for name in ("nexus_gen/x.py", "templates/t.jinja", "nexus_runtime/y.py"):
        (base / name).parent.mkdir(exist_ok=True)
        (base / name).write_text(name)
    monkeypatch.setattr(freshness, "_TOOL", str(base / "nexus_gen"))
    return base


@pytest.fixture
def project(tmp_path: Path, compiler: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project after a build long enough ago for times to be trusted."""
    for name in ("spec/nexus.yaml", "spec/verticals/a.yaml", *OUTPUTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n")
    now = time.time_ns()
    with monkeypatch.context() as later:
        later.setattr(freshness.time, "time_ns", lambda: now + 60 * 10**9)
        Snapshot(str(tmp_path), LARGEST).record(OUTPUTS)
    return tmp_path


def rewrite(path: Path, content: str) -> None:
    """Other bytes of the same length with the same time of change: the worst case for a stat."""
    before = path.stat()
    assert len(content) == before.st_size
    path.write_text(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_nothing_changed(project: Path) -> None:
    assert unchanged(str(project)) == len(OUTPUTS)


@pytest.mark.parametrize("name", ["spec/nexus.yaml", "spec/verticals/b.yaml"])
def test_a_pipe_is_never_opened(project: Path, name: str) -> None:
    """Whoever opens it waits for somebody to write; this test would not end."""
    (project / name).unlink(missing_ok=True)
    os.mkfifo(project / name)
    assert unchanged(str(project)) is None
    Snapshot(str(project), LARGEST).record(OUTPUTS)
    assert unchanged(str(project)) is None


def test_a_file_of_another_kind_is_no_input(project: Path) -> None:
    (project / "spec" / "README.md").write_text("x")
    assert unchanged(str(project)) == len(OUTPUTS)


def test_no_record(tmp_path: Path) -> None:
    assert unchanged(str(tmp_path)) is None


def same_size_and_time(name: str) -> Callable[[Path], None]:
    return lambda root: rewrite(root / name, f"{name}\n"[::-1])


CHANGES: dict[str, Callable[[Path], object]] = {
    "spec edited": lambda r: (r / "spec/nexus.yaml").write_text("x"),
    "spec edited, same size and time": same_size_and_time("spec/nexus.yaml"),
    "vertical edited": lambda r: (r / "spec/verticals/a.yaml").write_text("x"),
    "vertical added": lambda r: (r / "spec/verticals/b.yaml").write_text("x"),
    "vertical removed": lambda r: (r / "spec/verticals/a.yaml").unlink(),
    "vertical renamed": lambda r: (r / "spec/verticals/a.yaml").rename(r / "spec/verticals/c.yaml"),
    "file out of place": lambda r: (
        (r / "spec/verticals/more").mkdir(),
        (r / "spec/verticals/more/a.yaml").write_text("x"),
    ),
    "mixins added": lambda r: (r / "spec/mixins.yaml").write_text("x"),
    "spec removed": lambda r: shutil.rmtree(r / "spec"),
    "output edited": lambda r: (r / "generated/a.txt").write_text("x"),
    "output edited, same size and time": same_size_and_time("generated/a.txt"),
    "output removed": lambda r: (r / "generated/a.txt").unlink(),
    "all output removed": lambda r: shutil.rmtree(r / "generated"),
    "output is a link now": lambda r: (
        (r / "generated/a.txt").rename(r / "elsewhere"),
        (r / "generated/a.txt").symlink_to(r / "elsewhere"),
    ),
    "package edited": lambda r: (r / "dist/a.zip").write_text("x"),
    "package removed": lambda r: (r / "dist/a.zip").unlink(),
    "build interrupted": lambda r: (r / "generated/.nexus").mkdir(),
    "record damaged": lambda r: (r / freshness.RECORD).write_text("x"),
    "record empty": lambda r: (r / freshness.RECORD).write_text(""),
    "record of another version": lambda r: (r / freshness.RECORD).write_text(
        (r / freshness.RECORD).read_text().replace("record 1", "record 0")
    ),
    "record cut short": lambda r: (r / freshness.RECORD).write_text(
        (r / freshness.RECORD).read_text()[:-9]
    ),
    "record of bytes": lambda r: (r / freshness.RECORD).write_bytes(b"\xff\x00"),
    "forgotten": lambda r: freshness.forget(str(r)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_is_seen(project: Path, change: Callable[[Path], object]) -> None:
    change(project)
    assert unchanged(str(project)) is None


@pytest.mark.parametrize("name", ["nexus_gen/x.py", "templates/t.jinja", "nexus_runtime/y.py"])
def test_change_of_the_compiler_is_seen(project: Path, compiler: Path, name: str) -> None:
    rewrite(compiler / name, name[::-1])
    assert unchanged(str(project)) is None


def test_new_file_of_the_compiler_is_seen(project: Path, compiler: Path) -> None:
    (compiler / "templates" / "new.jinja").write_text("x")
    assert unchanged(str(project)) is None


def test_bytecode_of_the_compiler_does_not_count(project: Path, compiler: Path) -> None:
    (compiler / "nexus_gen" / "__pycache__").mkdir()
    (compiler / "nexus_gen" / "__pycache__" / "x.pyc").write_text("x")
    assert unchanged(str(project)) == len(OUTPUTS)


def test_other_times_with_the_same_bytes_are_no_change(project: Path) -> None:
    for name in ("spec/nexus.yaml", "generated/a.txt"):
        os.utime(project / name, ns=(LONG_AGO, LONG_AGO))
    record = (project / freshness.RECORD).read_text()
    assert unchanged(str(project)) == len(OUTPUTS)
    assert (project / freshness.RECORD).read_text() != record
    assert unchanged(str(project)) == len(OUTPUTS)


def test_file_as_young_as_the_record_is_read(project: Path, compiler: Path) -> None:
    for path in (*compiler.rglob("*"), *project.rglob("*")):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    Snapshot(str(project), LARGEST).record(OUTPUTS)
    text = (project / freshness.RECORD).read_text()
    assert unchanged(str(project)) is None, "the compiler's files changed a moment ago"
    assert (project / freshness.RECORD).read_text() == text


def test_edit_between_snapshot_and_record_is_seen(project: Path) -> None:
    snapshot = Snapshot(str(project), LARGEST)
    (project / "spec" / "nexus.yaml").write_text("saved while the build ran\n")
    snapshot.record(OUTPUTS)
    assert unchanged(str(project)) is None


@pytest.mark.parametrize("name", ["a\tb.yaml", "a\nb.yaml", "a\rb.yaml"])
def test_name_that_the_record_cannot_hold_gives_no_record(project: Path, name: str) -> None:
    (project / "spec" / name).write_text("x")
    Snapshot(str(project), LARGEST).record(OUTPUTS)
    assert not (project / freshness.RECORD).exists()


def test_record_that_cannot_be_kept_fails_no_build(project: Path) -> None:
    shutil.rmtree(project / ".nexus")
    (project / ".nexus").write_text("a file in the way")
    Snapshot(str(project), LARGEST).record(OUTPUTS)
    assert unchanged(str(project)) is None


@pytest.mark.parametrize("size", [LARGEST, 300 * 1024 * 1024])
def test_a_spec_that_is_too_large_is_not_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    os.truncate(project / "spec/verticals/a.yaml", size)
    with monkeypatch.context() as patch:
        patch.setattr(freshness, "chunks", unread)
        Snapshot(str(project), LARGEST).record(OUTPUTS)
        assert unchanged(str(project)) is None


def test_a_file_of_another_size_is_not_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.truncate(project / "dist/a.zip", 10**10)
    monkeypatch.setattr(freshness, "chunks", unread)
    assert unchanged(str(project)) is None


def unread(path: str, size: int) -> Iterator[bytes]:
    raise AssertionError(f"{path} is read")


def test_a_file_that_grows_while_it_is_read_ends(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert b"".join(chunks(str(tmp_path / "a"), 3_000_000)) == b"x" * 3_000_000
    for size in (0, 1, 1024 * 1024, 2_999_999):
        with pytest.raises(OSError, match="growing"):
            list(chunks(str(tmp_path / "a"), size))
