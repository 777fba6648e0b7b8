"""Books: Books stand on a shelf."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Book(Record):
    """A book as the API serves it; `Record` holds id, version and stamps."""

    shelf_id: str
    title: str | None
    pages: int | None
    weight: float | None


CHECKS = {
    "title": checks.string(max_length=240),
    "pages": checks.integer(),
    "weight": checks.number(),
}


def encode(book: Book) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "shelf_id": attributes.string(book["shelf_id"]),
            "title": attributes.string(book["title"]),
            "pages": attributes.number(book["pages"]),
            "weight": attributes.number(book["weight"]),
        }
    )


def decode(item: Item) -> Book:
    """The book that stored attributes describe."""
    return {
        **stamps(item),
        "shelf_id": attributes.stored_string(item, "shelf_id"),
        "title": attributes.read_string(item, "title"),
        "pages": attributes.read_integer(item, "pages"),
        "weight": attributes.read_number(item, "weight"),
    }


def keys(tenant: Tenant, book: Book, ancestors: Ancestors) -> Item:
    """Where a book lies in the table: its own key, and its entry in each index."""
    pages = sorting.integer(book["pages"])
    weight = sorting.number(book["weight"])
    created_at = sorting.text(book["created_at"])
    return {
        **primary_key(tenant, "book", book["id"], ancestors),
        **index_key("gsi1", tenant, "book#by_title", (*ancestors, book["title"]), "", book["id"]),
        **index_key(
            "gsi2",
            tenant,
            "book#by_pages",
            (*ancestors, book["title"], book["pages"]),
            pages,
            book["id"],
        ),
        **index_key("gsi3", tenant, "book#by_weight", ancestors, weight, book["id"]),
        **index_key("gsi4", tenant, "book#newest", ancestors, created_at, book["id"]),
    }


books: Collection[Book] = Collection(
    entity="book",
    path="/library/shelves/{shelf_id}/books",
    parent="shelf",
    parent_id="shelf_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("title",),
    indexes=(
        Index("by_title", "gsi1", match=("title",)),
        Index("by_pages", "gsi2", match=("title", "pages"), sort="pages"),
        Index("by_weight", "gsi3", sort="weight"),
        Index("newest", "gsi4", sort="created_at"),
    ),
)


@route("GET", "/library/shelves/{shelf_id}/books", allow=("member",))
def list_books(request: Request) -> Response:
    """One page of books, filtered and ordered as an index serves."""
    return page(request, books.list(request))


@route("POST", "/library/shelves/{shelf_id}/books", allow=("admin",))
def create_book(request: Request) -> Response:
    """Create a book in the caller's organization."""
    return created(request, books.create(request))


@route("GET", "/library/shelves/{shelf_id}/books/{book_id}", allow=("member",))
def get_book(request: Request) -> Response:
    """One book."""
    return found(request, books.get(request))


@route("DELETE", "/library/shelves/{shelf_id}/books/{book_id}", allow=("admin",))
def delete_book(request: Request) -> Response:
    """Delete a book."""
    books.delete(request)
    return no_content()
