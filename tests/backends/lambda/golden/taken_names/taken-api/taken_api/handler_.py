"""Handlers."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Reference
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Handler(Record):
    """A handler as the API serves it; `Record` holds id, version and stamps."""

    app: str | None


CHECKS = {
    "app": checks.reference(),
}


def encode(handler: Handler) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "app": attributes.string(handler["app"]),
        }
    )


def decode(item: Item) -> Handler:
    """The handler that stored attributes describe."""
    return {
        **stamps(item),
        "app": attributes.read_string(item, "app"),
    }


def keys(tenant: Tenant, handler: Handler, ancestors: Ancestors) -> Item:
    """Where a handler lies in the table."""
    return primary_key(tenant, "handler", handler["id"], ancestors)


handlers: Collection[Handler] = Collection(
    entity="handler",
    path="/taken/handlers",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    references=(Reference("app", to="app", on_delete="restrict"),),
)


@route("GET", "/taken/handlers", allow=("admin",))
def list_handlers(request: Request) -> Response:
    """One page of handlers, in order of creation."""
    return page(request, handlers.list(request))


@route("POST", "/taken/handlers", allow=("admin",))
def create_handler(request: Request) -> Response:
    """Create a handler in the caller's organization."""
    return created(request, handlers.create(request))


@route("GET", "/taken/handlers/{handler_id}", allow=("admin",))
def get_handler(request: Request) -> Response:
    """One handler."""
    return found(request, handlers.get(request))
