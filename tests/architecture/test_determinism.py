"""Same spec, same bytes: on any machine, in any order, at any time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SECOND_VERTICAL = """\
vertical: archive
description: Where courses rest.
entities:
  Box:
    fields:
      label: {type: string, required: true}
    access: {read: [admin], create: [admin]}
"""
REVERSED = '''\
"""Folders give their entries in the opposite order."""
import os

_listdir, _scandir = os.listdir, os.scandir


class _Reversed(list):
    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def close(self):
        return None


def listdir(path="."):
    return sorted(_listdir(path), reverse=True)


def scandir(path="."):
    with _scandir(path) as entries:
        return _Reversed(sorted(entries, key=lambda entry: entry.name, reverse=True))


os.listdir, os.scandir = listdir, scandir
'''


def built(root: Path, **environment: str) -> dict[str, bytes]:
    """The output of a build of the spec in a folder of its own, with packages."""
    shutil.copytree(REPOSITORY / "spec", root / "spec")
    (root / "spec" / "verticals" / "archive.yaml").write_text(SECOND_VERTICAL)
    done = subprocess.run(
        [sys.executable, "-m", "nexus_gen.cli", "build"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    paths = [path for name in ("generated", "dist") for path in (root / name).rglob("*")]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths if p.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("reference"), PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
        {"COLUMNS": "20", "NO_COLOR": "", "FORCE_COLOR": "1"},
    ],
    ids=str,
)
def test_environment_does_not_show(
    tmp_path: Path, reference: dict[str, bytes], environment: dict[str, str]
) -> None:
    assert built(tmp_path, **environment) == reference


def test_order_of_files_does_not_show(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, reference: dict[str, bytes]
) -> None:
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(REVERSED)
    path = os.pathsep.join([str(site), str(REPOSITORY)])
    assert built(tmp_path, PYTHONPATH=path) == reference


def test_folder_does_not_show(tmp_path: Path, reference: dict[str, bytes]) -> None:
    folder = tmp_path / "another folder" / "ünïcode ${x}"
    folder.mkdir(parents=True)
    assert built(folder) == reference
    assert not [path for path, content in reference.items() if str(REPOSITORY).encode() in content]


def test_empty_template_cache_does_not_show(tmp_path: Path, reference: dict[str, bytes]) -> None:
    assert built(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache")) == reference


def test_layer_is_the_runtime_byte_for_byte(reference: dict[str, bytes]) -> None:
    prefix = "generated/lambda/shared/python/nexus_runtime/"
    layer = {
        path.removeprefix(prefix): c for path, c in reference.items() if path.startswith(prefix)
    }
    runtime = REPOSITORY / "nexus_runtime"
    assert layer == {
        path.relative_to(runtime).as_posix(): path.read_bytes()
        for path in runtime.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
