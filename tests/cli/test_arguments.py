"""A value that an option cannot have is wrong use: exit code 2 and a line that names it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nexus_gen.cli.app import main
from tests.cli.conftest import run

LONG = "a" * 300
INTEGERS = ["", "x", "80.5", "1e3", "0x50", "-1", "-99999999999999999999", "99999999999999999999"]
WRONG = [
    *(("dev", f"--port={value}") for value in (*INTEGERS, "65536", "70000")),
    *(("dev", f"--seed={value}") for value in (*INTEGERS, "1001")),
    *(
        (command, f"-C{value}")
        for command in ("build", "check", "doctor", "dev")
        for value in ("absent", "file", "file/below", LONG)
    ),
    *(("check", f"-o{value}") for value in ("", ".", "file/below", LONG, f"{LONG}/below")),
    *(("doctor", f"-s{value}") for value in ("absent", ".", "file/below", LONG)),
    *(
        (command, f"--format={value}")
        for command in ("build", "check", "doctor")
        for value in ("", "x", LONG)
    ),
    ("schema", "-ofile"),
    ("init", "file"),
    ("explain", ""),
    ("explain", LONG),
    ("schema", ""),
    ("schema", LONG),
    ("check", "--only="),
    ("check", f"--only={LONG}"),
    ("doctor", "--environment=nowhere"),
    ("build", "--check", "--watch"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arguments")
    assert run("init", cwd=folder).code == 0
    (folder / "file").touch()
    return folder


@pytest.mark.parametrize("arguments", WRONG, ids=lambda words: " ".join(words)[:40])
def test_a_wrong_argument_is_wrong_use(
    folder: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["nexus-gen", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err
    assert "bug" not in err


@pytest.mark.parametrize("command", [("init", LONG), ("init", "file/x"), ("schema", f"-o{LONG}")])
def test_a_folder_that_cannot_be_made_is_said(folder: Path, command: tuple[str, ...]) -> None:
    done = run(*command, cwd=folder)
    assert done.code == 1
    assert done.err.startswith("cannot write")


def test_the_environment_of_dev_is_one_of_the_spec(folder: Path) -> None:
    done = run("dev", "--port=0", "-enowhere", cwd=folder)
    assert done.code == 2
    assert "`nowhere` is no environment of the spec; there are: dev" in done.err
