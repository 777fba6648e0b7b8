"""Enrollments: one learner's place in a course, and how far the learner has come."""

from typing import Any

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Enrollment(Record):
    """An enrollment as the API serves it; `Record` holds id, version and stamps."""

    course: str | None
    learner: str | None
    progress: float | None
    completed_at: str | None
    note: str | None
    answers: dict[str, str] | None
    settings: Any
    certificate: str | None


CHECKS = {
    "course": checks.reference(),
    "learner": checks.string(min_length=1, max_length=128),
    "progress": checks.number(minimum="0", maximum="1"),
    "completed_at": checks.datetime(),
    "note": checks.string(max_length=500),
    "answers": checks.map_of(checks.string(max_length=1000), max_items=50),
    "settings": checks.json_value(max_bytes=2000, max_depth=8),
    "certificate": checks.uuid(),
}


def encode(enrollment: Enrollment) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "course": attributes.string(enrollment["course"]),
            "learner": attributes.string(enrollment["learner"]),
            "progress": attributes.number(enrollment["progress"]),
            "completed_at": attributes.string(enrollment["completed_at"]),
            "note": attributes.string(enrollment["note"]),
            "answers": attributes.map_of(enrollment["answers"], attributes.string),
            "settings": attributes.json(enrollment["settings"]),
            "certificate": attributes.string(enrollment["certificate"]),
        }
    )


def decode(item: Item) -> Enrollment:
    """The enrollment that stored attributes describe."""
    return {
        **stamps(item),
        "course": attributes.read_string(item, "course"),
        "learner": attributes.read_string(item, "learner"),
        "progress": attributes.read_number(item, "progress", 0),
        "completed_at": attributes.read_string(item, "completed_at"),
        "note": attributes.read_string(item, "note"),
        "answers": attributes.read_map(item, "answers", attributes.as_string),
        "settings": attributes.read_json(item, "settings"),
        "certificate": attributes.read_string(item, "certificate"),
    }


def keys(tenant: Tenant, enrollment: Enrollment, ancestors: Ancestors) -> Item:
    """Where an enrollment lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(enrollment["created_at"])
    return {
        **primary_key(tenant, "enrollment", enrollment["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "enrollment#by_course",
            (enrollment["course"],),
            created_at,
            enrollment["id"],
        ),
        **index_key(
            "gsi2",
            tenant,
            "enrollment#by_learner",
            (enrollment["learner"],),
            created_at,
            enrollment["id"],
        ),
        **index_key(
            "gsi3",
            tenant,
            "enrollment#mine",
            (enrollment["created_by"],),
            created_at,
            enrollment["id"],
        ),
    }


enrollments: Collection[Enrollment] = Collection(
    entity="enrollment",
    path="/education/enrollments",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("course", "learner"),
    immutable=("course", "learner"),
    defaults={"progress": 0},
    indexes=(
        Index("by_course", "gsi1", match=("course",), sort="created_at"),
        Index("by_learner", "gsi2", match=("learner",), sort="created_at"),
        Index("mine", "gsi3", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("course", to="course", on_delete="cascade"),),
    require_if_match=True,
)


@route("GET", "/education/enrollments", allow=("instructor", "admin"), owner=True)
def list_enrollments(request: Request) -> Response:
    """One page of enrollments, filtered and ordered as an index serves."""
    return page(request, enrollments.list(request))


@route("POST", "/education/enrollments", allow=("member", "instructor", "admin"))
def create_enrollment(request: Request) -> Response:
    """Create an enrollment in the caller's organization."""
    return created(request, enrollments.create(request))


@route("GET", "/education/enrollments/{enrollment_id}", allow=("instructor", "admin"), owner=True)
def get_enrollment(request: Request) -> Response:
    """One enrollment."""
    return found(request, enrollments.get(request))


@route("PATCH", "/education/enrollments/{enrollment_id}", allow=("instructor", "admin"), owner=True)
def update_enrollment(request: Request) -> Response:
    """Change an enrollment by JSON Merge Patch."""
    return found(request, enrollments.update(request))


@route("DELETE", "/education/enrollments/{enrollment_id}", allow=("instructor", "admin"))
def delete_enrollment(request: Request) -> Response:
    """Delete an enrollment."""
    enrollments.delete(request)
    return no_content()
