"""`build --check`: every way in which the output is not what a build would leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen.emit.writer import check
from tests.emit.conftest import artifacts, build, tree

FILES = {"b/two.txt": "two\n", "one.txt": "1\n2\n3\n"}


def found(root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(d.code, str(d.span)) for d in check(root, artifacts(files))]


def test_output_that_is_up_to_date_has_no_problem(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    assert found(tmp_path, FILES) == []


def test_nothing_built_yet_is_one_problem(tmp_path: Path) -> None:
    assert found(tmp_path, FILES) == [("NX412", "generated")]


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    assert found(tmp_path, FILES) == [
        ("NX412", "generated/b/two.txt"),
        ("NX412", "generated/manifest.json"),
        ("NX412", "generated/one.txt"),
    ]


def test_removed_line_is_named(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "one.txt").write_text("1\n3\n")
    assert found(tmp_path, FILES) == [("NX401", "generated/one.txt:2:1")]


@pytest.mark.parametrize("number", range(3))
def test_any_removed_line_is_named(tmp_path: Path, number: int) -> None:
    build(tmp_path, FILES)
    lines = ["1\n", "2\n", "3\n"]
    del lines[number]
    (tmp_path / "generated" / "one.txt").write_text("".join(lines))
    assert found(tmp_path, FILES) == [("NX401", f"generated/one.txt:{number + 1}:1")]


def test_all_kinds_are_reported_in_one_run(tmp_path: Path) -> None:
    build(tmp_path, FILES | {"edited.txt": "x\n", "gone.txt": "x\n", "lost.txt": "x\n"})
    top = tmp_path / "generated"
    (top / "edited.txt").write_text("mine\n")
    (top / "extra.txt").write_text("mine\n")
    (top / "lost.txt").unlink()
    before = tree(tmp_path)
    wanted = FILES | {"one.txt": "1\ntwo\n3\n", "edited.txt": "x\n", "lost.txt": "x\n"}
    assert found(tmp_path, wanted) == [
        ("NX401", "generated/edited.txt:1:1"),
        ("NX414", "generated/extra.txt"),
        ("NX413", "generated/gone.txt"),
        ("NX412", "generated/lost.txt"),
        ("NX411", "generated/one.txt:2:1"),
    ]
    assert tree(tmp_path) == before


def test_manifest_alone_out_of_date_is_named(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    manifest = tmp_path / "generated" / "manifest.json"
    manifest.write_text(manifest.read_text().replace("education.yaml:14", "education.yaml:15"))
    assert [code for code, _ in found(tmp_path, FILES)] == ["NX411"]


@pytest.mark.parametrize(
    "name",
    [
        ".terraform/providers/x",
        "terraform/.terraform.lock.hcl",
        "terraform/terraform.tfstate",
        "terraform/terraform.tfstate.backup",
        "lambda/__pycache__/x.cpython-313.pyc",
        "client/node_modules/x/index.js",
    ],
)
def test_what_tools_leave_behind_is_not_counted(tmp_path: Path, name: str) -> None:
    build(tmp_path, FILES)
    path = tmp_path / "generated" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert found(tmp_path, FILES) == []


def test_link_among_the_output_is_extra(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    (tmp_path / "generated" / "link").symlink_to("/")
    assert found(tmp_path, FILES) == [("NX414", "generated/link")]
