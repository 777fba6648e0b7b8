"""Courses: a course that the organization offers."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Course(Record):
    """A course as the API serves it; `Record` holds id, version and stamps."""

    title: str | None
    slug: str | None
    summary: str | None
    level: Literal["beginner", "intermediate", "advanced"] | None
    language: str | None
    price: str | None
    capacity: int | None
    tags: list[str] | None
    instructor: str | None
    starts_on: str | None
    ends_on: str | None


CHECKS = {
    "title": checks.string(min_length=1, max_length=200),
    "slug": checks.slug(max_length=100),
    "summary": checks.text(max_length=2000),
    "level": checks.enum("beginner", "intermediate", "advanced"),
    "language": checks.string(max_length=5, pattern=r"^[a-z]{2}(-[A-Z]{2})?$"),
    "price": checks.decimal(minimum="0", scale=2),
    "capacity": checks.integer(minimum=1, maximum=10000),
    "tags": checks.list_of(checks.string(min_length=1, max_length=40), max_items=20),
    "instructor": checks.reference(),
    "starts_on": checks.date(),
    "ends_on": checks.date(),
}


def encode(course: Course) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "title": attributes.string(course["title"]),
            "slug": attributes.string(course["slug"]),
            "summary": attributes.string(course["summary"]),
            "level": attributes.string(course["level"]),
            "language": attributes.string(course["language"]),
            "price": attributes.number(course["price"]),
            "capacity": attributes.number(course["capacity"]),
            "tags": attributes.list_of(course["tags"], attributes.string),
            "instructor": attributes.string(course["instructor"]),
            "starts_on": attributes.string(course["starts_on"]),
            "ends_on": attributes.string(course["ends_on"]),
        }
    )


def decode(item: Item) -> Course:
    """The course that stored attributes describe."""
    return {
        **stamps(item),
        "title": attributes.read_string(item, "title"),
        "slug": attributes.read_string(item, "slug"),
        "summary": attributes.read_string(item, "summary"),
        "level": attributes.read_string(item, "level", "beginner"),
        "language": attributes.read_string(item, "language", "en"),
        "price": attributes.read_decimal(item, "price", scale=2),
        "capacity": attributes.read_integer(item, "capacity"),
        "tags": attributes.read_list(item, "tags", attributes.as_string),
        "instructor": attributes.read_string(item, "instructor"),
        "starts_on": attributes.read_string(item, "starts_on"),
        "ends_on": attributes.read_string(item, "ends_on"),
    }


def keys(tenant: Tenant, course: Course, ancestors: Ancestors) -> Item:
    """Where a course lies in the table: its own key, and its entry in each index."""
    starts_on = sorting.text(course["starts_on"])
    return {
        **primary_key(tenant, "course", course["id"], ancestors),
        **index_key("gsi1", tenant, "course#by_level", (course["level"],), starts_on, course["id"]),
        **index_key(
            "gsi2", tenant, "course#by_instructor", (course["instructor"],), starts_on, course["id"]
        ),
        **index_key("gsi3", tenant, "course#by_start", (), starts_on, course["id"]),
    }


courses: Collection[Course] = Collection(
    entity="course",
    path="/education/courses",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("title", "slug"),
    immutable=("slug",),
    defaults={"level": "beginner", "language": "en"},
    unique=("slug",),
    indexes=(
        Index("by_level", "gsi1", match=("level",), sort="starts_on"),
        Index("by_instructor", "gsi2", match=("instructor",), sort="starts_on"),
        Index("by_start", "gsi3", sort="starts_on"),
    ),
    references=(Reference("instructor", to="instructor", on_delete="restrict"),),
    retain_seconds=2592000,
)


@route("GET", "/education/courses", allow=("member", "instructor", "admin"))
def list_courses(request: Request) -> Response:
    """One page of courses, filtered and ordered as an index serves."""
    return page(request, courses.list(request))


@route("POST", "/education/courses", allow=("instructor", "admin"))
def create_course(request: Request) -> Response:
    """Create a course in the caller's organization."""
    return created(request, courses.create(request))


@route("GET", "/education/courses/{course_id}", allow=("member", "instructor", "admin"))
def get_course(request: Request) -> Response:
    """One course."""
    return found(request, courses.get(request))


@route("PATCH", "/education/courses/{course_id}", allow=("admin",), owner=True)
def update_course(request: Request) -> Response:
    """Change a course by JSON Merge Patch."""
    return found(request, courses.update(request))


@route("DELETE", "/education/courses/{course_id}", allow=("admin",))
def delete_course(request: Request) -> Response:
    """Move a course to the trash."""
    courses.delete(request)
    return no_content()


@route("POST", "/education/courses/{course_id}/restore", allow=("admin",))
def restore_course(request: Request) -> Response:
    """Bring a course back from the trash."""
    return found(request, courses.restore(request))
