"""Lessons: a child of a course."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.collection import Collection, Index
from nexus_runtime.dynamodb import Item
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Lesson(Record):
    """A lesson as the API serves it; `Record` holds id, version and stamps."""

    course_id: str
    title: str
    position: int


CHECKS = {
    "title": checks.string(min_length=1, max_length=200),
    "position": checks.integer(minimum=0),
}


def encode(lesson: Lesson) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "course_id": attributes.string(lesson["course_id"]),
            "title": attributes.string(lesson["title"]),
            "position": attributes.number(lesson["position"]),
        }
    )


def decode(item: Item) -> Lesson:
    """The lesson that stored attributes describe."""
    return {
        **stamps(item),
        "course_id": attributes.read_string(item, "course_id"),
        "title": attributes.read_string(item, "title"),
        "position": attributes.read_integer(item, "position"),
    }


def keys(tenant: Tenant, lesson: Lesson, ancestors: Ancestors) -> Item:
    """Where a lesson lies in the table: its own key, and its entry in each index."""
    position = sorting.integer(lesson["position"])
    return {
        **primary_key(tenant, "lesson", lesson["id"], ancestors),
        **index_key("gsi1", tenant, "lesson#in_order", ancestors, position, lesson["id"]),
    }


lessons: Collection[Lesson] = Collection(
    entity="lesson",
    path="/education/courses/{course_id}/lessons",
    parent="course",
    parent_id="course_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("title", "position"),
    indexes=(Index("in_order", "gsi1", sort="position"),),
)

ITEMS = "/education/courses/{course_id}/lessons"
ITEM = "/education/courses/{course_id}/lessons/{lesson_id}"


@route("GET", ITEMS, allow=("member", "instructor", "admin"))
def list_lessons(request: Request) -> Response:
    """One page of lessons."""
    return page(request, lessons.list(request))


@route("POST", ITEMS, allow=("instructor", "admin"))
def create_lesson(request: Request) -> Response:
    """Create a lesson."""
    return created(request, lessons.create(request))


@route("GET", ITEM, allow=("member", "instructor", "admin"))
def get_lesson(request: Request) -> Response:
    """One lesson."""
    return found(request, lessons.get(request))


@route("PATCH", ITEM, allow=("instructor", "admin"))
def update_lesson(request: Request) -> Response:
    """Change a lesson."""
    return found(request, lessons.update(request))


@route("DELETE", ITEM, allow=("admin",))
def delete_lesson(request: Request) -> Response:
    """Delete a lesson."""
    lessons.delete(request)
    return no_content()
