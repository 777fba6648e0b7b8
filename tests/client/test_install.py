"""The client installs as its README says, and stays installed: real npm and Vite, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.client.registry import registry
from tests.client.workspace import HOW_TO_GET_IT, MODULES, PATIENCE, ROOT, need_tools
from tests.conftest import absent_tool
from tests.docs.tutorial import commands, steps

CONSOLE = ROOT / "console" / "node_modules"
FRONTEND = {
    "package.json": json.dumps(
        {
            "name": "web",
            "private": True,
            "type": "module",
            "scripts": {"build": "vite build --logLevel error"},
            "dependencies": {"react": "19.3.1", "react-dom": "19.3.1"},
        }
    ),
    "index.html": '<script type="module" src="/main.tsx"></script>',
    "main.tsx": """\
import { NexusProvider, useCourses } from "ai-nexus-client";
import { signIn } from "ai-nexus-client/local";
import { createRoot } from "react-dom/client";

const { client } = await signIn("admin@acme.example");
const Courses = () => <p>{useCourses().data?.items.length}</p>;
createRoot(document.body).render(<NexusProvider client={client}><Courses /></NexusProvider>);
""",
}
LOCAL = "refreshToken"
"""Stands in every bundle that can sign in to `nexus-gen dev`."""


class Folder:
    """A folder that somebody works in."""

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self.path = path
        self.environment = environment

    def run(self, command: str, within: str = ".", **variables: str) -> None:
        """A command of the shell, which must succeed."""
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=self.path / within,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def lay(self, files: Mapping[str, str], within: str = ".") -> None:
        """Write files."""
        for name, content in files.items():
            path = self.path / within / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)

    def bundle(self, within: str, **variables: str) -> str:
        """The script that Vite makes of the frontend."""
        self.run("npm run build", within, **variables)
        (script,) = (self.path / within / "dist" / "assets").glob("*.js")
        return script.read_text()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    need_tools()
    if not (CONSOLE / ".bin" / "vite").exists():
        absent_tool("the console's packages", HOW_TO_GET_IT)
    with registry(tmp_path_factory.mktemp("npm"), MODULES, CONSOLE) as variables:
        folders = (str(Path(sys.executable).parent), str(CONSOLE / ".bin"), variables["PATH"])
        yield {**variables, "PATH": os.pathsep.join(folders)}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str]) -> Folder:
    """A spec that is built, and a frontend beside it that has the client as the README says."""
    folder = Folder(tmp_path_factory.mktemp("install") / "project", environment)
    shutil.copytree(ROOT / "spec", folder.path / "spec")
    folder.run("nexus-gen build")
    root, install, _ = readme(folder)
    folder.lay({"package.json": root})
    folder.lay(FRONTEND, "web")
    folder.run(install)
    return folder


def readme(project: Folder) -> tuple[str, str, str]:
    """What the README says: the root's `package.json`, how to install, and how to elsewhere."""
    text = (project.path / "generated/client/README.md").read_text()
    root, here, elsewhere = [step.body for step in steps(text)][:3]
    return root, commands(here)[0], commands(elsewhere)[0]


def save(project: Folder, motto: str) -> None:
    """A change of the spec that shows in what a browser loads, built."""
    vertical, field = "spec/verticals/education.yaml", "summary: {type: text"
    text = (ROOT / vertical).read_text()
    assert text.count(field) == 1
    added = f"motto: {{type: string, default: {motto}}}\n      {field}"
    project.lay({vertical: text.replace(field, added)})
    project.run("nexus-gen build")


def test_no_bundle_for_production_can_sign_in_to_the_local_api(project: Folder) -> None:
    assert LOCAL in project.bundle("web", NODE_ENV="development")
    bundle = project.bundle("web")
    assert LOCAL not in bundle
    assert "/_local" not in bundle
    assert "absent from bundles for production" in bundle


def test_a_link_of_the_workspace_survives_whatever_npm_does(project: Folder) -> None:
    for command, within in (
        ("npm install -w web nanoid", "."),
        ("npm install picocolors", "web"),
        ("npm ci", "."),
    ):
        project.run(command, within)
        link = project.path / "node_modules/ai-nexus-client"
        assert link.readlink() == Path("../generated/client"), command
    save(project, "per aspera")
    assert "per aspera" in project.bundle("web")
    project.run("nexus-gen build --check")


def test_a_tarball_survives_too_and_is_packed_again_for_a_change(project: Folder) -> None:
    other = Folder(project.path.parent / "other", project.environment)
    _, _, install = readme(project)
    other.lay(FRONTEND)
    (other.path / "path").mkdir()
    (other.path / "path/to").symlink_to(project.path)
    other.run(install)
    other.run("npm install nanoid")
    other.run("npm ci")
    save(project, "ad astra")
    assert "ad astra" not in other.bundle(".")
    other.run(install)
    assert "ad astra" in other.bundle(".")
