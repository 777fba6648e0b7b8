"""Line10s."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Line10(Record):
    """A line10 as the API serves it; `Record` holds id, version and stamps."""

    name: str | None


CHECKS = {
    "name": checks.string(max_length=240),
}


def encode(line10: Line10) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(line10["name"]),
        }
    )


def decode(item: Item) -> Line10:
    """The line10 that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
    }


def keys(tenant: Tenant, line10: Line10, ancestors: Ancestors) -> Item:
    """Where a line10 lies in the table."""
    return primary_key(tenant, "line10", line10["id"], ancestors)


line10s: Collection[Line10] = Collection(
    entity="line10",
    path="/taken/line10s",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/line10s", allow=("admin",))
def list_line10s(request: Request) -> Response:
    """One page of line10s, in order of creation."""
    return page(request, line10s.list(request))


@route("GET", "/taken/line10s/{line10_id}", allow=("admin",))
def get_line10(request: Request) -> Response:
    """One line10."""
    return found(request, line10s.get(request))
