"""Offers."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Offer(Record):
    """An offer as the API serves it; `Record` holds id, version and stamps."""

    seller: str | None
    helper: str | None


CHECKS = {
    "seller": checks.reference(),
    "helper": checks.reference(),
}


def encode(offer: Offer) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "seller": attributes.string(offer["seller"]),
            "helper": attributes.string(offer["helper"]),
        }
    )


def decode(item: Item) -> Offer:
    """The offer that stored attributes describe."""
    return {
        **stamps(item),
        "seller": attributes.read_string(item, "seller"),
        "helper": attributes.read_string(item, "helper"),
    }


def keys(tenant: Tenant, offer: Offer, ancestors: Ancestors) -> Item:
    """Where an offer lies in the table: its own key, and its entry in each index."""
    return {
        **primary_key(tenant, "offer", offer["id"], ancestors),
        **index_key("gsi1", tenant, "offer#by_seller", (offer["seller"],), "", offer["id"]),
        **index_key("gsi2", tenant, "offer#by_helper", (offer["helper"],), "", offer["id"]),
    }


offers: Collection[Offer] = Collection(
    entity="offer",
    path="/store/offers",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("seller",),
    indexes=(
        Index("by_seller", "gsi1", match=("seller",)),
        Index("by_helper", "gsi2", match=("helper",)),
    ),
    references=(
        Reference("seller", to="seller", on_delete="cascade"),
        Reference("helper", to="seller", on_delete="detach"),
    ),
)


@route("GET", "/store/offers", allow=("member",))
def list_offers(request: Request) -> Response:
    """One page of offers, filtered and ordered as an index serves."""
    return page(request, offers.list(request))


@route("POST", "/store/offers", allow=("admin",))
def create_offer(request: Request) -> Response:
    """Create an offer in the caller's organization."""
    return created(request, offers.create(request))


@route("GET", "/store/offers/{offer_id}", allow=("member",))
def get_offer(request: Request) -> Response:
    """One offer."""
    return found(request, offers.get(request))


@route("DELETE", "/store/offers/{offer_id}", allow=("admin",))
def delete_offer(request: Request) -> Response:
    """Delete an offer."""
    offers.delete(request)
    return no_content()
