"""What the README promises: an entity of ten lines, and commands with the versions of ours."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from nexus_gen.local.emulator import PACKAGES
from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ten_lines_are_ten_and_make_an_entity(tmp_path: Path) -> None:
    section = README.partition("## Ten lines to a new entity")[2].partition("\n## ")[0]
    (entity,) = re.findall(r"^```yaml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    assert len(entity.splitlines()) == 10
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    with (tmp_path / "spec/verticals/education.yaml").open("a") as file:
        file.write(entity)
    done = run("build", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    document = yaml.safe_load((tmp_path / "generated/openapi/openapi.yaml").read_text())
    assert {"/education/rooms", "/education/rooms/{room_id}"} <= document["paths"].keys()
    for made in ("lambda/education-api/education_api/room.py", "client/src/verticals/education"):
        assert (tmp_path / "generated" / made).exists()


def test_the_error_that_it_shows_is_the_one_that_is_given(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^error\[.*?(?=^```)", README, re.DOTALL | re.MULTILINE)
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    vertical = tmp_path / "spec/verticals/education.yaml"
    vertical.write_text(
        vertical.read_text().replace("title: {type: string", "title: {type: strnig", 1)
    )
    done = run("build", cwd=tmp_path)
    assert done.err.startswith(shown)


def test_the_emulator_that_the_readme_installs_is_the_one_that_is_tested() -> None:
    assert f".tools/ministack/bin/pip install {' '.join(PACKAGES)}\n" in README
