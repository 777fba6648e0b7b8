"""Items."""

import builtins
from functools import partial
from typing import TypedDict

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class ItemItem(TypedDict):
    """An item of an item."""

    list: builtins.list[str] | None


class ItemItem2(TypedDict):
    """An item of an item."""

    str: builtins.str | None
    all: int | None


class ItemRecord2(TypedDict):
    """A record of an item."""

    value: str | None


class ItemRecord(Record):
    """An item as the API serves it; `Record` holds id, version and stamps."""

    item: ItemItem | None
    items: list[ItemItem2] | None
    record: ItemRecord2 | None
    sorting: str | None
    dict: builtins.dict[str, int] | None


CHECKS = {
    "item": checks.object_of(
        {"list": checks.list_of(checks.string(max_length=240), max_items=100)}
    ),
    "items": checks.list_of(
        checks.object_of({"str": checks.string(max_length=240), "all": checks.integer()}),
        max_items=100,
    ),
    "record": checks.object_of({"value": checks.string(max_length=240)}),
    "sorting": checks.string(max_length=240),
    "dict": checks.map_of(checks.integer(), max_items=100),
}


def encode_item_item(item_item: ItemItem | None) -> Attribute | None:
    """The attribute that stores the item."""
    return attributes.object(
        item_item, {"list": partial(attributes.list_of, encode=attributes.string)}
    )


def decode_item_item(attribute: Attribute) -> ItemItem:
    """The item that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "list": attributes.read_list(members, "list", attributes.as_string),
    }


def encode_item_item2(item_item2: ItemItem2 | None) -> Attribute | None:
    """The attribute that stores the item."""
    return attributes.object(item_item2, {"str": attributes.string, "all": attributes.number})


def decode_item_item2(attribute: Attribute) -> ItemItem2:
    """The item that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "str": attributes.read_string(members, "str"),
        "all": attributes.read_integer(members, "all"),
    }


def encode_item_record2(item_record2: ItemRecord2 | None) -> Attribute | None:
    """The attribute that stores the record."""
    return attributes.object(item_record2, {"value": attributes.string})


def decode_item_record2(attribute: Attribute) -> ItemRecord2:
    """The record that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "value": attributes.read_string(members, "value"),
    }


def encode(record: ItemRecord) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "item": encode_item_item(record["item"]),
            "items": attributes.list_of(record["items"], encode_item_item2),
            "record": encode_item_record2(record["record"]),
            "sorting": attributes.string(record["sorting"]),
            "dict": attributes.map_of(record["dict"], attributes.number),
        }
    )


def decode(item: Item) -> ItemRecord:
    """The item that stored attributes describe."""
    return {
        **stamps(item),
        "item": attributes.read_object(item, "item", decode_item_item),
        "items": attributes.read_list(item, "items", decode_item_item2),
        "record": attributes.read_object(item, "record", decode_item_record2),
        "sorting": attributes.read_string(item, "sorting"),
        "dict": attributes.read_map(item, "dict", attributes.as_integer),
    }


def keys(tenant: Tenant, record: ItemRecord, ancestors: Ancestors) -> Item:
    """Where an item lies in the table: its own key, and its entry in each index."""
    sorting_key = sorting.text(record["sorting"])
    return {
        **primary_key(tenant, "item", record["id"], ancestors),
        **index_key("gsi1", tenant, "item#sorting", (), sorting_key, record["id"]),
    }


items: Collection[ItemRecord] = Collection(
    entity="item",
    path="/taken/items",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    indexes=(Index("sorting", "gsi1", sort="sorting"),),
)


@route("GET", "/taken/items", allow=("admin",))
def list_items(request: Request) -> Response:
    """One page of items, filtered and ordered as an index serves."""
    return page(request, items.list(request))


@route("POST", "/taken/items", allow=("admin",))
def create_item(request: Request) -> Response:
    """Create an item in the caller's organization."""
    return created(request, items.create(request))


@route("GET", "/taken/items/{item_id}", allow=("admin",))
def get_item(request: Request) -> Response:
    """One item."""
    return found(request, items.get(request))


@route("PATCH", "/taken/items/{item_id}", allow=("admin",))
def update_item(request: Request) -> Response:
    """Change an item by JSON Merge Patch."""
    return found(request, items.update(request))


@route("DELETE", "/taken/items/{item_id}", allow=("admin",))
def delete_item(request: Request) -> Response:
    """Delete an item."""
    items.delete(request)
    return no_content()
