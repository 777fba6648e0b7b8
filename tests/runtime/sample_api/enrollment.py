"""Enrollments: what a learner may see is their own; a change needs `If-Match`."""

from typing import Any

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.dynamodb import Item
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Enrollment(Record):
    """An enrollment as the API serves it; `Record` holds id, version and stamps."""

    course: str
    progress: float
    answers: dict[str, str] | None
    settings: Any
    place: dict[str, Any] | None


def encode_place(place: dict[str, Any] | None) -> attributes.Attribute | None:
    """A place as DynamoDB stores it."""
    return attributes.object(place, {"room": attributes.string, "seat": attributes.number})


def decode_place(attribute: attributes.Attribute) -> dict[str, Any]:
    """The place that a stored attribute describes."""
    members = attribute["M"]
    return {
        "room": attributes.read_string(members, "room"),
        "seat": attributes.read_integer(members, "seat"),
    }


PLACE = {"room": checks.string(max_length=20), "seat": checks.integer()}

CHECKS = {
    "course": checks.reference(),
    "progress": checks.number(minimum=0, maximum=1),
    "answers": checks.map_of(checks.string(max_length=100), max_items=5),
    "settings": checks.json_value(max_bytes=200, max_depth=3),
    "place": checks.object_of(PLACE, required=("room",)),
}


def encode(enrollment: Enrollment) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "course": attributes.string(enrollment["course"]),
            "progress": attributes.number(enrollment["progress"]),
            "answers": attributes.map_of(enrollment["answers"], attributes.string),
            "settings": attributes.json(enrollment["settings"]),
            "place": encode_place(enrollment["place"]),
        }
    )


def decode(item: Item) -> Enrollment:
    """The enrollment that stored attributes describe."""
    return {
        **stamps(item),
        "course": attributes.read_string(item, "course"),
        "progress": attributes.read_number(item, "progress", 0),
        "answers": attributes.read_map(item, "answers", attributes.as_string),
        "settings": attributes.read_json(item, "settings"),
        "place": attributes.read_object(item, "place", decode_place),
    }


def keys(tenant: Tenant, enrollment: Enrollment, ancestors: Ancestors) -> Item:
    """Where an enrollment lies in the table: its own key, and its entry in each index."""
    course, mine = (enrollment["course"],), (enrollment["created_by"],)
    created_at, id = sorting.text(enrollment["created_at"]), enrollment["id"]
    progress = sorting.number(enrollment["progress"])
    return {
        **primary_key(tenant, "enrollment", id, ancestors),
        **index_key("gsi1", tenant, "enrollment#by_course", course, created_at, id),
        **index_key("gsi2", tenant, "enrollment#mine", mine, created_at, id),
        **index_key("gsi3", tenant, "enrollment#by_progress", (), progress, id),
    }


enrollments: Collection[Enrollment] = Collection(
    entity="enrollment",
    path="/education/enrollments",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("course",),
    immutable=("course",),
    defaults={"progress": 0},
    indexes=(
        Index("by_course", "gsi1", match=("course",), sort="created_at"),
        Index("mine", "gsi2", match=("created_by",), sort="created_at"),
        Index("by_progress", "gsi3", sort="progress"),
    ),
    references=(Reference("course", to="course", on_delete="cascade"),),
    require_if_match=True,
)

STAFF = ("instructor", "admin")
EVERYBODY = ("member", *STAFF)


@route("GET", "/education/enrollments", allow=STAFF, owner=True)
def list_enrollments(request: Request) -> Response:
    """One page of enrollments."""
    return page(request, enrollments.list(request))


@route("POST", "/education/enrollments", allow=EVERYBODY)
def create_enrollment(request: Request) -> Response:
    """Create an enrollment."""
    return created(request, enrollments.create(request))


@route("GET", "/education/enrollments/{enrollment_id}", allow=STAFF, owner=True)
def get_enrollment(request: Request) -> Response:
    """One enrollment."""
    return found(request, enrollments.get(request))


@route("PATCH", "/education/enrollments/{enrollment_id}", allow=STAFF, owner=True)
def update_enrollment(request: Request) -> Response:
    """Change an enrollment."""
    return found(request, enrollments.update(request))


@route("DELETE", "/education/enrollments/{enrollment_id}", allow=STAFF)
def delete_enrollment(request: Request) -> Response:
    """Delete an enrollment."""
    enrollments.delete(request)
    return no_content()
