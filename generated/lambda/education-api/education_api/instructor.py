"""Instructors: a person who teaches courses of the organization."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Instructor(Record):
    """An instructor as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    email: str | None
    headline: str | None
    biography: str | None
    website: str | None
    specialties: list[str] | None
    active: bool | None


CHECKS = {
    "name": checks.string(max_length=120),
    "email": checks.email(),
    "headline": checks.string(max_length=160),
    "biography": checks.text(max_length=5000),
    "website": checks.url(max_length=2048),
    "specialties": checks.list_of(checks.string(max_length=40), max_items=10),
    "active": checks.boolean(),
}


def encode(instructor: Instructor) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(instructor["name"]),
            "email": attributes.string(instructor["email"]),
            "headline": attributes.string(instructor["headline"]),
            "biography": attributes.string(instructor["biography"]),
            "website": attributes.string(instructor["website"]),
            "specialties": attributes.list_of(instructor["specialties"], attributes.string),
            "active": attributes.boolean(instructor["active"]),
        }
    )


def decode(item: Item) -> Instructor:
    """The instructor that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "email": attributes.read_string(item, "email"),
        "headline": attributes.read_string(item, "headline"),
        "biography": attributes.read_string(item, "biography"),
        "website": attributes.read_string(item, "website"),
        "specialties": attributes.read_list(item, "specialties", attributes.as_string),
        "active": attributes.read_boolean(item, "active", True),
    }


def keys(tenant: Tenant, instructor: Instructor, ancestors: Ancestors) -> Item:
    """Where an instructor lies in the table: its own key, and its entry in each index."""
    name = sorting.text(instructor["name"])
    return {
        **primary_key(tenant, "instructor", instructor["id"], ancestors),
        **index_key("gsi1", tenant, "instructor#by_name", (), name, instructor["id"]),
        **index_key(
            "gsi2", tenant, "instructor#by_active", (instructor["active"],), name, instructor["id"]
        ),
    }


instructors: Collection[Instructor] = Collection(
    entity="instructor",
    path="/education/instructors",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "email"),
    defaults={"active": True},
    unique=("email",),
    indexes=(
        Index("by_name", "gsi1", sort="name"),
        Index("by_active", "gsi2", match=("active",), sort="name"),
    ),
)


@route("GET", "/education/instructors", allow=("member", "instructor", "admin"))
def list_instructors(request: Request) -> Response:
    """One page of instructors, filtered and ordered as an index serves."""
    return page(request, instructors.list(request))


@route("POST", "/education/instructors", allow=("admin",))
def create_instructor(request: Request) -> Response:
    """Create an instructor in the caller's organization."""
    return created(request, instructors.create(request))


@route("GET", "/education/instructors/{instructor_id}", allow=("member", "instructor", "admin"))
def get_instructor(request: Request) -> Response:
    """One instructor."""
    return found(request, instructors.get(request))


@route("PATCH", "/education/instructors/{instructor_id}", allow=("admin",), owner=True)
def update_instructor(request: Request) -> Response:
    """Change an instructor by JSON Merge Patch."""
    return found(request, instructors.update(request))


@route("DELETE", "/education/instructors/{instructor_id}", allow=("admin",))
def delete_instructor(request: Request) -> Response:
    """Delete an instructor."""
    instructors.delete(request)
    return no_content()
