"""Ways to a page: the palette, the navigation that folds, and the reference's commands."""

from __future__ import annotations

import shlex

from playwright.sync_api import Page, expect

from .conftest import Open

ADMIN = "admin@acme.example"
PHONE = {"width": 390, "height": 844}


def _palette(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox", name="Go to").wait_for()
    page.keyboard.type(words)


def test_a_list_is_a_few_keys_away(open_as: Open) -> None:
    page = open_as(ADMIN)
    _palette(page, "enrol")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Enrollments", level=1)).to_be_visible()


def test_the_palette_creates_and_acts(open_as: Open) -> None:
    page = open_as(ADMIN, viewport=PHONE)
    page.get_by_role("button", name="Go to").click()
    page.keyboard.type("new cour")
    page.get_by_role("menuitem", name="New course").click()
    expect(page.get_by_role("heading", name="New course", level=1)).to_be_visible()
    _palette(page, "dark theme")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    _palette(page, "no such thing")
    expect(page.get_by_text("Nothing has that name.")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="Go to")).to_be_hidden()


def test_the_palette_offers_what_one_may_do(open_as: Open) -> None:
    page = open_as("member@acme.example")
    _palette(page, "course")
    expect(page.get_by_role("menuitem", name="Courses")).to_be_visible()
    expect(page.get_by_role("menuitem", name="New course")).to_have_count(0)


def test_a_folded_group_stays_folded(open_as: Open) -> None:
    page = open_as(ADMIN, "/education/courses")
    group = page.get_by_role("button", name="Education")
    courses = page.get_by_role("navigation", name="Main").get_by_role("link", name="Courses")
    expect(courses).to_be_visible()
    group.click()
    expect(courses).to_be_hidden()
    page.reload()
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(courses).to_be_hidden()
    group.click()
    expect(courses).to_be_visible()


def test_the_reference_has_commands_and_schemas(open_as: Open) -> None:
    page = open_as(ADMIN, "/-/reference")
    operation = page.locator("details").filter(has_text="Create a course").first
    operation.locator("summary").click()
    command = operation.get_by_role("region", name="The request with curl").inner_text()
    words = shlex.split(command)
    origin = page.url.partition("/#")[0]
    assert words[:4] == ["curl", "-X", "POST", f"{origin}/education/courses"]
    assert "Authorization: $TOKEN" in words
    operation.get_by_role("button", name="Course", exact=True).first.click()
    members = page.locator("#schema-Course").get_by_role("region", name="Members")
    expect(members.get_by_role("cell", name="created_at *")).to_be_visible()
