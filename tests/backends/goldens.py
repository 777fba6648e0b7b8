"""Golden cases of one backend: `golden/<behaviour>/vertical.yaml` beside what it renders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

SPEC = "vertical.yaml"


def cases(folder: Path) -> list[Path]:
    """Folders of the cases, sorted."""
    return sorted(path.parent for path in (folder / "golden").glob(f"*/{SPEC}"))


def expect(case: Path, files: Mapping[str, bytes], *, update: bool) -> None:
    """Compare rendered files with those of a case, or with `update` write them."""
    expected = {path.relative_to(case).as_posix(): path for path in _files(case)}
    if update:
        _write(case, files, expected.keys() - files.keys())
        return
    assert sorted(expected) == sorted(files)
    for name, content in files.items():
        assert content.decode() == expected[name].read_text(encoding="utf-8"), name


def _files(case: Path) -> Iterable[Path]:
    return (
        path
        for path in case.rglob("*")
        if path.is_file() and path.name != SPEC and "__pycache__" not in path.parts
    )


def _write(case: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> None:
    for name in gone:
        (case / name).unlink()
    for name, content in files.items():
        (case / name).parent.mkdir(parents=True, exist_ok=True)
        (case / name).write_bytes(content)
