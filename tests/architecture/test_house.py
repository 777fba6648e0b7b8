"""Order in the house: sizes of files, and a map without dead ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
GENERATED = REPOSITORY / "generated"
LONGEST = 400


@pytest.mark.parametrize("folder", ["nexus_gen", "nexus_runtime", "templates", "tests", "bench"])
def test_no_file_asks_to_be_two(folder: str) -> None:
    files = [
        path
        for path in (REPOSITORY / folder).rglob("*")
        if path.suffix in {".py", ".jinja", ".tf"} and "expected" not in path.parts
    ]
    assert files
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: size for path, size in sizes.items() if size > LONGEST} == {}


def test_map_of_the_output_has_no_dead_end() -> None:
    text = (GENERATED / "README.md").read_text(encoding="utf-8")
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text)}
    assert len(targets) > 20
    assert [target for target in sorted(targets) if not (GENERATED / target).exists()] == []


def test_map_of_the_output_is_complete() -> None:
    text = (GENERATED / "README.md").read_text(encoding="utf-8")
    folders = [
        *(GENERATED / "terraform").glob("*/"),
        *(GENERATED / "terraform" / "modules").glob("*/"),
        *(GENERATED / "terraform" / "roots").glob("*/"),
        *(GENERATED / "lambda").glob("*/"),
        GENERATED / "openapi" / "openapi.yaml",
        GENERATED / "client",
    ]
    names = {path.relative_to(GENERATED).as_posix() for path in folders}
    grouping = {"terraform/modules", "terraform/roots"}
    assert sorted(name for name in names - grouping if f"]({name})" not in text) == []


def test_lines_of_the_spec_in_the_map_are_right() -> None:
    text = (GENERATED / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| \[line \d+\]\(\.\./(\S+)#L(\d+)\)", text, re.MULTILINE)
    assert len(rows) > 4
    for name, file, line in rows:
        found = (REPOSITORY / file).read_text().splitlines()[int(line) - 1]
        assert found.strip() == f"{name}:"
