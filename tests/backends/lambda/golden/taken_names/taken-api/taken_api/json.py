"""Jsons."""

from typing import Any

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Json(Record):
    """A json as the API serves it; `Record` holds id, version and stamps."""

    name: Any


CHECKS = {
    "name": checks.json_value(max_bytes=10000, max_depth=8),
}


def encode(json: Json) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.json(json["name"]),
        }
    )


def decode(item: Item) -> Json:
    """The json that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_json(item, "name"),
    }


def keys(tenant: Tenant, json: Json, ancestors: Ancestors) -> Item:
    """Where a json lies in the table."""
    return primary_key(tenant, "json", json["id"], ancestors)


jsons: Collection[Json] = Collection(
    entity="json",
    path="/taken/jsons",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/jsons", allow=("admin",))
def list_jsons(request: Request) -> Response:
    """One page of jsons, in order of creation."""
    return page(request, jsons.list(request))


@route("POST", "/taken/jsons", allow=("admin",))
def create_json(request: Request) -> Response:
    """Create a json in the caller's organization."""
    return created(request, jsons.create(request))


@route("GET", "/taken/jsons/{json_id}", allow=("admin",))
def get_json(request: Request) -> Response:
    """One json."""
    return found(request, jsons.get(request))
