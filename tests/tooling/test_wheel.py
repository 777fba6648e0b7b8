"""The package that `make wheel` builds: it brings all that it serves, and asks for no checkout."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import absent_tool
from tests.local.running import Caller, Dev, call

ROOT = Path(__file__).parents[2]
BINARIES = Path(sys.executable).parent
SOURCES = ("nexus_gen", "nexus_runtime", "templates", "scripts")
FILES = ("pyproject.toml", "README.md", "LICENSE")
OURS = "<title>Ours</title>"


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own, and a project that it began."""

    program: Path
    project: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """`nexus-gen ARGUMENTS` in the project."""
        return subprocess.run(
            [self.program, *arguments],
            cwd=self.project,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )


def build(checkout: Path) -> subprocess.CompletedProcess[str]:
    """What `make wheel` runs once the console is built."""
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "out"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the package is built from, without a console."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """No network: the dependencies are those of this environment, behind the wheel's own files."""
    (checkout / "console/dist/assets").mkdir(parents=True)
    (checkout / "console/dist/index.html").write_text(OURS)
    (checkout / "console/dist/assets/main.js").write_text("1")
    done = build(checkout)
    assert done.returncode == 0, done.stderr
    (wheel,) = (checkout / "out").glob("*.whl")
    place = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin/python"
    command = [BINARIES / "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*command, "--python", python, wheel], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()))
    program, project = place / "bin/nexus-gen", place.parent / "shop"
    subprocess.run([program, "init", project], check=True, capture_output=True)
    return Installed(program, project)


@pytest.fixture(scope="module")
def dev(installed: Installed) -> Iterator[Dev]:
    """The local API of a project that has a `console/dist` of its own."""
    if not (ROOT / ".tools/ministack/bin/ministack").exists():
        absent_tool("ministack", "`make setup` installs it")
    foreign = installed.project / "console/dist"
    foreign.mkdir(parents=True)
    (foreign / "index.html").write_text("<title>Somebody else's</title>")
    running = Dev(installed.project, program=[str(installed.program)])
    yield running.ready()
    running.end()


def test_there_is_no_wheel_without_the_console(checkout: Path) -> None:
    done = build(checkout)
    assert done.returncode != 0
    assert "console/dist is absent: run `make console` first" in done.stderr
    assert not list(checkout.glob("out/*.whl"))


def test_a_project_of_the_package_builds(installed: Installed) -> None:
    assert installed.run("build").returncode == 0
    assert installed.run("build", "--check").returncode == 0


def test_the_console_comes_from_the_package_never_from_the_project(dev: Dev) -> None:
    assert f"console  {dev.url}" in dev.seen
    page = call(dev.url, "GET", "/")
    assert (page.status, page.body) == (200, OURS)
    assert call(dev.url, "GET", "/assets/main.js").status == 200


def test_the_api_answers(dev: Dev) -> None:
    admin = Caller(dev.url, "admin@acme.example")
    created = admin.send("POST", "/notes/notes", {"title": "From the package"})
    assert created.status == 201
    listed = admin.send("GET", "/notes/notes").body["items"]
    assert [item["title"] for item in listed] == ["From the package"]


def test_what_is_absent_comes_with_a_command_that_needs_no_checkout(
    installed: Installed, tmp_path: Path
) -> None:
    node, bare = tmp_path / "bin/node", str(tmp_path / "bare")
    node.parent.mkdir()
    node.touch(0o755)
    nothing = {"PATH": str(node.parent), "NEXUS_MINISTACK": "", "CI": ""}
    assert installed.run("init", bare).returncode == 0
    dev = installed.run("dev", "-C", bare, "--port", "0", **nothing)
    assert dev.returncode == 1
    environment = "python3 -m venv .tools/{0} && .tools/{0}/bin/pip install {1}"
    assert environment.format("ministack", "ministack==") in dev.stderr
    names = ("checkov", "ruff", "mypy", "typescript", "terraform-format")
    check = installed.run("check", "-C", bare, *(f"--only={name}" for name in names), **nothing)
    for move in (
        environment.format("checkov", "checkov"),
        f"`{installed.program.with_name('python')} -m pip install ruff`",
        "-m pip install mypy`",
        "`npm install --save-dev typescript",
        "= help: install Terraform 1.9 or newer",
    ):
        assert move in check.stdout
    assert "`make" not in dev.stdout + dev.stderr + check.stdout
