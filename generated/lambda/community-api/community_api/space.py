"""Spaces: a place for one subject."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Space(Record):
    """A space as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    description: str | None
    kind: Literal["discussion", "questions", "announcements"] | None
    position: int | None
    icon: str | None
    archived: bool | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=80),
    "slug": checks.slug(max_length=100),
    "description": checks.text(max_length=2000),
    "kind": checks.enum("discussion", "questions", "announcements"),
    "position": checks.integer(minimum=0),
    "icon": checks.string(max_length=40),
    "archived": checks.boolean(),
}


def encode(space: Space) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(space["name"]),
            "slug": attributes.string(space["slug"]),
            "description": attributes.string(space["description"]),
            "kind": attributes.string(space["kind"]),
            "position": attributes.number(space["position"]),
            "icon": attributes.string(space["icon"]),
            "archived": attributes.boolean(space["archived"]),
        }
    )


def decode(item: Item) -> Space:
    """The space that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "description": attributes.read_string(item, "description"),
        "kind": attributes.read_string(item, "kind", "discussion"),
        "position": attributes.read_integer(item, "position", 0),
        "icon": attributes.read_string(item, "icon"),
        "archived": attributes.read_boolean(item, "archived", False),
    }


def keys(tenant: Tenant, space: Space, ancestors: Ancestors) -> Item:
    """Where a space lies in the table: its own key, and its entry in each index."""
    position = sorting.integer(space["position"])
    name = sorting.text(space["name"])
    return {
        **primary_key(tenant, "space", space["id"], ancestors),
        **index_key("gsi1", tenant, "space#in_order", (space["archived"],), position, space["id"]),
        **index_key("gsi2", tenant, "space#by_name", (), name, space["id"]),
    }


spaces: Collection[Space] = Collection(
    entity="space",
    path="/community/spaces",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug"),
    immutable=("slug",),
    defaults={"kind": "discussion", "position": 0, "archived": False},
    unique=("slug",),
    indexes=(
        Index("in_order", "gsi1", match=("archived",), sort="position"),
        Index("by_name", "gsi2", sort="name"),
    ),
)


@route("GET", "/community/spaces", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_spaces(request: Request) -> Response:
    """One page of spaces, filtered and ordered as an index serves."""
    return page(request, spaces.list(request))


@route("POST", "/community/spaces", allow=("moderator", "admin"))
def create_space(request: Request) -> Response:
    """Create a space in the caller's organization."""
    return created(request, spaces.create(request))


@route(
    "GET",
    "/community/spaces/{space_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_space(request: Request) -> Response:
    """One space."""
    return found(request, spaces.get(request))


@route("PATCH", "/community/spaces/{space_id}", allow=("moderator", "admin"))
def update_space(request: Request) -> Response:
    """Change a space by JSON Merge Patch."""
    return found(request, spaces.update(request))


@route("DELETE", "/community/spaces/{space_id}", allow=("admin",))
def delete_space(request: Request) -> Response:
    """Delete a space."""
    spaces.delete(request)
    return no_content()
