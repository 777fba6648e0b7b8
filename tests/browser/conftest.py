"""A running `nexus-gen dev` with the console, and browsers signed in to it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import absent_tool
from tests.local.running import Caller, Dev, make_project

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "console"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # CI runs as root, whom Chromium's sandbox refuses
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        absent_tool("Chromium", "install it, on Debian with `apt-get install chromium`")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with our spec, no data, and the console as its sources are now."""
    npm = shutil.which("npm")
    if npm is None or not (CONSOLE / "node_modules/.setup-stamp").exists():
        absent_tool("npm with the console's packages", "install Node.js 20 and run `make setup`")
    assert npm is not None
    folder = make_project(tmp_path_factory.mktemp("browser"))
    build = [npm, "run", "--silent", "build", "--", "--outDir", str(folder / "built")]
    subprocess.run([*build, "--logLevel", "error"], cwd=CONSOLE, check=True)
    return folder


@pytest.fixture(scope="package")
def dev(chromium: Browser, project: Path) -> Iterator[Dev]:
    """The local API of the project."""
    running = Dev(project, NEXUS_CONSOLE=str(project / "built")).ready()
    yield running
    running.end()


@pytest.fixture(scope="package")
def api(dev: Dev) -> Callable[[str], Caller]:
    """Speaks to the API as a user, past the console: to prepare data and to look at it."""
    return lambda username: Caller(dev.url, username)


@pytest.fixture
def open_as(chromium: Browser, dev: Dev) -> Iterator[Open]:
    """Opens the console as a user in a browser of its own; None stays at the sign-in page.

    Fails at the end if a page broke its content security policy or threw.
    """
    contexts = []
    complaints: list[str] = []

    def note(text: str) -> None:
        if "Content Security Policy" in text:
            complaints.append(text)

    def open_page(username: str | None, path: str = "/", **options: object) -> Page:
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "timezone_id": "UTC", **options}  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda message: note(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{dev.url}/#{path}")
        if username is not None:
            page.get_by_role("button", name=username).click()
            page.locator(".shell").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
