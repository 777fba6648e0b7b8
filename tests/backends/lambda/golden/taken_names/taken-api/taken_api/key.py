"""Keys."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Key(Record):
    """A key as the API serves it; `Record` holds id, version and stamps."""

    key: str | None


CHECKS = {
    "key": checks.string(max_length=240),
}


def encode(key: Key) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "key": attributes.string(key["key"]),
        }
    )


def decode(item: Item) -> Key:
    """The key that stored attributes describe."""
    return {
        **stamps(item),
        "key": attributes.read_string(item, "key"),
    }


def keys(tenant: Tenant, key: Key, ancestors: Ancestors) -> Item:
    """Where a key lies in the table."""
    return primary_key(tenant, "key", key["id"], ancestors)


key_collection: Collection[Key] = Collection(
    entity="key",
    path="/taken/keys",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/keys", allow=("admin",))
def list_keys(request: Request) -> Response:
    """One page of keys, in order of creation."""
    return page(request, key_collection.list(request))


@route("POST", "/taken/keys", allow=("admin",))
def create_key(request: Request) -> Response:
    """Create a key in the caller's organization."""
    return created(request, key_collection.create(request))


@route("GET", "/taken/keys/{key_id}", allow=("admin",))
def get_key(request: Request) -> Response:
    """One key."""
    return found(request, key_collection.get(request))
