"""`nexus-gen build` on real specs."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, edit, environment, run, tree

VERTICAL = "spec/verticals/education.yaml"
COURSE = "generated/lambda/education-api/education_api/course.py"
LIMIT = 250_000_000
"""Bytes of address space."""

TEN_LINES = """\
  Badge:
    description: What a learner earns.
    fields:
      title: {type: string, required: true, max_length: 80}
    indexes:
      by_title: {sort: title}
    access:
      read: [member, admin]
      create: [admin]
      delete: [admin]
"""


def test_build_on_the_repository_changes_nothing(tmp_path: Path) -> None:
    for folder in ("spec", "generated"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    before = tree(tmp_path, "generated", "spec")
    done = run("build", cwd=tmp_path)
    assert done.code == 0
    assert [line for line in done.out.splitlines() if line.startswith("  ~ ")] == []
    assert tree(tmp_path, "generated", "spec") == before


def test_build_shows_what_it_wrote(project: Path) -> None:
    done = run("build", cwd=project)
    lines = done.out.splitlines()
    written = len(tree(project, "generated"))
    assert (done.code, done.err) == (0, "")
    assert lines[0] == f"generated/: {written} written, 0 left alone"
    assert lines[21] == f"  + and {written - 20} more written"
    assert lines[22:] == [
        "dist/: 2 written",
        "  + dist/education-api.zip",
        "  + dist/runtime-layer.zip",
        "REST API: 14 of 300 resources",
    ]


def test_second_build_does_nothing_and_says_so(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.is_file()}
    done = run("build", cwd=built)
    files = len(tree(built))
    assert (done.code, done.out) == (0, f"nothing to change ({files} files up to date)\n")
    after = {path: path.stat().st_mtime_ns for path in before}
    assert {p: t for p, t in after.items() if before[p] != t and ".nexus" not in p.parts} == {}
    (built / ".nexus" / "build").unlink()
    assert run("build", cwd=built).out == done.out


def test_change_of_the_spec_shows_what_changed_and_was_left_alone(built: Path) -> None:
    with (built / VERTICAL).open("a") as file:
        file.write("\n" + TEN_LINES)
    done = run("build", cwd=built)
    assert done.code == 0
    assert "  + lambda/education-api/education_api/badge.py\n" in done.out
    assert "  ~ openapi/openapi.yaml\n" in done.out
    assert "  + client/src/verticals/education/badge.ts\n" in done.out
    assert done.out.startswith("generated/: 2 written, ")
    assert "  ~ lambda/education-api/education_api/course.py" not in done.out
    assert "dist/: 1 written\n  + dist/education-api.zip\n" in done.out


def test_entity_of_ten_lines_needs_no_other_edit(built: Path) -> None:
    with (built / VERTICAL).open("a") as file:
        file.write("\n" + TEN_LINES)
    assert run("build", cwd=built).code == 0
    generated = tree(built, "generated")
    assert b"/education/badges" in generated["generated/openapi/openapi.yaml"]
    assert b"create_badge" in generated["generated/lambda/education-api/education_api/badge.py"]
    assert b"badge" in generated["generated/lambda/education-api/education_api/handler.py"]
    assert b"badges" in generated["generated/terraform/modules/education/routes.tf"]


def test_removed_entity_takes_its_files_along(built: Path) -> None:
    original = tree(built)
    with (built / VERTICAL).open("a") as file:
        file.write("\n" + TEN_LINES)
    run("build", cwd=built)
    edit(built / VERTICAL, "\n" + TEN_LINES, "")
    done = run("build", cwd=built)
    assert "  - lambda/education-api/education_api/badge.py\n" in done.out
    assert tree(built) == original


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif"])
def test_bad_spec_leaves_the_output_as_it_was(built: Path, format: str) -> None:
    edit(built / VERTICAL, "type: slug", "type: slgu")
    before = tree(built)
    done = run("build", "--format", format, cwd=built)
    assert done.code == 1
    assert tree(built) == before
    assert "slgu" in (done.err if format == "text" else done.out)
    assert (done.out if format == "text" else done.err) == ""
    if format in ("json", "sarif"):
        json.loads(done.out)


def test_bad_spec_writes_nothing_where_nothing_was(project: Path) -> None:
    edit(project / VERTICAL, "type: slug", "type: slgu")
    assert run("build", cwd=project).code == 1
    assert not (project / "generated").exists()
    assert not (project / "dist").exists()


def test_good_build_as_json_has_no_diagnostics(project: Path) -> None:
    done = run("build", "--format", "json", cwd=project)
    assert done.code == 0
    assert json.loads(done.out)["diagnostics"] == []


def test_edited_output_is_refused_with_how_to_keep_the_edit(built: Path) -> None:
    edit(built / COURSE, "title", "heading")
    before = tree(built)
    done = run("build", cwd=built)
    assert done.code == 1
    assert f"error[NX401]: `{COURSE}` was edited" in done.err
    assert f"--> {COURSE}:" in done.err
    assert "to keep the edit, make it in spec/ or in templates/lambda/entity.py.jinja" in done.err
    assert tree(built) == before


def test_check_is_quiet_about_an_output_that_is_up_to_date(built: Path) -> None:
    done = run("build", "--check", cwd=built)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    "path",
    [COURSE, "generated/terraform/modules/education/iam.tf", "generated/openapi/openapi.yaml"],
)
def test_check_names_the_file_and_line_of_a_removed_line(built: Path, path: str) -> None:
    lines = (built / path).read_text().splitlines(keepends=True)
    removed = next(n for n, line in enumerate(lines) if n > 5 and line != lines[n + 1])
    (built / path).write_text("".join(lines[:removed] + lines[removed + 1 :]))
    done = run("build", "--check", cwd=built)
    assert done.code == 1
    assert f"error[NX401]: `{path}` was edited" in done.err
    assert f"--> {path}:{removed + 1}:1" in done.err


def test_check_writes_nothing(project: Path) -> None:
    done = run("build", "--check", cwd=project)
    assert done.code == 1
    assert "error[NX412]: `generated/` is missing" in done.err
    assert sorted(path.name for path in project.iterdir()) == ["spec"]


def test_what_a_check_keeps_is_its_owner_s(built: Path) -> None:
    shutil.rmtree(built / ".nexus")
    assert run("check", "--only", "mypy", cwd=built).code == 0
    assert stat.S_IMODE((built / ".nexus").stat().st_mode) == 0o700
    assert (built / ".nexus/check/mypy").is_dir()


def test_check_reports_a_bad_spec(built: Path) -> None:
    edit(built / VERTICAL, "type: slug", "type: slgu")
    done = run("build", "--check", "--format", "github", cwd=built)
    assert done.code == 1
    assert "::error file=spec/verticals/education.yaml" in done.out


def test_build_runs_from_anywhere(project: Path, tmp_path: Path) -> None:
    assert run("build", "--root", project, cwd=tmp_path).code == 0
    assert run("build", "-C", "project", "--check", cwd=tmp_path).code == 0


def test_packages_that_were_lost_are_written_again(built: Path) -> None:
    before = tree(built, "dist")
    shutil.rmtree(built / "dist")
    done = run("build", cwd=built)
    assert "dist/: 2 written" in done.out
    assert tree(built, "dist") == before


def test_warning_is_shown_by_every_build(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus_gen import pipeline
    from nexus_gen.cli.build import build_once
    from nexus_gen.diagnostics import Diagnostic, Severity

    analyse = pipeline.analyse
    warning = Diagnostic("NX201", "something is odd", severity=Severity.WARNING)
    monkeypatch.setattr(pipeline, "analyse", lambda docs: (analyse(docs)[0], (warning,)))
    (built / ".nexus" / "build").unlink()
    for _ in range(2):
        assert build_once(built) == 0
        assert not (built / ".nexus" / "build").exists()


@pytest.mark.parametrize("files", [1, 75])
def test_a_spec_of_300_megabytes_is_refused_without_being_read(project: Path, files: int) -> None:
    for number in range(files):
        path = project / f"spec/verticals/large{number}.yaml"
        path.write_text(f"vertical: large{number}\n")
        with path.open("a") as file:
            file.write(f"# {'x' * 70}\n" * (300_000_000 // files // 73))
    command = f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({LIMIT}, {LIMIT}))"
    command += "; from nexus_gen.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "build"],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "error[NX004]" in done.stderr
    assert "Traceback" not in done.stderr
