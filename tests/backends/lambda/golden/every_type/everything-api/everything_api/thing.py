"""Things: It has a field of every type."""

import builtins
from functools import partial
from typing import Any, Literal, TypedDict

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Position(TypedDict):
    """A position of a thing."""

    latitude: float
    longitude: float


class Address(TypedDict):
    """An address of a thing."""

    city: str
    country: str
    tax: str
    position: Position | None


class ThingAddress(TypedDict):
    """An address of a thing."""

    int: builtins.int | None
    lines: list[str] | None
    total: builtins.int


class ByName(TypedDict):
    """A by name of a thing."""

    thing: bool | None


class Thing(Record):
    """A thing as the API serves it; `Record` holds id, version and stamps."""

    string: str | None
    text: str | None
    slug: str | None
    email: str | None
    url: str | None
    uuid: str | None
    integer: int | None
    number: float | None
    decimal: str | None
    boolean: bool | None
    date: str | None
    datetime: str | None
    duration: str | None
    kind: Literal["one", "two"] | None
    thing: str | None
    json: Any
    names: list[str] | None
    prices: list[str] | None
    matrix: list[list[float]] | None
    scores: dict[str, int] | None
    table: dict[str, list[bool]] | None
    address: Address | None
    addresses: list[ThingAddress] | None
    by_name: dict[str, ByName] | None


CHECKS = {
    "string": checks.string(min_length=1, max_length=80, pattern=r"^\w+$"),
    "text": checks.text(max_length=10000),
    "slug": checks.slug(max_length=100),
    "email": checks.email(),
    "url": checks.url(max_length=2048),
    "uuid": checks.uuid(),
    "integer": checks.integer(minimum=-5, maximum=5),
    "number": checks.number(minimum="0", maximum="1.5"),
    "decimal": checks.decimal(minimum="-1.5", scale=3),
    "boolean": checks.boolean(),
    "date": checks.date(),
    "datetime": checks.datetime(),
    "duration": checks.duration(),
    "kind": checks.enum("one", "two"),
    "thing": checks.reference(),
    "json": checks.json_value(max_bytes=100, max_depth=3),
    "names": checks.list_of(checks.string(max_length=240), max_items=3),
    "prices": checks.list_of(checks.decimal(scale=2), max_items=100),
    "matrix": checks.list_of(checks.list_of(checks.number(), max_items=100), max_items=100),
    "scores": checks.map_of(checks.integer(), min_items=1, max_items=100),
    "table": checks.map_of(checks.list_of(checks.boolean(), max_items=100), max_items=100),
    "address": checks.object_of(
        {
            "city": checks.string(max_length=240),
            "country": checks.string(max_length=240),
            "tax": checks.decimal(scale=2),
            "position": checks.object_of(
                {"latitude": checks.number(), "longitude": checks.number()},
                required=("latitude", "longitude"),
            ),
        },
        required=("city",),
        defaults={"country": "NO", "tax": "1.00"},
    ),
    "addresses": checks.list_of(
        checks.object_of(
            {
                "int": checks.integer(),
                "lines": checks.list_of(checks.string(max_length=240), max_items=100),
                "total": checks.integer(),
            },
            required=("total",),
        ),
        max_items=100,
    ),
    "by_name": checks.map_of(checks.object_of({"thing": checks.boolean()}), max_items=100),
}


def encode_position(position: Position | None) -> Attribute | None:
    """The attribute that stores the position."""
    return attributes.object(
        position, {"latitude": attributes.number, "longitude": attributes.number}
    )


def decode_position(attribute: Attribute) -> Position:
    """The position that an attribute holds."""
    members = attributes.members(attribute, "latitude", "longitude")
    return {
        "latitude": attributes.read_number(members, "latitude"),
        "longitude": attributes.read_number(members, "longitude"),
    }


def encode_address(address: Address | None) -> Attribute | None:
    """The attribute that stores the address."""
    return attributes.object(
        address,
        {
            "city": attributes.string,
            "country": attributes.string,
            "tax": attributes.number,
            "position": encode_position,
        },
    )


def decode_address(attribute: Attribute) -> Address:
    """The address that an attribute holds."""
    members = attributes.members(attribute, "city")
    return {
        "city": attributes.read_string(members, "city"),
        "country": attributes.read_string(members, "country", "NO"),
        "tax": attributes.read_decimal(members, "tax", "1.00", scale=2),
        "position": attributes.read_object(members, "position", decode_position),
    }


def encode_thing_address(thing_address: ThingAddress | None) -> Attribute | None:
    """The attribute that stores the address."""
    return attributes.object(
        thing_address,
        {
            "int": attributes.number,
            "lines": partial(attributes.list_of, encode=attributes.string),
            "total": attributes.number,
        },
    )


def decode_thing_address(attribute: Attribute) -> ThingAddress:
    """The address that an attribute holds."""
    members = attributes.members(attribute, "total")
    return {
        "int": attributes.read_integer(members, "int"),
        "lines": attributes.read_list(members, "lines", attributes.as_string),
        "total": attributes.read_integer(members, "total"),
    }


def encode_by_name(by_name: ByName | None) -> Attribute | None:
    """The attribute that stores the by name."""
    return attributes.object(by_name, {"thing": attributes.boolean})


def decode_by_name(attribute: Attribute) -> ByName:
    """The by name that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "thing": attributes.read_boolean(members, "thing"),
    }


def encode(thing: Thing) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "string": attributes.string(thing["string"]),
            "text": attributes.string(thing["text"]),
            "slug": attributes.string(thing["slug"]),
            "email": attributes.string(thing["email"]),
            "url": attributes.string(thing["url"]),
            "uuid": attributes.string(thing["uuid"]),
            "integer": attributes.number(thing["integer"]),
            "number": attributes.number(thing["number"]),
            "decimal": attributes.number(thing["decimal"]),
            "boolean": attributes.boolean(thing["boolean"]),
            "date": attributes.string(thing["date"]),
            "datetime": attributes.string(thing["datetime"]),
            "duration": attributes.string(thing["duration"]),
            "kind": attributes.string(thing["kind"]),
            "thing": attributes.string(thing["thing"]),
            "json": attributes.json(thing["json"]),
            "names": attributes.list_of(thing["names"], attributes.string),
            "prices": attributes.list_of(thing["prices"], attributes.number),
            "matrix": attributes.list_of(
                thing["matrix"], partial(attributes.list_of, encode=attributes.number)
            ),
            "scores": attributes.map_of(thing["scores"], attributes.number),
            "table": attributes.map_of(
                thing["table"], partial(attributes.list_of, encode=attributes.boolean)
            ),
            "address": encode_address(thing["address"]),
            "addresses": attributes.list_of(thing["addresses"], encode_thing_address),
            "by_name": attributes.map_of(thing["by_name"], encode_by_name),
        }
    )


def decode(item: Item) -> Thing:
    """The thing that stored attributes describe."""
    return {
        **stamps(item),
        "string": attributes.read_string(item, "string", "a"),
        "text": attributes.read_string(item, "text", 'it\'s "quoted", \\ and ${more}'),
        "slug": attributes.read_string(item, "slug", "a-b"),
        "email": attributes.read_string(item, "email", "ada@example.org"),
        "url": attributes.read_string(item, "url", "https://example.org"),
        "uuid": attributes.read_string(item, "uuid", "0b2f6a54-7f0e-4d8a-9a35-5a1f4c2d7e90"),
        "integer": attributes.read_integer(item, "integer", -1),
        "number": attributes.read_number(item, "number", 0.25),
        "decimal": attributes.read_decimal(item, "decimal", "1.500", scale=3),
        "boolean": attributes.read_boolean(item, "boolean", False),
        "date": attributes.read_string(item, "date", "2026-01-31"),
        "datetime": attributes.read_string(item, "datetime", "2026-01-31T10:00:00.000000Z"),
        "duration": attributes.read_string(item, "duration", "PT1H"),
        "kind": attributes.read_string(item, "kind", "two"),
        "thing": attributes.read_string(item, "thing"),
        "json": attributes.read_json(item, "json", {"a": [1, None, True]}),
        "names": attributes.read_list(item, "names", attributes.as_string, ["a", "b"]),
        "prices": attributes.read_list(item, "prices", partial(attributes.as_decimal, scale=2)),
        "matrix": attributes.read_list(
            item, "matrix", partial(attributes.as_list, decode=attributes.as_number)
        ),
        "scores": attributes.read_map(item, "scores", attributes.as_integer, {"a": 1}),
        "table": attributes.read_map(
            item, "table", partial(attributes.as_list, decode=attributes.as_boolean)
        ),
        "address": attributes.read_object(
            item,
            "address",
            decode_address,
            {"city": "Oslo", "country": "NO", "tax": "1.00", "position": None},
        ),
        "addresses": attributes.read_list(item, "addresses", decode_thing_address),
        "by_name": attributes.read_map(item, "by_name", decode_by_name),
    }


def keys(tenant: Tenant, thing: Thing, ancestors: Ancestors) -> Item:
    """Where a thing lies in the table: its own key, and its entry in each index."""
    decimal = sorting.number(thing["decimal"])
    datetime = sorting.text(thing["datetime"])
    return {
        **primary_key(tenant, "thing", thing["id"], ancestors),
        **index_key("gsi1", tenant, "thing#by_boolean", (thing["boolean"],), decimal, thing["id"]),
        **index_key("gsi2", tenant, "thing#by_date", (thing["date"],), datetime, thing["id"]),
        **index_key("gsi3", tenant, "thing#by_thing", (thing["thing"],), "", thing["id"]),
    }


things: Collection[Thing] = Collection(
    entity="thing",
    path="/everything/things",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    defaults={
        "string": "a",
        "text": 'it\'s "quoted", \\ and ${more}',
        "slug": "a-b",
        "email": "ada@example.org",
        "url": "https://example.org",
        "uuid": "0b2f6a54-7f0e-4d8a-9a35-5a1f4c2d7e90",
        "integer": -1,
        "number": 0.25,
        "decimal": "1.500",
        "boolean": False,
        "date": "2026-01-31",
        "datetime": "2026-01-31T10:00:00.000000Z",
        "duration": "PT1H",
        "kind": "two",
        "json": {"a": [1, None, True]},
        "names": ["a", "b"],
        "scores": {"a": 1},
        "address": {"city": "Oslo", "country": "NO", "tax": "1.00", "position": None},
    },
    indexes=(
        Index("by_boolean", "gsi1", match=("boolean",), sort="decimal"),
        Index("by_date", "gsi2", match=("date",), sort="datetime"),
        Index("by_thing", "gsi3", match=("thing",)),
    ),
    references=(Reference("thing", to="thing", on_delete="detach"),),
)


@route("GET", "/everything/things", allow=("member",))
def list_things(request: Request) -> Response:
    """One page of things, filtered and ordered as an index serves."""
    return page(request, things.list(request))


@route("GET", "/everything/things/{thing_id}", allow=("member",))
def get_thing(request: Request) -> Response:
    """One thing."""
    return found(request, things.get(request))
