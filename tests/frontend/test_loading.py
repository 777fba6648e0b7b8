"""The files of a spec: found, read inside the project only, all of them in one run."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.diagnostics import SpecError
from nexus_gen.frontend import DocumentKind, load, loading
from nexus_gen.frontend.files import MAX_BYTES


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "spec" / "verticals").mkdir(parents=True)
    (root / "spec" / "nexus.yaml").write_text("nexus: 1\n")
    return root


def _codes(root: Path) -> list[tuple[str, str]]:
    with pytest.raises(SpecError) as raised:
        load(root)
    return [(p.code, p.span.file if p.span else "") for p in raised.value.diagnostics]


def _vertical(root: Path, name: str, text: str = "vertical: x\n") -> Path:
    path = root / "spec" / "verticals" / name
    path.write_text(text)
    return path


def test_documents_come_in_one_order(project: Path) -> None:
    _vertical(project, "zoo.yaml")
    _vertical(project, "art.yaml")
    assert [(d.kind, d.file) for d in load(project)] == [
        (DocumentKind.NEXUS, "spec/nexus.yaml"),
        (DocumentKind.VERTICAL, "spec/verticals/art.yaml"),
        (DocumentKind.VERTICAL, "spec/verticals/zoo.yaml"),
    ]


def test_every_file_is_read_even_if_one_fails(project: Path) -> None:
    (project / "spec" / "nexus.yaml").write_text("a: 1\na: 2\n")
    _vertical(project, "art.yaml", "")
    _vertical(project, "zoo.yaml", "a: [\n")
    assert _codes(project) == [
        ("NX012", "spec/nexus.yaml"),
        ("NX009", "spec/verticals/art.yaml"),
        ("NX007", "spec/verticals/zoo.yaml"),
    ]


@pytest.mark.parametrize("text", ["mixins: {}\n", "", "a: [\n", "\0"])
def test_mixins_come_later_whatever_they_hold(project: Path, text: str) -> None:
    (project / "spec" / "mixins.yaml").write_text(text)
    assert _codes(project) == [("NX908", "spec/mixins.yaml")]


@pytest.mark.parametrize("present", ["", "spec"])
def test_a_project_without_spec_is_refused(tmp_path: Path, present: str) -> None:
    (tmp_path / present).mkdir(exist_ok=True)
    assert _codes(tmp_path) == [("NX001", "")]


@pytest.mark.parametrize(
    ("name", "move"),
    [
        ("spec/verticals/art.yml", "spec/verticals/art.yaml"),
        ("spec/nexus.yml", "spec/nexus.yaml"),
        ("spec/mixin.yaml", "spec/verticals/mixin.yaml"),
        ("spec/education.yaml", "spec/verticals/education.yaml"),
        ("spec/verticals/a b.yaml", "letters"),
        ("spec/verticals/art.YAML", "spec/verticals/art.yaml"),
        ("spec/verticals/arts/art.yaml", "spec/verticals/art.yaml"),
        ("spec/vertical/art.yaml", "spec/verticals/art.yaml"),
    ],
)
def test_a_file_out_of_place_is_not_ignored(project: Path, name: str, move: str) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("a: 1\n")
    with pytest.raises(SpecError) as raised:
        load(project)
    (problem,) = raised.value.diagnostics
    assert problem.code == "NX021"
    assert move in problem.help


def test_a_name_that_is_no_text_is_refused_and_can_be_printed(project: Path) -> None:
    path = os.fsencode(project / "spec" / "verticals") + b"/\xff\x1b.yaml"
    Path(os.fsdecode(path)).write_text("a: 1\n")
    with pytest.raises(SpecError) as raised:
        load(project)
    (problem,) = raised.value.diagnostics
    assert problem.code == "NX021"
    assert problem.message.isprintable()
    assert problem.message.encode("utf-8")


def test_hidden_files_and_other_files_are_left_alone(project: Path) -> None:
    for name in (
        ".art.yaml",
        "art.yaml~",
        "README.md",
        ".#art.yaml",
        "old/README.md",
        ".git/a.yaml",
    ):
        (project / "spec" / "verticals" / name).parent.mkdir(exist_ok=True)
        (project / "spec" / "verticals" / name).write_text(": [")
    assert len(load(project)) == 1


def test_a_link_inside_the_project_is_followed(project: Path) -> None:
    (project / "shared.yaml").write_text("vertical: art\n")
    (project / "spec" / "verticals" / "art.yaml").symlink_to(project / "shared.yaml")
    assert load(project)[1].data == {"vertical": "art"}


def test_a_link_out_of_the_project_is_not_opened(project: Path) -> None:
    outside = project.parent / "secret.yaml"
    outside.write_text("secret: [\n")
    (project / "spec" / "verticals" / "art.yaml").symlink_to(outside)
    with pytest.raises(SpecError) as raised:
        load(project)
    (problem,) = raised.value.diagnostics
    assert problem.code == "NX003"
    assert "secret" not in str(problem)


def test_a_linked_folder_out_of_the_project_is_not_opened(project: Path) -> None:
    elsewhere = project.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "art.yaml").write_text("a: 1\n")
    (project / "spec" / "verticals").rmdir()
    (project / "spec" / "verticals").symlink_to(elsewhere)
    assert _codes(project) == [("NX003", "spec/verticals/art.yaml")]


def test_what_is_not_a_regular_file_is_not_opened(project: Path) -> None:
    folder = project / "spec" / "verticals"
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    names = ("folder", "gone", "loop", "pipe")
    assert _codes(project) == [("NX002", f"spec/verticals/{name}.yaml") for name in names]


def test_a_file_that_may_not_be_read_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied = _vertical(project, "art.yaml")
    really_open = Path.open

    def open_unless_denied(path: Path, mode: str = "r") -> Any:
        if path == denied:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(path, mode)

    monkeypatch.setattr(Path, "open", open_unless_denied)
    assert _codes(project) == [("NX002", "spec/verticals/art.yaml")]


def test_a_file_past_the_bound_is_not_parsed(project: Path) -> None:
    _vertical(project, "art.yaml", "vertical: x\n#" + "x" * MAX_BYTES)
    assert _codes(project) == [("NX004", "spec/verticals/art.yaml")]


def test_files_that_are_too_large_together(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_SPEC_BYTES", 100)
    _vertical(project, "art.yaml", f"vertical: x # {'é' * 20}\n")
    assert load(project)
    _vertical(project, "zoo.yaml", f"vertical: x # {'é' * 20}\n")
    _vertical(project, "zzz.yaml", "a: [\n")  # is not read any more
    assert _codes(project) == [("NX004", "spec/verticals/zoo.yaml")]
