"""Apps."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class App(Record):
    """An app as the API serves it; `Record` holds id, version and stamps."""

    name: str | None


CHECKS = {
    "name": checks.string(max_length=240),
}


def encode(app: App) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(app["name"]),
        }
    )


def decode(item: Item) -> App:
    """The app that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
    }


def keys(tenant: Tenant, app: App, ancestors: Ancestors) -> Item:
    """Where an app lies in the table."""
    return primary_key(tenant, "app", app["id"], ancestors)


apps: Collection[App] = Collection(
    entity="app",
    path="/taken/apps",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("GET", "/taken/apps", allow=("admin",))
def list_apps(request: Request) -> Response:
    """One page of apps, in order of creation."""
    return page(request, apps.list(request))


@route("POST", "/taken/apps", allow=("admin",))
def create_app(request: Request) -> Response:
    """Create an app in the caller's organization."""
    return created(request, apps.create(request))


@route("GET", "/taken/apps/{app_id}", allow=("admin",))
def get_app(request: Request) -> Response:
    """One app."""
    return found(request, apps.get(request))
