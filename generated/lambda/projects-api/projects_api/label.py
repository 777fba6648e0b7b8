"""Labels: a word that issues of any project are sorted by."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Label(Record):
    """A label as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    color: str | None
    description: str | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=40),
    "color": checks.string(max_length=7, pattern=r"^#[0-9a-f]{6}$"),
    "description": checks.string(max_length=200),
}


def encode(label: Label) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(label["name"]),
            "color": attributes.string(label["color"]),
            "description": attributes.string(label["description"]),
        }
    )


def decode(item: Item) -> Label:
    """The label that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "color": attributes.read_string(item, "color"),
        "description": attributes.read_string(item, "description"),
    }


def keys(tenant: Tenant, label: Label, ancestors: Ancestors) -> Item:
    """Where a label lies in the table: its own key, and its entry in each index."""
    name = sorting.text(label["name"])
    return {
        **primary_key(tenant, "label", label["id"], ancestors),
        **index_key("gsi1", tenant, "label#by_name", (), name, label["id"]),
    }


labels: Collection[Label] = Collection(
    entity="label",
    path="/projects/labels",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name",),
    unique=("name",),
    indexes=(Index("by_name", "gsi1", sort="name"),),
)


@route("GET", "/projects/labels", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_labels(request: Request) -> Response:
    """One page of labels, filtered and ordered as an index serves."""
    return page(request, labels.list(request))


@route("POST", "/projects/labels", allow=("instructor", "builder", "admin"))
def create_label(request: Request) -> Response:
    """Create a label in the caller's organization."""
    return created(request, labels.create(request))


@route(
    "GET",
    "/projects/labels/{label_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_label(request: Request) -> Response:
    """One label."""
    return found(request, labels.get(request))


@route("PATCH", "/projects/labels/{label_id}", allow=("admin",), owner=True)
def update_label(request: Request) -> Response:
    """Change a label by JSON Merge Patch."""
    return found(request, labels.update(request))


@route("DELETE", "/projects/labels/{label_id}", allow=("admin",))
def delete_label(request: Request) -> Response:
    """Delete a label."""
    labels.delete(request)
    return no_content()
