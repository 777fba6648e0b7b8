"""`dist/`: deterministic packages of the functions and of the layer."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nexus_gen.emit.files import open_regular
from nexus_gen.emit.packages import package, packages, write_packages
from nexus_gen.emit.problems import OutputError
from nexus_gen.emit.writer import writing
from tests.emit.conftest import artifacts, at_mutation, in_child

FILES = {
    "lambda/education-api/education_api/__init__.py": "",
    "lambda/education-api/education_api/handler.py": (
        "from nexus_runtime import answer\n\n\ndef handler() -> int:\n    return answer.VALUE\n"
    ),
    "lambda/lab-api/lab_api/__init__.py": "VERTICAL = 'lab'\n",
    "lambda/shared/python/nexus_runtime/__init__.py": "",
    "lambda/shared/python/nexus_runtime/answer.py": "VALUE = 42\n",
    "terraform/main.tf": "",
}


LAB = "lambda/lab-api/lab_api/__init__.py"


def build(root: Path, files: dict[str, str]) -> None:
    """Write output and packages."""
    with writing(root) as output:
        output.write(artifacts(files))
        output.package()


def pack(root: Path, files: dict[str, str]) -> tuple[str, ...]:
    """Write the packages of these files; the names of those that were written."""
    return write_packages(root, packages(artifacts(files)))


def lab(files: dict[str, str]) -> bytes:
    return package(packages(artifacts(files))["lab-api.zip"])


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_each_vertical_and_the_layer_has_a_package(tmp_path: Path) -> None:
    written = pack(tmp_path, FILES)
    assert written == ("dist/education-api.zip", "dist/lab-api.zip", "dist/runtime-layer.zip")
    assert sorted((tmp_path / "dist").iterdir()) == [tmp_path / name for name in written]
    assert names(tmp_path / written[0]) == ["education_api/__init__.py", "education_api/handler.py"]
    assert names(tmp_path / written[2]) == [
        "python/nexus_runtime/__init__.py",
        "python/nexus_runtime/answer.py",
    ]


def test_bytes_do_not_depend_on_the_order_of_files() -> None:
    assert lab(FILES) == lab(dict(reversed(FILES.items())))


def test_bytes_are_pinned_so_that_no_machine_or_python_changes_them() -> None:
    digest = hashlib.sha256(lab(FILES)).hexdigest()
    assert digest == "94dbbbc23dcb5d304f44158c728c253f8f90f3c0bf36cf6774ba14f082f8de2c"


def test_a_function_runs_from_its_package_and_the_layer(tmp_path: Path) -> None:
    pack(tmp_path, FILES)
    layer = tmp_path / "opt"
    with zipfile.ZipFile(tmp_path / "dist" / "runtime-layer.zip") as archive:
        archive.extractall(layer)  # Lambda unpacks layers into /opt
    done = subprocess.run(
        [sys.executable, "-c", "from education_api.handler import handler; print(handler())"],
        env={
            "PYTHONPATH": f"{tmp_path / 'dist' / 'education-api.zip'}{os.pathsep}{layer / 'python'}"
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "42\n"


def test_a_package_that_is_up_to_date_is_not_touched(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    pack(tmp_path, FILES)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in dist.iterdir()}
    assert pack(tmp_path, {**FILES, LAB: "VERTICAL = 'labs'\n"}) == ("dist/lab-api.zip",)
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in dist.iterdir()}
    assert {path for path in dist.iterdir() if before[path] != after[path]} <= {
        dist / "lab-api.zip"
    }


@pytest.mark.parametrize(
    "stray",
    [
        "lambda/lab-api/secret.txt",
        "lambda/lab-api/lab_api/old.py",
        "lambda/shared/python/nexus_runtime/secret.py",
        "lambda/mine-api/mine_api/handler.py",
        "lambda/lab-api/lab_api/__pycache__/handler.cpython-313.pyc",
    ],
)
def test_only_what_the_manifest_lists_is_packed(tmp_path: Path, stray: str) -> None:
    build(tmp_path, FILES)
    before = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}
    (tmp_path / "generated" / stray).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "generated" / stray).write_text("canary")
    for path in (tmp_path / "dist").iterdir():
        path.unlink()
    build(tmp_path, FILES)
    assert {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()} == before


def test_the_package_of_a_vertical_that_is_gone_is_removed(tmp_path: Path) -> None:
    pack(tmp_path, FILES)
    pack(tmp_path, {path: text for path, text in FILES.items() if "lab-api" not in path})
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [
        "education-api.zip",
        "runtime-layer.zip",
    ]


def test_somebody_elses_files_in_dist_stay(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    with zipfile.ZipFile(dist / "their-api.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.js", "")
    (dist / "broken-api.zip").write_bytes(b"not a zip")
    (dist / "nexus_gen-0.1.0.whl").write_bytes(b"")
    (tmp_path / "elsewhere.zip").write_bytes(package({"a": b""}))
    (dist / "linked-api.zip").symlink_to(tmp_path / "elsewhere.zip")
    os.mkfifo(dist / "pipe-api.zip")
    theirs = {path.name for path in dist.iterdir()}
    pack(tmp_path, FILES)
    assert theirs <= {path.name for path in dist.iterdir()}


@pytest.mark.parametrize("refusing", ["fsync", "open", "rename"])
def test_a_full_disk_names_the_package_and_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusing: str
) -> None:
    build(tmp_path, FILES)
    old = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}

    def full(*arguments: object, **_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        if refusing == "fsync":
            patch.setattr(os, "fsync", full)
        elif refusing == "open":
            patch.setattr("nexus_gen.emit.packages.open_regular", full_for_drafts)
        else:
            patch.setattr(Path, "replace", full)
        with pytest.raises(OutputError) as refusal:
            build(tmp_path, {**FILES, LAB: "VERTICAL = 'labs'\n"})
    assert [d.code for d in refusal.value.diagnostics] == ["NX406"]
    assert "`dist/lab-api.zip` cannot be used: No space left on device" in str(refusal.value)
    assert {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()} == old


def full_for_drafts(path: Path, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """A disk that has room for a name and for nothing in it."""
    if flags & os.O_CREAT:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return open_regular(path, flags, mode)


def test_nothing_is_left_of_a_build_that_was_killed_at_any_point_of_packing(tmp_path: Path) -> None:
    build(tmp_path, FILES)
    changed = {**FILES, LAB: "VERTICAL = 'labs'\n"}
    before = whole(tmp_path)
    seen = 0
    for number in range(1, 30):
        pack(tmp_path, FILES)

        def task(number: int = number) -> None:
            at_mutation(number, lambda: os.kill(os.getpid(), signal.SIGKILL))
            pack(tmp_path, changed)

        if in_child(task) == 0:
            break
        seen += 1
        pack(tmp_path, FILES)
        assert whole(tmp_path) == before, f"killed at {number}"
    assert seen >= 2


def whole(root: Path) -> dict[str, bytes]:
    """All that is in `dist/`."""
    return {path.name: path.read_bytes() for path in (root / "dist").iterdir()}
