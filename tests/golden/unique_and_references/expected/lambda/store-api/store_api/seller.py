"""Sellers."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Seller(Record):
    """A seller as the API serves it; `Record` holds id, version and stamps."""

    email: str | None


CHECKS = {
    "email": checks.email(),
}


def encode(seller: Seller) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "email": attributes.string(seller["email"]),
        }
    )


def decode(item: Item) -> Seller:
    """The seller that stored attributes describe."""
    return {
        **stamps(item),
        "email": attributes.read_string(item, "email"),
    }


def keys(tenant: Tenant, seller: Seller, ancestors: Ancestors) -> Item:
    """Where a seller lies in the table."""
    return primary_key(tenant, "seller", seller["id"], ancestors)


sellers: Collection[Seller] = Collection(
    entity="seller",
    path="/store/sellers",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("email",),
    unique=("email",),
)


@route("GET", "/store/sellers", allow=("member",))
def list_sellers(request: Request) -> Response:
    """One page of sellers, in order of creation."""
    return page(request, sellers.list(request))


@route("POST", "/store/sellers", allow=("admin",))
def create_seller(request: Request) -> Response:
    """Create a seller in the caller's organization."""
    return created(request, sellers.create(request))


@route("GET", "/store/sellers/{seller_id}", allow=("member",))
def get_seller(request: Request) -> Response:
    """One seller."""
    return found(request, sellers.get(request))


@route("DELETE", "/store/sellers/{seller_id}", allow=("admin",))
def delete_seller(request: Request) -> Response:
    """Delete a seller."""
    sellers.delete(request)
    return no_content()
