"""Forms when something goes wrong: faults, other people, a new spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.local.running import Caller, edit

from .conftest import Open

ADMIN = "admin@acme.example"
COURSES = "/education/courses"

Api = Callable[[str], Caller]


@pytest.fixture
def course(api: Api, request: pytest.FixtureRequest) -> dict[str, Any]:
    slug = request.node.name.replace("_", "-")[:100].strip("-")
    body = {"title": "Before", "slug": slug, "price": "10", "summary": "Before."}
    answer = api(ADMIN).send("POST", COURSES, body)
    assert answer.status == 201, answer
    created: dict[str, Any] = answer.body
    return created


@pytest.fixture
def spec(project: Path) -> Iterator[Path]:
    """The vertical's file; as it was, afterwards."""
    path = project / "spec/verticals/education.yaml"
    before = path.read_text()
    yield path
    path.write_text(before)


def _fault(page: Page, label: str) -> Any:
    """The message that a field is described by."""
    ids = page.get_by_label(label, exact=True).get_attribute("aria-describedby") or ""
    return page.locator(", ".join(f"#{name}" for name in ids.split() if name.endswith("-error")))


def test_each_fault_stands_at_its_field_and_in_the_summary(open_as: Open) -> None:
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Slug required").fill("Not A Slug")
    page.get_by_label("Language").fill("english")
    page.get_by_label("Price").fill("-1.234")
    page.get_by_label("Capacity").fill("many")
    page.get_by_role("button", name="Add tag").click()
    page.get_by_role("button", name="Create course").click()
    summary = page.get_by_role("alert").filter(has_text="things to mend")
    expect(summary).to_be_focused()
    for label in ("Title required", "Slug required", "Language", "Price", "Capacity", "Tag 1"):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(_fault(page, label)).not_to_be_empty()
    for label in ("Title", "Slug", "Language", "Price", "Capacity", "Tags, 1"):
        expect(summary.get_by_role("button", name=f"{label}: ")).not_to_have_count(0)
    summary.get_by_role("button", name="Capacity: ").first.click()
    expect(page.get_by_label("Capacity")).to_be_focused()
    page.keyboard.type("0")
    page.get_by_label("Capacity").fill("30")
    expect(page.get_by_label("Capacity")).to_have_attribute("aria-invalid", "false")


def test_taken_slug_is_a_fault_of_its_field(open_as: Open, course: dict[str, Any]) -> None:
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Title").fill("Another")
    page.get_by_label("Slug").fill(course["slug"])
    page.get_by_role("button", name="Create course").click()
    expect(page.get_by_label("Slug")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Title")).to_have_value("Another")


def test_second_of_two_editors_decides_and_loses_nothing(
    open_as: Open, api: Api, course: dict[str, Any]
) -> None:
    path = f"{COURSES}/{course['id']}"
    first, second = open_as(ADMIN, f"{path}/edit"), open_as(ADMIN, f"{path}/edit")
    for page in (first, second):
        expect(page.get_by_label("Title")).to_have_value("Before")
    first.get_by_label("Title").fill("Theirs")
    first.get_by_label("Capacity").fill("7")
    first.get_by_role("button", name="Save changes").click()
    expect(first.get_by_role("heading", level=1, name="Theirs", exact=True)).to_be_visible()

    second.get_by_label("Title").fill("Mine")
    second.get_by_label("Summary").fill("Mine too.")
    second.get_by_role("button", name="Save changes").click()
    question = second.get_by_role("alertdialog")
    expect(question).to_contain_text("changed while you edited it")
    expect(question.get_by_role("group", name="Title")).to_contain_text("Theirs")
    expect(question.get_by_role("group", name="Title")).to_contain_text("Mine")
    expect(question).to_contain_text("Capacity: 7")
    expect(question).to_contain_text("Summary: Mine too.")
    stored = api(ADMIN).send("GET", path).body
    assert (stored["title"], stored["version"]) == ("Theirs", 2)

    question.get_by_role("button", name="Keep editing").click()
    expect(second.get_by_label("Title")).to_have_value("Mine")
    expect(second.get_by_label("Capacity")).to_have_value("7")
    second.get_by_role("button", name="Save changes").click()
    expect(second.get_by_role("heading", level=1, name="Mine", exact=True)).to_be_visible()
    stored = api(ADMIN).send("GET", path).body
    assert (stored["title"], stored["summary"], stored["capacity"]) == ("Mine", "Mine too.", 7)


def test_theirs_can_be_taken_field_by_field(
    open_as: Open, api: Api, course: dict[str, Any]
) -> None:
    path = f"{COURSES}/{course['id']}"
    page = open_as(ADMIN, f"{path}/edit")
    page.get_by_label("Title").fill("Mine")
    page.get_by_label("Price").fill("20")
    theirs = {"title": "Theirs", "price": "30"}
    assert api(ADMIN).send("PATCH", path, theirs, {"If-Match": '"1"'}).status == 200
    page.get_by_role("button", name="Save changes").click()
    question = page.get_by_role("alertdialog")
    question.get_by_role("group", name="Title").get_by_label("Take theirs").check()
    question.get_by_role("button", name="Save with these choices").click()
    expect(page.get_by_role("heading", level=1, name="Theirs", exact=True)).to_be_visible()
    stored = api(ADMIN).send("GET", path).body
    assert (stored["title"], stored["price"]) == ("Theirs", "20.00")


def test_half_filled_form_survives_a_reload_of_the_page(open_as: Open) -> None:
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Title").fill("Half")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Half")
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_label("Title")).to_have_value("")


def test_item_that_is_gone_leaves_what_was_typed(
    open_as: Open, api: Api, course: dict[str, Any]
) -> None:
    path = f"{COURSES}/{course['id']}"
    page = open_as(ADMIN, f"{path}/edit")
    page.get_by_label("Title").fill("Kept")
    assert api(ADMIN).send("DELETE", path).status == 204
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("button", name="Create a course from it").click()
    expect(page.get_by_role("heading", level=1, name="New course")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Kept")


def test_saved_spec_adds_a_field_to_the_open_form(
    open_as: Open, api: Api, project: Path, spec: Path
) -> None:
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Title").fill("With a new field")
    page.get_by_label("Slug").fill("with-a-new-field")
    edit(
        project,
        "      ends_on: {type: date}\n",
        "      ends_on: {type: date}\n      room: {type: string, max_length: 20}\n",
    )
    page.get_by_label("Room").fill("B 12")
    expect(page.get_by_label("Title")).to_have_value("With a new field")
    page.get_by_role("button", name="Create course").click()
    expect(page.get_by_role("heading", level=1, name="With a new field")).to_be_visible()
    expect(page.get_by_text("B 12")).to_be_visible()


def test_bad_spec_is_shown_and_the_last_good_api_stays(
    open_as: Open, project: Path, spec: Path
) -> None:
    good = spec.read_text()
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Title").fill("Still here")
    edit(project, "capacity: {type: integer", "capacity: {type: intger")
    banner = page.get_by_role("region", name="Problems of the spec")
    expect(banner).to_contain_text("intger")
    expect(banner).to_contain_text("spec/verticals/education.yaml")
    expect(page.get_by_label("Title")).to_have_value("Still here")
    expect(page.get_by_label("Capacity")).to_be_visible()
    spec.write_text(good)
    expect(banner).to_have_count(0)
