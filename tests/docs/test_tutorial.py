"""The tutorial does what it says: its commands, edits, answers, pages and code, in order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.client.workspace import empty, need_tools
from tests.conftest import absent_tool
from tests.docs.screen import look
from tests.docs.tutorial import Step, commands, edited, fits, steps
from tests.local.running import Dev, make_project

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
WRITTEN_URL = "http://127.0.0.1:8080"
CONSOLE = ROOT / "console"
PATIENCE = 120
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@dataclass
class Reader:
    """Somebody who does what the tutorial says, in a project of their own."""

    project: Path
    page: Page
    running: list[Dev] = field(default_factory=list)

    def do(self, step: Step) -> None:
        """One step."""
        target = self.project / step.argument
        match step.kind:
            case "console":
                self._run(*commands(step.body))
            case "text":
                self._hear(step.body)
            case "append":
                target.write_text(target.read_text() + step.body)
            case "edit":
                target.write_text(edited(target.read_text(), step.body))
            case "screen":
                look(self.page, step.argument)
            case "tsx":
                self._compile(step.body)
            case _:
                raise AssertionError(f"a block of {step.kind} is not understood")

    @property
    def dev(self) -> Dev:
        """What `make dev` left running."""
        return self.running[0]

    def _run(self, script: str, expected: list[str]) -> None:
        if script == "make dev":
            self.running.append(Dev(self.project, NEXUS_CONSOLE=str(self.project / "built")))
            return
        if script == "make setup":  # the tests run in what it installed
            return
        binaries = Path(sys.executable).parent
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script.replace(WRITTEN_URL, self.dev.url)],
            cwd=self.project,
            env={**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        printed = iter(done.stdout.splitlines())
        for line in expected:
            said = any(fits(line, actual) for actual in printed)
            assert said, f"{line}\nis not, or not in its place, in\n{done.stdout}"

    def _hear(self, body: str) -> None:
        """Wait for each line, in order; the address is the free port that this one got."""
        for line in body.splitlines():
            heard = self.dev.wait_for_line(
                lambda said, line=line: fits(_any_port(line), said), line
            )
            if line.startswith("console "):
                self.dev.url = heard.split()[-1]
                self.page.goto(self.dev.url)

    def _compile(self, source: str) -> None:
        workspace = empty(self.project / "frontend")
        shutil.copytree(self.project / "generated/client", workspace.package)
        workspace.lay(
            {
                "page.tsx": source.replace("ai-nexus-client", "./package/src/index.js"),
                "tsconfig.json": '{"extends": "./package/tsconfig.json", "include": ["page.tsx"], '
                '"compilerOptions": {"jsx": "react-jsx", "noEmit": true, "declaration": false, '
                '"rootDir": "."}}',
            }
        )
        workspace.passes("tsc")


def _any_port(line: str) -> str:
    return line.replace(WRITTEN_URL, "http://127.0.0.1:...")


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of the system's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        absent_tool("Chromium", "install it, on Debian with `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser.new_page()
        browser.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What a clone has, as far as the tutorial touches it, with the console built."""
    need_tools()
    npm = shutil.which("npm")
    if npm is None or not (CONSOLE / "node_modules").is_dir():
        absent_tool("npm with the console's packages", "install Node.js 20 and run `make setup`")
    assert npm is not None
    folder = make_project(tmp_path / "clone")
    (folder / ".tools").symlink_to(ROOT / ".tools")
    build = [npm, "run", "--silent", "build", "--", "--outDir", str(folder / "built")]
    subprocess.run([*build, "--logLevel", "error"], cwd=CONSOLE, check=True)
    return folder


def test_the_tutorial_does_what_it_says(project: Path, page: Page) -> None:
    reader = Reader(project, page)
    try:
        for step in steps(TUTORIAL.read_text(encoding="utf-8")):
            try:
                reader.do(step)
            except Exception as error:
                error.add_note(f"docs/tutorial.md:{step.line}: {step.kind} {step.argument}")
                raise
        assert reader.dev.stop() == 0
    finally:
        for dev in reader.running:
            dev.end()


def test_every_step_of_the_tutorial_is_understood() -> None:
    found = list(steps(TUTORIAL.read_text(encoding="utf-8")))
    kinds = {step.kind for step in found}
    assert kinds == {"console", "text", "append", "edit", "screen", "tsx"}
    assert len(found) > 20


def test_a_line_that_differs_is_seen() -> None:
    assert fits("reloaded in ... s; data is kept", "reloaded in 0.31 s; data is kept")
    assert not fits("reloaded in ... s; data is kept", "reloaded in 0.31 s; data is lost")
    assert not fits("4 checks passed", "14 checks passed")


def test_an_edit_that_does_not_fit_is_seen() -> None:
    assert edited("a\nb\nc\n", " b\n+x\n") == "a\nb\nx\nc\n"
    with pytest.raises(AssertionError, match="stands 0 times"):
        edited("a\n", "-b\n+c\n")
