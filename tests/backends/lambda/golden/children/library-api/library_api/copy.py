"""Copies."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Copy(Record):
    """A copy as the API serves it; `Record` holds id, version and stamps."""

    book_id: str
    barcode: str | None
    book: str | None


CHECKS = {
    "barcode": checks.string(max_length=240),
    "book": checks.reference(),
}


def encode(copy: Copy) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "book_id": attributes.string(copy["book_id"]),
            "barcode": attributes.string(copy["barcode"]),
            "book": attributes.string(copy["book"]),
        }
    )


def decode(item: Item) -> Copy:
    """The copy that stored attributes describe."""
    return {
        **stamps(item),
        "book_id": attributes.stored_string(item, "book_id"),
        "barcode": attributes.read_string(item, "barcode"),
        "book": attributes.read_string(item, "book"),
    }


def keys(tenant: Tenant, copy: Copy, ancestors: Ancestors) -> Item:
    """Where a copy lies in the table."""
    return primary_key(tenant, "copy", copy["id"], ancestors)


copies: Collection[Copy] = Collection(
    entity="copy",
    path="/library/shelves/{shelf_id}/books/{book_id}/copies",
    parent="book",
    parent_id="book_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("barcode",),
    unique=("barcode",),
    references=(Reference("book", to="book", on_delete="restrict"),),
)


@route("GET", "/library/shelves/{shelf_id}/books/{book_id}/copies", allow=("member",))
def list_copies(request: Request) -> Response:
    """One page of copies, in order of creation."""
    return page(request, copies.list(request))


@route("POST", "/library/shelves/{shelf_id}/books/{book_id}/copies", allow=("admin",))
def create_copy(request: Request) -> Response:
    """Create a copy in the caller's organization."""
    return created(request, copies.create(request))


@route("GET", "/library/shelves/{shelf_id}/books/{book_id}/copies/{copy_id}", allow=("member",))
def get_copy(request: Request) -> Response:
    """One copy."""
    return found(request, copies.get(request))


@route("DELETE", "/library/shelves/{shelf_id}/books/{book_id}/copies/{copy_id}", allow=("admin",))
def delete_copy(request: Request) -> Response:
    """Delete a copy."""
    copies.delete(request)
    return no_content()
