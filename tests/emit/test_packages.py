"""`dist/`: deterministic packages of the functions and of the layer."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nexus_gen.emit.packages import package, write_packages

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


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    return plant(tmp_path / "generated", FILES)


def plant(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_each_vertical_and_the_layer_has_a_package(generated: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    written = write_packages(generated, dist)
    assert [path.name for path in written] == [
        "education-api.zip",
        "lab-api.zip",
        "runtime-layer.zip",
    ]
    assert sorted(dist.iterdir()) == list(written)
    assert names(written[0]) == ["education_api/__init__.py", "education_api/handler.py"]
    assert names(written[2]) == [
        "python/nexus_runtime/__init__.py",
        "python/nexus_runtime/answer.py",
    ]


def test_bytes_do_not_depend_on_times_modes_or_order_on_disk(tmp_path: Path) -> None:
    first = plant(tmp_path / "first", FILES)
    second = plant(tmp_path / "second", dict(reversed(FILES.items())))
    for path in second.rglob("*.py"):
        path.chmod(0o600)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    for name in ("education-api", "shared"):
        assert package(first / "lambda" / name) == package(second / "lambda" / name)


def test_bytes_are_pinned_so_that_no_machine_or_python_changes_them(generated: Path) -> None:
    digest = hashlib.sha256(package(generated / "lambda" / "lab-api")).hexdigest()
    assert digest == "94dbbbc23dcb5d304f44158c728c253f8f90f3c0bf36cf6774ba14f082f8de2c"


def test_a_function_runs_from_its_package_and_the_layer(generated: Path, tmp_path: Path) -> None:
    write_packages(generated, tmp_path / "dist")
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


def test_a_package_that_is_up_to_date_is_not_touched(generated: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    write_packages(generated, dist)
    before = {path: path.stat().st_mtime_ns for path in dist.iterdir()}
    inodes = {path: path.stat().st_ino for path in dist.iterdir()}
    (generated / "lambda/lab-api/lab_api/__init__.py").write_text("VERTICAL = 'labs'\n")
    assert write_packages(generated, dist) == (dist / "lab-api.zip",)
    changed = {path for path in dist.iterdir() if path.stat().st_mtime_ns != before[path]}
    assert changed <= {dist / "lab-api.zip"}
    assert (dist / "education-api.zip").stat().st_ino == inodes[dist / "education-api.zip"]


@pytest.mark.parametrize(
    "stray",
    [
        "lambda/lab-api/lab_api/__pycache__/handler.cpython-313.pyc",
        "lambda/lab-api/lab_api/handler.pyc",
        "lambda/lab-api/.mypy_cache/3.13/cache.json",
        "lambda/lab-api/lab_api/.handler.py.swp",
    ],
)
def test_what_tools_leave_behind_is_not_packed(generated: Path, stray: str) -> None:
    before = package(generated / "lambda" / "lab-api")
    plant(generated, {stray: "stray"})
    assert package(generated / "lambda" / "lab-api") == before


def test_a_link_that_leads_out_is_not_packed(generated: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("TOKEN = 'canary'")
    (generated / "lambda/lab-api/lab_api/secret.py").symlink_to(tmp_path / "secret.py")
    assert b"canary" not in package(generated / "lambda" / "lab-api")


def test_the_package_of_a_vertical_that_is_gone_is_removed(generated: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    write_packages(generated, dist)
    for path in sorted((generated / "lambda/lab-api").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (generated / "lambda/lab-api").rmdir()
    write_packages(generated, dist)
    assert sorted(path.name for path in dist.iterdir()) == [
        "education-api.zip",
        "runtime-layer.zip",
    ]


def test_somebody_elses_files_in_dist_stay(generated: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    with zipfile.ZipFile(dist / "their-api.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.js", "")
    (dist / "broken-api.zip").write_bytes(b"not a zip")
    (dist / "nexus_gen-0.1.0.whl").write_bytes(b"")
    write_packages(generated, dist)
    left = {path.name for path in dist.iterdir()}
    assert {"their-api.zip", "broken-api.zip", "nexus_gen-0.1.0.whl"} <= left


def test_a_write_that_fails_leaves_the_old_package_and_no_litter(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = tmp_path / "dist"
    write_packages(generated, dist)
    old = (dist / "lab-api.zip").read_bytes()
    (generated / "lambda/lab-api/lab_api/__init__.py").write_text("VERTICAL = 'labs'\n")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        write_packages(generated, dist)
    assert (dist / "lab-api.zip").read_bytes() == old
    assert len(list(dist.iterdir())) == 3


def fail(_: int) -> None:
    raise OSError("no space left on device")
