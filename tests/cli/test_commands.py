"""The commands beside `build`, and what all of them have in common."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nexus_gen import __version__
from nexus_gen.diagnostics import catalog
from tests.cli.conftest import NEXUS_GEN, REPOSITORY, edit, environment, run, tree

COMMANDS = ["build", "init", "explain", "schema", "check"]


def test_init_begins_a_project_that_builds(tmp_path: Path) -> None:
    done = run("init", "shop", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "\n  cd shop\n  nexus-gen build\n" in done.out
    written = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert [line[4:] for line in done.out.splitlines() if line.startswith("  + ")] == [
        "shop/spec/nexus.yaml",
        "shop/spec/verticals/notes.yaml",
        "shop/.gitignore",
        "shop/spec/schemas/nexus.schema.json",
        "shop/spec/schemas/vertical.schema.json",
    ]
    assert len(written) == 5
    built = run("build", cwd=tmp_path / "shop")
    assert (built.code, built.err) == (0, "")
    assert run("build", "--check", cwd=tmp_path / "shop").code == 0


def test_init_points_the_editor_to_schemas_that_are_there(tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    for path in tmp_path.rglob("*.yaml"):
        head = path.read_text().partition("\n")[0]
        assert head.startswith("# yaml-language-server: $schema=")
        schema = json.loads((path.parent / head.partition("=")[2]).read_text())
        from jsonschema import Draft202012Validator

        assert (
            list(Draft202012Validator(schema).iter_errors(yaml.safe_load(path.read_text()))) == []
        )


def test_init_in_the_current_folder_names_the_next_command_alone(tmp_path: Path) -> None:
    done = run("init", cwd=tmp_path)
    assert "cd " not in done.out
    assert "\n\n  nexus-gen build\n" in done.out
    assert done.out.endswith("\n  nexus-gen dev\n")


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "nexus.yaml").write_text("mine\n")
    done = run("init", cwd=tmp_path)
    assert done.code == 1
    assert "nothing written" in done.err
    assert "spec" in done.err
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["nexus.yaml"]
    assert (tmp_path / "spec" / "nexus.yaml").read_text() == "mine\n"


def test_init_leaves_an_ignore_file_alone_and_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    done = run("init", cwd=tmp_path)
    assert done.code == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert "add to .gitignore: .nexus/ .tools/ dist/" in done.out


def test_init_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    done = run("init", "/proc/nexus", cwd=tmp_path)
    assert done.code == 1
    assert "cannot write /proc/nexus" in done.err


@pytest.mark.parametrize("code", ["NX401", "nx401", "401"])
def test_explain_prints_the_page(tmp_path: Path, code: str) -> None:
    done = run("explain", code, cwd=tmp_path)
    assert (done.code, done.out) == (0, catalog.page("NX401").markdown)


def test_explain_suggests_the_nearest_code(tmp_path: Path) -> None:
    done = run("explain", "NX4O1", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "there is no code 'NX4O1'; did you mean NX401? `nexus-gen explain` lists all codes\n"
    )


def test_explain_without_a_code_lists_all(tmp_path: Path) -> None:
    lines = run("explain", cwd=tmp_path).out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(catalog.all_codes())
    assert "NX401  a generated file was edited" in lines


def test_every_code_of_writing_has_a_page_and_is_raised() -> None:
    source = (REPOSITORY / "nexus_gen" / "emit" / "problems.py").read_text()
    pages = [code for code in catalog.all_codes() if code.startswith("NX4")]
    assert sorted(set(re.findall('"(NX4[0-9]{2})"', source))) == sorted(pages)


def test_schema_prints_one(tmp_path: Path) -> None:
    printed = json.loads(run("schema", "vertical", cwd=tmp_path).out)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_prints_all_by_file_name(tmp_path: Path) -> None:
    printed = json.loads(run("schema", cwd=tmp_path).out)
    assert list(printed) == ["nexus.schema.json", "vertical.schema.json"]


def test_schema_writes_what_it_ships(tmp_path: Path) -> None:
    done = run("schema", "--output", "a/b", cwd=tmp_path)
    assert done.code == 0
    shipped = REPOSITORY / "nexus_gen" / "frontend" / "schemas"
    for path in shipped.glob("*.schema.json"):
        assert (tmp_path / "a" / "b" / path.name).read_bytes() == path.read_bytes()


def test_schema_of_an_unknown_name_is_wrong_use(tmp_path: Path) -> None:
    done = run("schema", "entity", cwd=tmp_path)
    assert done.code == 2
    assert "nexus, vertical" in done.err


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).out == f"nexus-gen {__version__}\n"


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_teaches_by_examples(tmp_path: Path, command: list[str]) -> None:
    done = run(*command, "--help", cwd=tmp_path)
    assert done.code == 0
    assert done.out.count(f"\n  nexus-gen {' '.join(command)}") >= 1
    assert run(*command, "-h", cwd=tmp_path).out == done.out


def test_no_command_shows_the_help(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert "Usage: nexus-gen" in done.out + done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--chekc"],
        ["build", "--format", "xml"],
        ["build", "-C", "not-there"],
        ["build", "--check", "--watch"],
        ["build", "extra"],
        ["explain", "NX401", "NX402"],
        ["explain", "x"],
        ["init", "a", "b"],
    ],
)
def test_wrong_use_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_mistyped_command_is_suggested(tmp_path: Path) -> None:
    assert "build" in run("biuld", cwd=tmp_path).err


def test_folder_without_a_spec_says_how_to_begin(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.code == 1
    assert "nexus-gen init" in done.err
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_shown(tmp_path: Path, shell: str) -> None:
    done = run(
        "--show-completion", shell, cwd=tmp_path, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert done.code == 0
    assert "_NEXUS_GEN_COMPLETE" in done.out


def test_completion_completes_commands_and_options(tmp_path: Path) -> None:
    complete = {"_NEXUS_GEN_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    done = run(cwd=tmp_path, COMP_WORDS="nexus-gen b", **complete)
    assert done.out.split() == ["build"]
    done = run(
        cwd=tmp_path, **{**complete, "COMP_WORDS": "nexus-gen build --wa", "COMP_CWORD": "2"}
    )
    assert done.out.split() == ["--watch"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nexus-gen explain NX10", "NX104"),
        ("nexus-gen schema vert", "vertical"),
        ("nexus-gen check --only typ", "typescript"),
        ("nexus-gen build --format sa", "sarif"),
    ],
)
def test_completion_completes_values(tmp_path: Path, words: str, found: str) -> None:
    position = str(len(words.split()) - 1)
    complete = {"_NEXUS_GEN_COMPLETE": "complete_bash", "COMP_CWORD": position}
    assert found in run(cwd=tmp_path, COMP_WORDS=words, **complete).out.split()


def test_our_bug_is_exit_code_70_with_what_to_report(project: Path) -> None:
    program = (
        "import sys; from nexus_gen import pipeline; from nexus_gen.cli.app import main\n"
        "def broken(model): raise KeyError('boom')\n"
        "pipeline.generate = broken; sys.argv = ['nexus-gen', 'build']; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "nexus-gen has a bug; your spec is not at fault" in done.stderr
    assert f"nexus-gen {__version__}, Python {sys.version.split()[0]}" in done.stderr
    assert "KeyError: 'boom'" in done.stderr
    assert "nexus_gen/pipeline.py:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "generated").exists()


@pytest.mark.parametrize("arguments", [["explain"], ["schema"], ["build"]])
def test_reader_that_went_away_is_no_traceback(project: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [str(NEXUS_GEN), *arguments],
        cwd=project,
        env=environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_import_of_the_command_line_is_cheap() -> None:
    program = (
        "import sys; sys.argv = ['nexus-gen', '--help']\n"
        "from nexus_gen.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'boto3', 'botocore', 'jinja2', 'jsonschema', 'jsonschema_rs', 'yaml', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"


def test_build_with_nothing_to_do_imports_next_to_nothing(built: Path) -> None:
    run("build", cwd=built)
    program = (
        "import sys; sys.argv = ['nexus-gen', 'build']\n"
        "from nexus_gen.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'typer', 'jinja2', 'yaml', 'nexus_gen.pipeline', 'nexus_gen.model'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=built, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("nothing to change")
    assert done.stderr == "[]\n"


def test_watch_builds_after_each_save_and_keeps_the_last_good_output(project: Path) -> None:
    vertical = project / "spec" / "verticals" / "education.yaml"
    watching = subprocess.Popen(
        [str(NEXUS_GEN), "build", "--watch"],
        cwd=project,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert watching.stdout is not None

    def until_it_watches() -> str:
        """What it says about one build."""
        assert watching.stdout is not None
        said = ""
        for line in watching.stdout:
            said += line
            if line.startswith("watching spec/"):
                return said
        raise AssertionError(said)

    try:
        assert "written, 0 left alone" in until_it_watches()
        good = tree(project)
        edit(vertical, "type: slug", "type: slgu")
        assert "`slgu`" in until_it_watches()
        assert tree(project) == good
        edit(vertical, "type: slgu", "type: slug")
        assert "nothing to change" in until_it_watches()
        edit(vertical, "Courses, the lessons", "Courses and the lessons")
        assert "  ~ README.md" in until_it_watches()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 0
        assert watching.stdout.read() == "\n"
    finally:
        watching.kill()
        watching.wait()


def test_help_names_every_variable_that_is_read() -> None:
    sources = [REPOSITORY / "nexus_gen", REPOSITORY / "nexus_runtime"]
    text = "\n".join(path.read_text() for folder in sources for path in folder.rglob("*.py"))
    read = set(re.findall(r"\bNEXUS_[A-Z_]+\b", text))
    assert {"NEXUS_MINISTACK", "NEXUS_TERRAFORM_MIRROR"} <= read
    for command in ([], ["dev"], ["check"]):
        shown = set(re.findall(r"\bNEXUS_[A-Z_]+\b", run(*command, "--help", cwd=REPOSITORY).out))
        assert shown <= read if command else shown == read
        assert shown
