"""Quick clicks in a frontend of its own origin, over a slow connection: no back and forth."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.client.workspace import committed
from tests.local.running import Caller, Dev

from .conftest import PATIENCE_MS

ORIGIN = "http://localhost:5173"
"""One that the spec's environment `dev` admits. Nothing listens there: the test answers."""
TITLES = ("one", "two", "three")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page's code, bundled as a frontend bundles it."""
    workspace = committed(tmp_path_factory.mktemp("optimism") / "workspace")
    define = '--define:process.env.NODE_ENV="production"'
    workspace.passes("esbuild", "live/page.ts", "--bundle", define, "--outfile=page.js")
    return (workspace.folder / "page.js").read_text()


@pytest.fixture
def page(chromium: Browser, dev: Dev, script: str) -> Iterator[Page]:
    """The page with three courses, of an organization that has no others."""
    user = Caller(dev.url, "admin@globex.example")
    for course in user.send("GET", "/education/courses?limit=100").body["items"]:
        user.send("DELETE", f"/education/courses/{course['id']}")
    for title in TITLES:
        body = {"title": title, "slug": f"{title}-{time.monotonic_ns()}", "level": "beginner"}
        assert user.send("POST", "/education/courses", body).status == 201
    # Chromium takes an answer that the test gives for one from far away.
    context = chromium.new_context(permissions=["local-network-access"])
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    given = json.dumps({"apiUrl": dev.url, "token": user.tokens["idToken"]})
    opened.add_init_script(f"window.given = {given}")
    opened.route(f"{ORIGIN}/page.js", lambda route: route.fulfill(body=script))
    html = '<!doctype html><body><script src="/page.js"></script></body>'
    opened.route(f"{ORIGIN}/", lambda route: route.fulfill(body=html, content_type="text/html"))
    opened.goto(f"{ORIGIN}/")
    expect(opened.get_by_role("listitem")).to_have_count(len(TITLES))
    yield opened
    context.close()


def held(page: Page, method: str) -> list[Route]:
    """The requests of a method, kept back from now on; each goes on by `continue_`."""
    kept: list[Route] = []
    page.route(
        "**/education/courses/*",
        lambda route: kept.append(route) if route.request.method == method else route.continue_(),
    )
    return kept


def click(page: Page, at: int, name: str) -> None:
    """Click a button of the row that is at that place now."""
    page.get_by_role("listitem").nth(at).get_by_role("button", name=name).click()


def answered(page: Page, kept: list[Route], at: int) -> Response:
    """Let a request go on that was, or is about to be, kept back; its answer."""
    while len(kept) <= at:
        page.wait_for_timeout(10)
    with page.expect_response(lambda response: response.request == kept[at].request) as answer:
        kept[at].continue_()
    return answer.value


def settled(page: Page) -> list[str]:
    """What was shown, once the list has been fetched after the last write."""
    page.wait_for_load_state("networkidle")
    shown: list[str] = page.evaluate("window.shown")
    return shown


def test_two_rows_changed_at_once_the_second_answered_first(page: Page) -> None:
    kept = held(page, "PATCH")
    click(page, 0, "rename")
    click(page, 1, "rename")
    assert answered(page, kept, 1).status == 200
    assert answered(page, kept, 0).status == 200
    assert settled(page) == [
        "one:beginner two:beginner three:beginner",
        "ONE:beginner two:beginner three:beginner",
        "ONE:beginner TWO:beginner three:beginner",
    ]


def test_two_rows_deleted_at_once_the_second_answered_first(page: Page) -> None:
    kept = held(page, "DELETE")
    click(page, 0, "delete")
    click(page, 0, "delete")
    assert answered(page, kept, 1).status == 204
    assert answered(page, kept, 0).status == 204
    assert settled(page) == [
        "one:beginner two:beginner three:beginner",
        "two:beginner three:beginner",
        "three:beginner",
    ]


def test_two_fields_of_a_row_changed_at_once(page: Page) -> None:
    kept = held(page, "PATCH")
    click(page, 0, "rename")
    click(page, 0, "raise")
    first, second = answered(page, kept, 0), answered(page, kept, 1)
    assert (first.status, second.status) == (200, 200)
    assert second.request.headers["if-match"] == '"2"'
    assert settled(page)[1:] == [
        "ONE:beginner two:beginner three:beginner",
        "ONE:advanced two:beginner three:beginner",
    ]
    expect(page.locator("[data-failed=true]")).to_have_count(0)
