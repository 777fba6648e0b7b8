"""Parcels."""

from typing import Any, TypedDict

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Address(TypedDict):
    """An address of a parcel."""

    street: str
    zip: str | None


class Content(TypedDict):
    """A content of a parcel."""

    name: str
    count: int | None


class Parcel(Record):
    """A parcel as the API serves it; `Record` holds id, version and stamps."""

    sizes: list[float] | None
    labels: dict[str, str] | None
    address: Address | None
    contents: list[Content] | None
    extra: Any


CHECKS = {
    "sizes": checks.list_of(checks.number(), max_items=3),
    "labels": checks.map_of(checks.string(max_length=20), max_items=5),
    "address": checks.object_of(
        {
            "street": checks.string(max_length=240),
            "zip": checks.string(max_length=5, pattern=r"^[0-9]{5}$"),
        },
        required=("street",),
    ),
    "contents": checks.list_of(
        checks.object_of(
            {"name": checks.string(max_length=240), "count": checks.integer()}, required=("name",)
        ),
        max_items=10,
    ),
    "extra": checks.json_value(max_bytes=100, max_depth=8),
}


def encode_address(address: Address | None) -> Attribute | None:
    """The attribute that stores the address."""
    return attributes.object(address, {"street": attributes.string, "zip": attributes.string})


def decode_address(attribute: Attribute) -> Address:
    """The address that an attribute holds."""
    members = attributes.members(attribute, "street")
    return {
        "street": attributes.read_string(members, "street"),
        "zip": attributes.read_string(members, "zip"),
    }


def encode_content(content: Content | None) -> Attribute | None:
    """The attribute that stores the content."""
    return attributes.object(content, {"name": attributes.string, "count": attributes.number})


def decode_content(attribute: Attribute) -> Content:
    """The content that an attribute holds."""
    members = attributes.members(attribute, "name")
    return {
        "name": attributes.read_string(members, "name"),
        "count": attributes.read_integer(members, "count"),
    }


def encode(parcel: Parcel) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "sizes": attributes.list_of(parcel["sizes"], attributes.number),
            "labels": attributes.map_of(parcel["labels"], attributes.string),
            "address": encode_address(parcel["address"]),
            "contents": attributes.list_of(parcel["contents"], encode_content),
            "extra": attributes.json(parcel["extra"]),
        }
    )


def decode(item: Item) -> Parcel:
    """The parcel that stored attributes describe."""
    return {
        **stamps(item),
        "sizes": attributes.read_list(item, "sizes", attributes.as_number),
        "labels": attributes.read_map(item, "labels", attributes.as_string),
        "address": attributes.read_object(item, "address", decode_address),
        "contents": attributes.read_list(item, "contents", decode_content),
        "extra": attributes.read_json(item, "extra"),
    }


def keys(tenant: Tenant, parcel: Parcel, ancestors: Ancestors) -> Item:
    """Where a parcel lies in the table."""
    return primary_key(tenant, "parcel", parcel["id"], ancestors)


parcels: Collection[Parcel] = Collection(
    entity="parcel",
    path="/store/parcels",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/store/parcels", allow=("member",))
def list_parcels(request: Request) -> Response:
    """One page of parcels, in order of creation."""
    return page(request, parcels.list(request))


@route("POST", "/store/parcels", allow=("member",))
def create_parcel(request: Request) -> Response:
    """Create a parcel in the caller's organization."""
    return created(request, parcels.create(request))


@route("GET", "/store/parcels/{parcel_id}", allow=("member",))
def get_parcel(request: Request) -> Response:
    """One parcel."""
    return found(request, parcels.get(request))


@route("PATCH", "/store/parcels/{parcel_id}", allow=("member",))
def update_parcel(request: Request) -> Response:
    """Change a parcel by JSON Merge Patch."""
    return found(request, parcels.update(request))
