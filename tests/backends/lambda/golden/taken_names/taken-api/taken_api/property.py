"""Properties."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Property(Record):
    """A property as the API serves it; `Record` holds id, version and stamps."""

    value: str | None


CHECKS = {
    "value": checks.string(max_length=240),
}


def encode(record: Property) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "value": attributes.string(record["value"]),
        }
    )


def decode(item: Item) -> Property:
    """The property that stored attributes describe."""
    return {
        **stamps(item),
        "value": attributes.read_string(item, "value"),
    }


def keys(tenant: Tenant, record: Property, ancestors: Ancestors) -> Item:
    """Where a property lies in the table."""
    return primary_key(tenant, "property", record["id"], ancestors)


properties: Collection[Property] = Collection(
    entity="property",
    path="/taken/properties",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/properties", allow=("admin",))
def list_properties(request: Request) -> Response:
    """One page of properties, in order of creation."""
    return page(request, properties.list(request))


@route("POST", "/taken/properties", allow=("admin",))
def create_property(request: Request) -> Response:
    """Create a property in the caller's organization."""
    return created(request, properties.create(request))


@route("GET", "/taken/properties/{property_id}", allow=("admin",))
def get_property(request: Request) -> Response:
    """One property."""
    return found(request, properties.get(request))
