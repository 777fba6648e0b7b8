"""Pages."""

from typing import TypedDict

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class PagePage(TypedDict):
    """A page of a page."""

    page: int | None


class Page(Record):
    """A page as the API serves it; `Record` holds id, version and stamps."""

    page: PagePage | None


CHECKS = {
    "page": checks.object_of({"page": checks.integer()}),
}


def encode_page_page(page_page: PagePage | None) -> Attribute | None:
    """The attribute that stores the page."""
    return attributes.object(page_page, {"page": attributes.number})


def decode_page_page(attribute: Attribute) -> PagePage:
    """The page that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "page": attributes.read_integer(members, "page"),
    }


def encode(record: Page) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "page": encode_page_page(record["page"]),
        }
    )


def decode(item: Item) -> Page:
    """The page that stored attributes describe."""
    return {
        **stamps(item),
        "page": attributes.read_object(item, "page", decode_page_page),
    }


def keys(tenant: Tenant, record: Page, ancestors: Ancestors) -> Item:
    """Where a page lies in the table."""
    return primary_key(tenant, "page", record["id"], ancestors)


pages: Collection[Page] = Collection(
    entity="page",
    path="/taken/pages",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/pages", allow=("admin",))
def list_pages(request: Request) -> Response:
    """One page of pages, in order of creation."""
    return page(request, pages.list(request))


@route("POST", "/taken/pages", allow=("admin",))
def create_page(request: Request) -> Response:
    """Create a page in the caller's organization."""
    return created(request, pages.create(request))


@route("GET", "/taken/pages/{page_id}", allow=("admin",))
def get_page(request: Request) -> Response:
    """One page."""
    return found(request, pages.get(request))
