"""Everybody can use it: axe on every page in both themes, the keyboard alone, a narrow window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.local.running import Caller

from .conftest import CONSOLE, Open

ADMIN = "admin@acme.example"
COURSES = "/education/courses"
AXE = CONSOLE / "node_modules/axe-core/axe.min.js"

Api = Callable[[str], Caller]


@pytest.fixture(scope="module")
def paths(api: Api) -> dict[str, str]:
    """A page of each kind, with data on it: name to address."""
    caller = api(ADMIN)
    teacher = caller.send(
        "POST", "/education/instructors", {"name": "Ada", "email": "ada@a.example"}
    )
    full = {
        "title": "Everything filled in",
        "slug": "everything",
        "summary": "One line.\nAnother.",
        "price": "12.50",
        "capacity": 3,
        "tags": ["a", "b"],
        "instructor": teacher.body["id"],
        "starts_on": "2027-01-01",
    }
    course = caller.send("POST", COURSES, full).body
    trashed = caller.send("POST", COURSES, {"title": "Gone", "slug": "gone"}).body
    assert caller.send("DELETE", f"{COURSES}/{trashed['id']}").status == 204
    item = f"{COURSES}/{course['id']}"
    lesson = {"title": "One", "position": 1, "attachments": [{"label": "a", "url": "https://a.b"}]}
    lesson_id = caller.send("POST", f"{item}/lessons", lesson).body["id"]
    enrollment = {
        "course": course["id"],
        "learner": "ada",
        "answers": {"why": "because"},
        "settings": {"deep": [1]},
    }
    enrolled = caller.send("POST", "/education/enrollments", enrollment).body
    return {
        "overview": "/",
        "list": COURSES,
        "filtered": f"{COURSES}?level=beginner&sort=starts_on",
        "trash": f"{COURSES}?deleted=true",
        "item": item,
        "new": f"{COURSES}/new",
        "edit": f"{item}/edit",
        "lesson": f"{item}/lessons/{lesson_id}",
        "edit lesson": f"{item}/lessons/{lesson_id}/edit",
        "enrollment": f"/education/enrollments/{enrolled['id']}",
        "edit enrollment": f"/education/enrollments/{enrolled['id']}/edit",
        "diagram": "/-/diagram",
        "reference": "/-/reference",
        "isolation": "/-/isolation",
        "not found": f"{COURSES}/{course['id'][:-4]}0000",
        "no such page": "/nowhere",
    }


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def _settle(page: Page) -> None:
    """Wait until the page shows its content: a heading, and nothing that is still loading."""
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.get_by_label("Loading")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(open_as: Open, paths: dict[str, str], theme: str) -> None:
    found: dict[str, list[str]] = {}
    page = open_as(None, color_scheme=theme, reduced_motion="reduce")
    page.get_by_role("button", name=ADMIN).wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    found["sign-in"] = _violations(page)
    page.get_by_role("button", name=ADMIN).click()
    _settle(page)
    root = page.url.split("#")[0]
    for name, path in paths.items():
        page.goto(f"{root}#{path}")
        _settle(page)
        if name == "reference":
            page.locator("details").nth(1).locator("summary").click()
        found[name] = _violations(page)
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_what_opens_above_a_page(
    open_as: Open, paths: dict[str, str], theme: str
) -> None:
    page = open_as(ADMIN, paths["item"], color_scheme=theme, reduced_motion="reduce")
    _settle(page)
    page.get_by_role("button", name="DynamoDB call").click()
    found = {"requests": _violations(page)}
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").wait_for()
    found["question"] = _violations(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="switch user").click()
    page.get_by_role("menu").wait_for()
    found["menu"] = _violations(page)
    page.keyboard.press("Escape")
    page.goto(page.url.split("#")[0] + f"#{COURSES}/new")
    page.get_by_role("button", name="Create course").click()
    page.get_by_role("alert").filter(has_text="to mend").wait_for()
    found["faults"] = _violations(page)
    assert {name: each for name, each in found.items() if each} == {}


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus, which must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused: dict[str, str] = page.evaluate(
            """() => {
              const at = document.activeElement;
              const named = at.labels?.[0]?.innerText ?? at.getAttribute("aria-label");
              const own = at.matches("a, button, summary, [role]") ? at.innerText : "";
              const label = named ?? own;
              const style = getComputedStyle(at);
              return {label: label ?? "", outline: style.outlineStyle};
            }"""
        )
        if name in focused["label"]:
            assert focused["outline"] != "none", f"the focus of {name} cannot be seen"
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_keyboard_alone_creates_a_course(open_as: Open, api: Api) -> None:
    page = open_as(None)
    page.get_by_role("button", name=ADMIN).wait_for()
    _tab_to(page, ADMIN)
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Main").wait_for()
    _tab_to(page, "Courses")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Courses")).to_be_visible()
    _tab_to(page, "New course")
    page.keyboard.press("Enter")
    _tab_to(page, "Title")
    page.keyboard.type("By keyboard")
    _tab_to(page, "Slug")
    page.keyboard.type("by-keyboard")
    _tab_to(page, "Level")
    page.keyboard.type("Adv")
    _tab_to(page, "Add tag")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("keys")
    _tab_to(page, "Create course")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="By keyboard")).to_be_visible()
    course = api(ADMIN).send("GET", f"{COURSES}/{page.url.rsplit('/', 1)[-1]}").body
    assert (course["level"], course["tags"]) == ("advanced", ["keys"])


def test_skip_link_leads_past_the_navigation(open_as: Open) -> None:
    page = open_as(ADMIN, COURSES)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_narrow_window_needs_no_sideways_scrolling(open_as: Open, paths: dict[str, str]) -> None:
    page = open_as(ADMIN, viewport={"width": 360, "height": 740})
    root = page.url.split("#")[0]
    too_wide = {}
    for name, path in paths.items():
        page.goto(f"{root}#{path}")
        _settle(page)
        width = page.evaluate(
            """Math.max(document.documentElement.scrollWidth,
                        document.getElementById("main").scrollWidth)"""
        )
        if width > 360:
            too_wide[name] = width
    assert too_wide == {}
    page.get_by_role("button", name="Navigation", exact=True).click()
    page.get_by_role("link", name="Instructors").click()
    expect(page.get_by_role("heading", level=1, name="Instructors")).to_be_visible()


def test_theme_is_the_readers_choice_and_stays(open_as: Open) -> None:
    page = open_as(ADMIN, color_scheme="light")
    page.get_by_role("button", name="Use the dark theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.get_by_role("button", name="Use the light theme").wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
