"""Requests."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class RequestRecord(Record):
    """A request as the API serves it; `Record` holds id, version and stamps."""

    request: str | None


CHECKS = {
    "request": checks.string(max_length=240),
}


def encode(record: RequestRecord) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "request": attributes.string(record["request"]),
        }
    )


def decode(item: Item) -> RequestRecord:
    """The request that stored attributes describe."""
    return {
        **stamps(item),
        "request": attributes.read_string(item, "request"),
    }


def keys(tenant: Tenant, record: RequestRecord, ancestors: Ancestors) -> Item:
    """Where a request lies in the table."""
    return primary_key(tenant, "request", record["id"], ancestors)


requests: Collection[RequestRecord] = Collection(
    entity="request",
    path="/taken/requests",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/requests", allow=("admin",))
def list_requests(request: Request) -> Response:
    """One page of requests, in order of creation."""
    return page(request, requests.list(request))


@route("POST", "/taken/requests", allow=("admin",))
def create_request(request: Request) -> Response:
    """Create a request in the caller's organization."""
    return created(request, requests.create(request))


@route("GET", "/taken/requests/{request_id}", allow=("admin",))
def get_request(request: Request) -> Response:
    """One request."""
    return found(request, requests.get(request))


@route("DELETE", "/taken/requests/{request_id}", allow=("admin",))
def delete_request(request: Request) -> Response:
    """Delete a request."""
    requests.delete(request)
    return no_content()
