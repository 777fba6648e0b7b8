"""Instructors: a plain entity whose email is unique."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.collection import Collection, Index
from nexus_runtime.dynamodb import Item
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Instructor(Record):
    """An instructor as the API serves it; `Record` holds id, version and stamps."""

    name: str
    email: str
    active: bool


CHECKS = {
    "name": checks.string(max_length=120),
    "email": checks.email(),
    "active": checks.boolean(),
}


def encode(instructor: Instructor) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(instructor["name"]),
            "email": attributes.string(instructor["email"]),
            "active": attributes.boolean(instructor["active"]),
        }
    )


def decode(item: Item) -> Instructor:
    """The instructor that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "email": attributes.read_string(item, "email"),
        "active": attributes.read_boolean(item, "active", True),
    }


def keys(tenant: Tenant, instructor: Instructor, ancestors: Ancestors) -> Item:
    """Where an instructor lies in the table: its own key, and its entry in each index."""
    name, id = sorting.text(instructor["name"]), instructor["id"]
    active = (instructor["active"],)
    return {
        **primary_key(tenant, "instructor", id, ancestors),
        **index_key("gsi1", tenant, "instructor#by_name", (), name, id),
        **index_key("gsi2", tenant, "instructor#by_active", active, name, id),
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


@route("GET", "/education/instructors", allow=("member", "admin"))
def list_instructors(request: Request) -> Response:
    """One page of instructors."""
    return page(request, instructors.list(request))


@route("POST", "/education/instructors", allow=("admin",))
def create_instructor(request: Request) -> Response:
    """Create an instructor."""
    return created(request, instructors.create(request))


@route("GET", "/education/instructors/{instructor_id}", allow=("member", "admin"))
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
