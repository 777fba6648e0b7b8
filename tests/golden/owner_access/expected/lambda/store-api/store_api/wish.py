"""Wishes."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Wish(Record):
    """A wish as the API serves it; `Record` holds id, version and stamps."""

    text: str | None


CHECKS = {
    "text": checks.string(max_length=240),
}


def encode(wish: Wish) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "text": attributes.string(wish["text"]),
        }
    )


def decode(item: Item) -> Wish:
    """The wish that stored attributes describe."""
    return {
        **stamps(item),
        "text": attributes.read_string(item, "text"),
    }


def keys(tenant: Tenant, wish: Wish, ancestors: Ancestors) -> Item:
    """Where a wish lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(wish["created_at"])
    return {
        **primary_key(tenant, "wish", wish["id"], ancestors),
        **index_key("gsi1", tenant, "wish#mine", (wish["created_by"],), created_at, wish["id"]),
    }


wishes: Collection[Wish] = Collection(
    entity="wish",
    path="/store/wishes",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("text",),
    indexes=(Index("mine", "gsi1", match=("created_by",), sort="created_at"),),
    require_if_match=True,
)


@route("GET", "/store/wishes", allow=("admin",), owner=True)
def list_wishes(request: Request) -> Response:
    """One page of wishes, filtered and ordered as an index serves."""
    return page(request, wishes.list(request))


@route("POST", "/store/wishes", allow=("member",))
def create_wish(request: Request) -> Response:
    """Create a wish in the caller's organization."""
    return created(request, wishes.create(request))


@route("GET", "/store/wishes/{wish_id}", allow=("admin",), owner=True)
def get_wish(request: Request) -> Response:
    """One wish."""
    return found(request, wishes.get(request))


@route("PATCH", "/store/wishes/{wish_id}", allow=(), owner=True)
def update_wish(request: Request) -> Response:
    """Change a wish by JSON Merge Patch."""
    return found(request, wishes.update(request))


@route("DELETE", "/store/wishes/{wish_id}", allow=(), owner=True)
def delete_wish(request: Request) -> Response:
    """Delete a wish."""
    wishes.delete(request)
    return no_content()
