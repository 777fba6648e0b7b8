"""Shelves: a shelf."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Shelf(Record):
    """A shelf as the API serves it; `Record` holds id, version and stamps."""

    name: str | None


CHECKS = {
    "name": checks.string(max_length=240),
}


def encode(shelf: Shelf) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(shelf["name"]),
        }
    )


def decode(item: Item) -> Shelf:
    """The shelf that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
    }


def keys(tenant: Tenant, shelf: Shelf, ancestors: Ancestors) -> Item:
    """Where a shelf lies in the table."""
    return primary_key(tenant, "shelf", shelf["id"], ancestors)


shelves: Collection[Shelf] = Collection(
    entity="shelf",
    path="/library/shelves",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name",),
)


@route("GET", "/library/shelves", allow=("member",))
def list_shelves(request: Request) -> Response:
    """One page of shelves, in order of creation."""
    return page(request, shelves.list(request))


@route("POST", "/library/shelves", allow=("admin",))
def create_shelf(request: Request) -> Response:
    """Create a shelf in the caller's organization."""
    return created(request, shelves.create(request))


@route("GET", "/library/shelves/{shelf_id}", allow=("member",))
def get_shelf(request: Request) -> Response:
    """One shelf."""
    return found(request, shelves.get(request))


@route("DELETE", "/library/shelves/{shelf_id}", allow=("admin",))
def delete_shelf(request: Request) -> Response:
    """Delete a shelf."""
    shelves.delete(request)
    return no_content()
