"""Lists where there is little room: what can be done to a row is in reach, and rows can be read."""

from __future__ import annotations

from collections.abc import Callable
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
    """Whether a click in the middle of a control, which is on screen, reaches it."""
    hit: bool = control.evaluate(
        """(at) => {
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
