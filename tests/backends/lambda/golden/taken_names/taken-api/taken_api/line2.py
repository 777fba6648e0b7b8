"""Line2s."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Line2(Record):
    """A line2 as the API serves it; `Record` holds id, version and stamps."""

    name: str | None


CHECKS = {
    "name": checks.string(max_length=240),
}


def encode(line2: Line2) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(line2["name"]),
        }
    )


def decode(item: Item) -> Line2:
    """The line2 that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
    }


def keys(tenant: Tenant, line2: Line2, ancestors: Ancestors) -> Item:
    """Where a line2 lies in the table."""
    return primary_key(tenant, "line2", line2["id"], ancestors)


line2s: Collection[Line2] = Collection(
    entity="line2",
    path="/taken/line2s",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/line2s", allow=("admin",))
def list_line2s(request: Request) -> Response:
    """One page of line2s, in order of creation."""
    return page(request, line2s.list(request))


@route("GET", "/taken/line2s/{line2_id}", allow=("admin",))
def get_line2(request: Request) -> Response:
    """One line2."""
    return found(request, line2s.get(request))
