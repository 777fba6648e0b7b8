"""Lines."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Line(Record):
    """A line as the API serves it; `Record` holds id, version and stamps."""

    order_id: str
    position: int | None
    text: str | None


CHECKS = {
    "position": checks.integer(),
    "text": checks.string(max_length=240),
}


def encode(line: Line) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "order_id": attributes.string(line["order_id"]),
            "position": attributes.number(line["position"]),
            "text": attributes.string(line["text"]),
        }
    )


def decode(item: Item) -> Line:
    """The line that stored attributes describe."""
    return {
        **stamps(item),
        "order_id": attributes.stored_string(item, "order_id"),
        "position": attributes.read_integer(item, "position"),
        "text": attributes.read_string(item, "text"),
    }


def keys(tenant: Tenant, line: Line, ancestors: Ancestors) -> Item:
    """Where a line lies in the table: its own key, and its entry in each index."""
    position = sorting.integer(line["position"])
    return {
        **primary_key(tenant, "line", line["id"], ancestors),
        **index_key("gsi1", tenant, "line#in_order", ancestors, position, line["id"]),
    }


lines: Collection[Line] = Collection(
    entity="line",
    path="/store/orders/{order_id}/lines",
    parent="order",
    parent_id="order_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("position",),
    indexes=(Index("in_order", "gsi1", sort="position"),),
)


@route("GET", "/store/orders/{order_id}/lines", allow=("member",))
def list_lines(request: Request) -> Response:
    """One page of lines, filtered and ordered as an index serves."""
    return page(request, lines.list(request))


@route("POST", "/store/orders/{order_id}/lines", allow=("member",))
def create_line(request: Request) -> Response:
    """Create a line in the caller's organization."""
    return created(request, lines.create(request))


@route("GET", "/store/orders/{order_id}/lines/{line_id}", allow=("member",))
def get_line(request: Request) -> Response:
    """One line."""
    return found(request, lines.get(request))


@route("DELETE", "/store/orders/{order_id}/lines/{line_id}", allow=("admin",))
def delete_line(request: Request) -> Response:
    """Delete a line."""
    lines.delete(request)
    return no_content()
