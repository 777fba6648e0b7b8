"""Lists where there is little room: what can be done to a row is in reach, and rows can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.local.running import Caller

from .conftest import Open

ADMIN = "admin@acme.example"
COURSES = "/education/courses"

Api = Callable[[str], Caller]


@pytest.fixture(scope="module")
def course(api: Api) -> dict[str, Any]:
    """A course with a value in every column, each as long as they come."""
    body = {
        "title": "A title that takes two lines wherever a window is narrow",
        "slug": "little-room",
        "level": "intermediate",
        "language": "pt-BR",
        "price": "123456789.50",
        "capacity": 10000,
        "tags": ["languages", "engineering", "science", "philosophy", "astronomy"],
        "starts_on": "1970-03-27",  # before those of other tests: first in either order
    }
    answer = api(ADMIN).send("POST", COURSES, body)
    assert answer.status == 201, answer
    created: dict[str, Any] = answer.body
    return created


def _is_hit(control: Locator) -> bool:
    """Whether a click in the middle of a control reaches it; other rows may push it down."""
    hit: bool = control.evaluate(
        """(at) => {
          const {y: top} = at.getBoundingClientRect();
          document.getElementById("main").scrollBy(0, top - window.innerHeight / 2);
          const {x, y, width, height} = at.getBoundingClientRect();
          const found = document.elementFromPoint(x + width / 2, y + height / 2);
          return found !== null && at.contains(found);
        }"""
    )
    return hit


def _row(page: Page, course: dict[str, Any]) -> Locator:
    return page.get_by_role("row").filter(has_text=course["title"])


def test_actions_of_a_row_stay_in_sight_beside_the_requests(
    open_as: Open, course: dict[str, Any]
) -> None:
    page = open_as(ADMIN, COURSES)
    page.get_by_role("button", name="DynamoDB call").click()
    menu = _row(page, course).get_by_role("button", name="Actions for")
    menu.wait_for()
    table = page.get_by_role("region", name="Courses")
    assert table.evaluate("(at) => at.scrollWidth > at.clientWidth"), "it has room for everything"
    assert _is_hit(menu)
    table.evaluate("(at) => { at.scrollLeft = at.scrollWidth; }")
    assert _is_hit(menu)


@pytest.mark.parametrize(
    ("order", "second"), [("-created_at", "Level"), ("starts_on", "Starts on")]
)
def test_narrow_list_has_the_title_and_what_it_is_ordered_by(
    open_as: Open, course: dict[str, Any], order: str, second: str
) -> None:
    page = open_as(ADMIN, f"{COURSES}?sort={order}", viewport={"width": 390, "height": 844})
    row = _row(page, course)
    row.wait_for()
    names = page.get_by_role("columnheader").all_inner_texts()
    assert names == ["Title", second, "Actions"]
    expect(row.get_by_role("cell")).to_have_count(3)
    table = page.get_by_role("region", name="Courses")
    assert table.evaluate("(at) => at.scrollWidth <= at.clientWidth"), "it scrolls sideways"
    assert _is_hit(row.get_by_role("button", name="Actions for"))


@pytest.fixture(scope="module")
def deleted(api: Api) -> dict[str, Any]:
    """A course in the trash, as its list there shows it."""
    caller = api(ADMIN)
    created = caller.send("POST", COURSES, {"title": "Went to the trash", "slug": "went"}).body
    assert caller.send("DELETE", f"{COURSES}/{created['id']}").status == 204
    listed = caller.send("GET", f"{COURSES}?deleted=true&sort=-created_at&limit=100").body["items"]
    found: dict[str, Any] = next(item for item in listed if item["id"] == created["id"])
    return found


def _day(moment: str) -> str:
    """`Nov 9, 2026`, as the console writes it in English."""
    day = datetime.fromisoformat(moment)
    return f"{day:%b} {day.day}, {day.year}"


def test_trash_shows_when_items_went_and_until_when_they_can_come_back(
    open_as: Open, deleted: dict[str, Any]
) -> None:
    page = open_as(ADMIN, f"{COURSES}?deleted=true&sort=-created_at")
    row = _row(page, deleted)
    row.wait_for()
    names = page.get_by_role("columnheader").all_inner_texts()
    assert names[:3] == ["Title", "Deleted", "Can come back until"]
    assert row.get_by_role("cell").count() == len(names) <= 8
    expect(row.get_by_role("cell").nth(1)).to_contain_text(_day(deleted["deleted_at"]))
    expect(row.get_by_role("cell").nth(2)).to_contain_text(_day(deleted["restorable_until"]))
    page.get_by_role("button", name="Leave the trash").click()
    page.get_by_role("columnheader", name="Level").wait_for()
    for name in ("Deleted", "Can come back until"):
        expect(page.get_by_role("columnheader", name=name)).to_have_count(0)


def test_narrow_trash_has_the_title_and_until_when(open_as: Open, deleted: dict[str, Any]) -> None:
    narrow = {"width": 390, "height": 844}
    page = open_as(ADMIN, f"{COURSES}?deleted=true&sort=-created_at", viewport=narrow)
    row = _row(page, deleted)
    row.wait_for()
    names = page.get_by_role("columnheader").all_inner_texts()
    assert names == ["Title", "Can come back until", "Actions"]
    expect(row.get_by_role("cell").nth(1)).to_contain_text(_day(deleted["restorable_until"]))
    table = page.get_by_role("region", name="Courses in the trash")
    assert table.evaluate("(at) => at.scrollWidth <= at.clientWidth"), "it scrolls sideways"
    assert _is_hit(row.get_by_role("button", name="Restore"))
