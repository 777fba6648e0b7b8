"""Orders."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Order(Record):
    """An order as the API serves it; `Record` holds id, version and stamps."""

    number: str | None


CHECKS = {
    "number": checks.string(max_length=240),
}


def encode(order: Order) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "number": attributes.string(order["number"]),
        }
    )


def decode(item: Item) -> Order:
    """The order that stored attributes describe."""
    return {
        **stamps(item),
        "number": attributes.read_string(item, "number"),
    }


def keys(tenant: Tenant, order: Order, ancestors: Ancestors) -> Item:
    """Where an order lies in the table."""
    return primary_key(tenant, "order", order["id"], ancestors)


orders: Collection[Order] = Collection(
    entity="order",
    path="/store/orders",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("number",),
)


@route("GET", "/store/orders", allow=("member",))
def list_orders(request: Request) -> Response:
    """One page of orders, in order of creation."""
    return page(request, orders.list(request))


@route("POST", "/store/orders", allow=("member",))
def create_order(request: Request) -> Response:
    """Create an order in the caller's organization."""
    return created(request, orders.create(request))


@route("GET", "/store/orders/{order_id}", allow=("member",))
def get_order(request: Request) -> Response:
    """One order."""
    return found(request, orders.get(request))


@route("DELETE", "/store/orders/{order_id}", allow=("admin",))
def delete_order(request: Request) -> Response:
    """Delete an order."""
    orders.delete(request)
    return no_content()
