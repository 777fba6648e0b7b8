"""The tutorial does what it says: its commands, edits, answers, pages and code, in order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from tests.client.registry import registry
from tests.client.test_templates import COMPILERS, NEWEST, TEMPLATES
from tests.client.workspace import MODULES, need_tools
from tests.conftest import absent_tool
from tests.docs.screen import look
from tests.docs.tutorial import Step, commands, edited, fits, steps
from tests.local.running import Dev, make_project

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
WRITTEN_URL = "http://127.0.0.1:8080"
FRONTEND_URL = "http://localhost:5173"
CONSOLE = ROOT / "console"
PATIENCE = 120
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # A page that comes from no server is of no machine, and may not call this one.
    "--disable-features=LocalNetworkAccessChecks",
)


@dataclass
class Reader:
    """Somebody who does what the tutorial says, in a project of their own."""

    project: Path
    page: Page
    environment: Mapping[str, str]
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
            case "file":
                target.parent.mkdir(exist_ok=True)
                target.write_text(step.body.replace(WRITTEN_URL, self.dev.url))
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
        if script == "npm run dev -w web":
            self._open_frontend()
            return
        printed = iter(self._shell(script.replace(WRITTEN_URL, self.dev.url)).splitlines())
        for line in expected:
            said = any(fits(line, actual) for actual in printed)
            assert said, f"{line}\nis not, or not in its place, in what {script} printed"

    def _shell(self, script: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _hear(self, body: str) -> None:
        """Wait for each line, in order; the address is the free port that this one got."""
        for line in body.splitlines():
            heard = self.dev.wait_for_line(
                lambda said, line=line: fits(_any_port(line), said), line
            )
            if line.startswith("console "):
                self.dev.url = heard.split()[-1]
                self.page.goto(self.dev.url)

    def _open_frontend(self) -> None:
        """What Vite's development server would serve, at its address and without its port.

        It compiles with the settings of a new project of Vite's.
        """
        web = self.project / "web"
        shutil.copy(TEMPLATES / "vite.json", web / "created.json")
        (web / "tsconfig.json").write_text('{"extends": "./created.json", "include": ["main.tsx"]}')
        self._shell(f"node {COMPILERS}/typescript-{NEWEST}/bin/tsc -p web")
        self._shell("NODE_ENV=development npm run build -w web")
        self.page.route(f"{FRONTEND_URL}/**", self._serve)
        self.page.goto(FRONTEND_URL)

    def _serve(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        route.fulfill(path=self.project / "web/dist" / (path.strip("/") or "index.html"))


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
def environment(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """Of the reader's shell: our commands, and npm with what is installed here."""
    with registry(tmp_path / "npm", MODULES, CONSOLE / "node_modules") as variables:
        binaries = Path(sys.executable).parent
        yield {**variables, "PATH": f"{binaries}{os.pathsep}{variables['PATH']}"}


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


def test_the_tutorial_does_what_it_says(
    project: Path, page: Page, environment: Mapping[str, str]
) -> None:
    reader = Reader(project, page, environment)
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
    assert kinds == {"console", "text", "append", "edit", "file", "screen"}
    assert len(found) > 20


def test_the_page_is_short_and_imports_what_is_documented() -> None:
    found = steps(TUTORIAL.read_text(encoding="utf-8"))
    (page,) = [step.body for step in found if step.argument == "web/main.tsx"]
    assert len(page.splitlines()) <= 40
    assert set(re.findall(r'from "(.+)"', page)) == {
        "@tanstack/react-query",
        "ai-nexus-client",
        "ai-nexus-client/local",
        "react-dom/client",
    }


def test_a_line_that_differs_is_seen() -> None:
    assert fits("reloaded in ... s; data is kept", "reloaded in 0.31 s; data is kept")
    assert not fits("reloaded in ... s; data is kept", "reloaded in 0.31 s; data is lost")
    assert not fits("4 checks passed", "14 checks passed")


def test_an_edit_that_does_not_fit_is_seen() -> None:
    assert edited("a\nb\nc\n", " b\n+x\n") == "a\nb\nx\nc\n"
    with pytest.raises(AssertionError, match="stands 0 times"):
        edited("a\n", "-b\n+c\n")
