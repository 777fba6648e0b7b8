"""Lessons: one lesson of a course, in its place among the others."""

from typing import Literal, TypedDict

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Attachment(TypedDict):
    """An attachment of a lesson."""

    label: str
    url: str


class Lesson(Record):
    """A lesson as the API serves it; `Record` holds id, version and stamps."""

    course_id: str
    title: str | None
    position: int | None
    kind: Literal["video", "reading", "exercise", "live"] | None
    length: str | None
    body: str | None
    video_url: str | None
    attachments: list[Attachment] | None


CHECKS = {
    "title": checks.string(min_length=1, max_length=200),
    "position": checks.integer(minimum=0),
    "kind": checks.enum("video", "reading", "exercise", "live"),
    "length": checks.duration(),
    "body": checks.text(max_length=50000),
    "video_url": checks.url(max_length=2048),
    "attachments": checks.list_of(
        checks.object_of(
            {"label": checks.string(max_length=80), "url": checks.url(max_length=2048)},
            required=("label", "url"),
        ),
        max_items=10,
    ),
}


def encode_attachment(attachment: Attachment | None) -> Attribute | None:
    """The attribute that stores the attachment."""
    return attributes.object(attachment, {"label": attributes.string, "url": attributes.string})


def decode_attachment(attribute: Attribute) -> Attachment:
    """The attachment that an attribute holds."""
    members = attributes.members(attribute, "label", "url")
    return {
        "label": attributes.read_string(members, "label"),
        "url": attributes.read_string(members, "url"),
    }


def encode(lesson: Lesson) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "course_id": attributes.string(lesson["course_id"]),
            "title": attributes.string(lesson["title"]),
            "position": attributes.number(lesson["position"]),
            "kind": attributes.string(lesson["kind"]),
            "length": attributes.string(lesson["length"]),
            "body": attributes.string(lesson["body"]),
            "video_url": attributes.string(lesson["video_url"]),
            "attachments": attributes.list_of(lesson["attachments"], encode_attachment),
        }
    )


def decode(item: Item) -> Lesson:
    """The lesson that stored attributes describe."""
    return {
        **stamps(item),
        "course_id": attributes.stored_string(item, "course_id"),
        "title": attributes.read_string(item, "title"),
        "position": attributes.read_integer(item, "position"),
        "kind": attributes.read_string(item, "kind", "reading"),
        "length": attributes.read_string(item, "length"),
        "body": attributes.read_string(item, "body"),
        "video_url": attributes.read_string(item, "video_url"),
        "attachments": attributes.read_list(item, "attachments", decode_attachment),
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
    defaults={"kind": "reading"},
    indexes=(Index("in_order", "gsi1", sort="position"),),
    retain_seconds=2592000,
)


@route("GET", "/education/courses/{course_id}/lessons", allow=("member", "instructor", "admin"))
def list_lessons(request: Request) -> Response:
    """One page of lessons, filtered and ordered as an index serves."""
    return page(request, lessons.list(request))


@route("POST", "/education/courses/{course_id}/lessons", allow=("instructor", "admin"))
def create_lesson(request: Request) -> Response:
    """Create a lesson in the caller's organization."""
    return created(request, lessons.create(request))


@route(
    "GET",
    "/education/courses/{course_id}/lessons/{lesson_id}",
    allow=("member", "instructor", "admin"),
)
def get_lesson(request: Request) -> Response:
    """One lesson."""
    return found(request, lessons.get(request))


@route("PATCH", "/education/courses/{course_id}/lessons/{lesson_id}", allow=("admin",), owner=True)
def update_lesson(request: Request) -> Response:
    """Change a lesson by JSON Merge Patch."""
    return found(request, lessons.update(request))


@route("DELETE", "/education/courses/{course_id}/lessons/{lesson_id}", allow=("admin",))
def delete_lesson(request: Request) -> Response:
    """Move a lesson to the trash."""
    lessons.delete(request)
    return no_content()


@route("POST", "/education/courses/{course_id}/lessons/{lesson_id}/restore", allow=("admin",))
def restore_lesson(request: Request) -> Response:
    """Bring a lesson back from the trash."""
    return found(request, lessons.restore(request))
