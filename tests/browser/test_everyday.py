"""What people do with the console all day: lists, forms, the trash, children."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.local.running import Caller, Dev

from .conftest import Open

ADMIN = "admin@acme.example"
STRANGER = "admin@globex.example"
MEMBER = "member@acme.example"
COURSES = "/education/courses"

Api = Callable[[str], Caller]


@pytest.fixture(scope="module")
def courses(api: Api) -> list[dict[str, Any]]:
    """Forty-five courses of acme: more than two pages."""
    caller = api(ADMIN)
    levels = ["beginner", "intermediate", "advanced"]
    made = []
    for number in range(45):
        course = {
            "title": f"Course {number:02}",
            "slug": f"course-{number:02}",
            "level": levels[number % 3],
            "starts_on": f"2027-03-{1 + number % 28:02}",
        }
        answer = caller.send("POST", COURSES, course)
        assert answer.status == 201, answer
        made.append(answer.body)
    return made


def _course(api: Api, slug: str) -> dict[str, Any]:
    answer = api(ADMIN).send("POST", COURSES, {"title": f"Title of {slug}", "slug": slug})
    assert answer.status == 201, answer
    created: dict[str, Any] = answer.body
    return created


def _top(of: Locator) -> float:
    top: float = of.evaluate("(at) => at.getBoundingClientRect().top")
    return top


def _bottom(of: Locator) -> float:
    bottom: float = of.evaluate("(at) => at.getBoundingClientRect().bottom")
    return bottom


def _rows(page: Page) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_role("link"))


def test_create_shows_the_course_and_the_api_has_it(open_as: Open, api: Api) -> None:
    page = open_as(ADMIN, COURSES)
    page.get_by_role("link", name="New course").first.click()
    page.get_by_label("Title").fill("A course")
    expect(page.get_by_label("Slug")).to_have_value("a-course")
    page.get_by_label("Slug").fill("from-the-form")
    page.get_by_label("Title").fill("A course from the form")
    expect(page.get_by_label("Slug")).to_have_value("from-the-form")
    page.get_by_label("Level").select_option("advanced")
    page.get_by_label("Price").fill("12.50")
    page.get_by_label("Capacity").fill("30")
    page.get_by_role("button", name="Add tag").click()
    page.get_by_label("Tag 1", exact=True).fill("new")
    page.get_by_label("Starts on").fill("2027-01-31")
    page.get_by_role("button", name="Create course").click()
    expect(page.get_by_role("heading", level=1, name="A course from the form")).to_be_visible()
    course_id = page.url.rsplit("/", 1)[-1]
    stored = api(ADMIN).send("GET", f"{COURSES}/{course_id}").body
    assert stored["level"] == "advanced"
    assert stored["price"] == "12.50"
    assert stored["capacity"] == 30
    assert stored["tags"] == ["new"]
    assert stored["starts_on"] == "2027-01-31"


def test_edit_sends_only_what_changed(open_as: Open, api: Api) -> None:
    course = _course(api, "to-edit")
    page = open_as(ADMIN, f"{COURSES}/{course['id']}")
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Slug")).to_have_attribute("readonly", "")
    page.get_by_label("Summary").fill("Now with a summary.")
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.sent = [];
          window.fetch = async (request) => {
            const match = request.headers.get("If-Match");
            window.sent.push([request.method, match, await request.clone().text()]);
            return real(request);
          };
        }"""
    )
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Now with a summary.")).to_be_visible()
    sent = page.evaluate("window.sent.filter(([method]) => method === 'PATCH')")
    assert sent == [["PATCH", '"1"', '{"summary":"Now with a summary."}']]
    expect(page.get_by_text("Version 2")).to_be_visible()


def test_pages_follow_while_scrolling(open_as: Open, courses: list[dict[str, Any]]) -> None:
    page = open_as(ADMIN, f"{COURSES}?sort=starts_on")
    expect(page.get_by_text("so far")).to_be_visible()
    while page.get_by_text("so far").count():
        page.get_by_role("button", name="Load more").or_(
            page.get_by_role("status").filter(has_text="courses")
        ).first.scroll_into_view_if_needed()
        page.mouse.wheel(0, 4000)
        page.wait_for_function("document.querySelectorAll('tbody tr').length % 20 !== 1")
    dated = {course["title"] for course in courses}
    shown = set(page.locator("a.lead").all_inner_texts())
    assert dated <= shown


def test_filter_and_order_are_those_of_the_indexes(
    open_as: Open, api: Api, courses: list[dict[str, Any]]
) -> None:
    page = open_as(ADMIN, COURSES)
    page.get_by_role("button", name="Show").click()
    names = page.get_by_role("option").all_inner_texts()
    assert names == ["All", "By level", "By instructor"]
    page.get_by_role("option", name="By level").click()
    page.get_by_role("button", name=re.compile("Level$")).click()
    page.get_by_role("option", name="Advanced").click()
    expect(page.get_by_text("from index by_level")).to_be_visible()
    expect(_rows(page).first).to_contain_text("Advanced")
    served = api(ADMIN).send("GET", f"{COURSES}?level=advanced&sort=starts_on&limit=100").body
    advanced = {course["id"] for course in courses if course["level"] == "advanced"}
    assert advanced <= {course["id"] for course in served["items"]}
    count = page.get_by_role("status").filter(has_text="courses")
    expect(count).to_have_text(f"{len(served['items'])} courses")
    assert page.locator(".pill", has_text=re.compile("Beginner|Intermediate")).count() == 0
    assert "level=advanced" in page.url
    page.get_by_role("button", name="Starts on", exact=True).last.click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Starts on")
    expect(_rows(page).first).to_contain_text("Mar 27, 2027")


def test_delete_undo_trash_and_restore(open_as: Open, api: Api) -> None:
    course = _course(api, "to-delete")
    title = course["title"]
    page = open_as(ADMIN, f"{COURSES}/{course['id']}")
    page.get_by_role("button", name="Delete").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("30 days")
    expect(question).to_contain_text("enrollments are deleted for good")
    question.get_by_role("button", name="Delete course").click()
    undo = page.get_by_role("button", name="Undo")
    undo.wait_for()
    assert _bottom(page.locator("#root")) <= _top(page.locator(".toasts")), "it covers the page"
    undo.click()
    expect(page.get_by_text(f"“{title}” is back.")).to_be_visible()
    assert api(ADMIN).send("GET", f"{COURSES}/{course['id']}").status == 200

    page.get_by_role("button", name=f"Actions for {title}").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete course").click()
    expect(page.get_by_role("link", name=title)).to_have_count(0)
    page.get_by_role("button", name="Trash").click()
    page.get_by_role("button", name=f"Restore {title}").click()
    expect(page.get_by_role("button", name=f"Restore {title}")).to_have_count(0)
    page.get_by_role("button", name="Leave the trash").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_lessons_lie_within_their_course(open_as: Open, api: Api) -> None:
    course = _course(api, "with-lessons")
    page = open_as(ADMIN, f"{COURSES}/{course['id']}")
    page.get_by_role("link", name="New lesson").first.click()
    page.get_by_label("Title").fill("First lesson")
    page.get_by_label("Position").fill("1")
    page.get_by_label("Length").fill("1h 30m")
    page.get_by_role("button", name="Add attachment").click()
    page.get_by_label("Label").fill("Slides")
    page.get_by_label("Url required", exact=True).fill("https://example.org/slides")
    page.get_by_role("button", name="Create lesson").click()
    expect(page.get_by_role("heading", level=1, name="First lesson")).to_be_visible()
    expect(page.get_by_text("1 hour 30 minutes")).to_be_visible()
    page.get_by_label("Breadcrumb").get_by_role("link", name=course["title"]).click()
    expect(page.get_by_role("link", name="First lesson")).to_be_visible()
    lessons = api(ADMIN).send("GET", f"{COURSES}/{course['id']}/lessons").body["items"]
    assert lessons[0]["length"] == "PT1H30M"
    assert lessons[0]["attachments"] == [{"label": "Slides", "url": "https://example.org/slides"}]


def test_reference_is_found_by_name_and_shown_by_name(open_as: Open, api: Api) -> None:
    teacher = {"name": "Grace Hopper", "email": "grace@acme.example"}
    assert api(ADMIN).send("POST", "/education/instructors", teacher).status == 201
    course = _course(api, "to-teach")
    page = open_as(ADMIN, f"{COURSES}/{course['id']}/edit")
    page.get_by_role("combobox", name="Instructor").press_sequentially("hop")
    page.get_by_role("option", name="Grace Hopper").click()
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("link", name="Grace Hopper").click()
    expect(page.get_by_role("heading", level=1, name="Grace Hopper")).to_be_visible()
    expect(page.get_by_role("link", name=course["title"])).to_be_visible()


def test_other_organization_sees_none_of_it(open_as: Open, api: Api) -> None:
    course = _course(api, "only-of-acme")
    ours = open_as(ADMIN, f"{COURSES}/{course['id']}")
    expect(ours.get_by_role("heading", level=1, name=course["title"])).to_be_visible()
    theirs = open_as(STRANGER, COURSES)
    expect(theirs.get_by_role("heading", name="No courses yet")).to_be_visible()
    theirs.goto(ours.url)
    expect(theirs.get_by_role("heading", level=1, name="Not found")).to_be_visible()
    expect(theirs.get_by_text(course["title"])).to_have_count(0)


def test_isolation_page_asks_with_both_tokens(open_as: Open, api: Api) -> None:
    course = _course(api, "probed")
    page = open_as(ADMIN, "/-/isolation")
    acme = page.get_by_role("region", name="acme", exact=True)
    row = acme.get_by_role("row").filter(has_text=course["title"])
    expect(row).to_contain_text("404, not found")
    globex = page.get_by_role("region", name="globex", exact=True)
    expect(globex.get_by_text("No courses.")).to_be_visible()


def test_switching_user_leaves_nothing_of_the_last_one(open_as: Open, api: Api) -> None:
    course = _course(api, "before-the-switch")
    page = open_as(ADMIN, f"{COURSES}/{course['id']}")
    expect(page.get_by_role("heading", level=1, name=course["title"])).to_be_visible()
    page.get_by_role("button", name="switch user").click()
    page.get_by_role("menuitem", name=STRANGER).click()
    expect(page.get_by_role("heading", level=1, name="Not found")).to_be_visible()
    expect(page.get_by_text(course["title"])).to_have_count(0)


def test_what_is_typed_does_not_follow_to_another_organization(open_as: Open) -> None:
    page = open_as(ADMIN, f"{COURSES}/new")
    page.get_by_label("Title").fill("Typed for acme")
    page.get_by_role("button", name="switch user").click()
    page.get_by_role("menuitem", name=STRANGER).click()
    expect(page.get_by_role("button", name="globex")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("")
    page.get_by_role("button", name="switch user").click()
    page.get_by_role("menuitem", name=ADMIN).click()
    expect(page.get_by_label("Title")).to_have_value("Typed for acme")


def test_what_roles_do_not_allow_is_not_offered(open_as: Open, api: Api) -> None:
    course = _course(api, "to-read")
    page = open_as(MEMBER, f"{COURSES}/{course['id']}")
    expect(page.get_by_role("heading", level=1, name=course["title"])).to_be_visible()
    for name in ("Edit", "New lesson"):
        expect(page.get_by_role("link", name=name)).to_have_count(0)
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    page.goto(page.url.replace(f"/{course['id']}", ""))
    expect(page.get_by_role("link", name=course["title"])).to_be_visible()
    expect(page.get_by_role("link", name="New course")).to_have_count(0)
    expect(page.get_by_role("button", name="Trash")).to_have_count(0)
    page.get_by_role("link", name="Enrollments").click()
    expect(page.get_by_text("from index mine")).to_be_visible()


REFUSED = {
    "/new": ("You may not add courses", "instructor or admin"),
    "/{id}/edit": ("You may not change this course", "admin or whoever created it"),
    "?deleted=true": ("You may not see the trash of courses", "admin"),
}


def test_who_opens_what_roles_do_not_allow_is_told_whose_do(open_as: Open, api: Api) -> None:
    course = _course(api, "not-for-members")
    page = open_as(MEMBER)
    root = page.url.split("#")[0]
    for path, (refused, allowed) in REFUSED.items():
        page.goto(f"{root}#{COURSES}{path.format(id=course['id'])}")
        expect(page.get_by_role("heading", level=1)).to_have_text(refused)
        expect(page.get_by_role("main")).to_contain_text("signed in to acme as member")
        expect(page.get_by_role("main")).to_contain_text(f"The spec allows this to {allowed}.")


def test_relation_without_items_says_so(open_as: Open, api: Api) -> None:
    teacher = {"name": "Nobody's teacher", "email": "idle@acme.example"}
    created = api(ADMIN).send("POST", "/education/instructors", teacher).body
    page = open_as(ADMIN, f"/education/instructors/{created['id']}")
    expect(page.get_by_role("heading", name="No courses")).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text(
        "No course with a value in “Starts on” names this one as “Instructor”."
    )
    expect(main).not_to_contain_text("filter")


def test_requests_of_the_page_are_shown_with_their_dynamodb_calls(
    open_as: Open, api: Api, dev: Dev
) -> None:
    course = _course(api, "observed")
    page = open_as(ADMIN, "/")
    page.get_by_role("link", name="Courses").first.click()
    expect(page.get_by_role("link", name=course["title"])).to_be_visible()
    page.get_by_role("button", name="DynamoDB call").click()
    requests = page.get_by_label("Requests of this page").get_by_role("listitem")
    entry = requests.filter(has_text="/education/courses?sort=-created_at").first
    expect(entry).to_contain_text("Query")
    expect(entry).to_contain_text("acme#course")
    # What others ask of the same API is theirs.
    api(STRANGER).send("GET", COURSES)
    expect(page.get_by_label("Requests of this page")).not_to_contain_text("globex")
