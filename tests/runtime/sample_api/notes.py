"""Small entities: a plain one, a child with a child, and a reference that lets go.

One function makes them all, for they differ in little; a rendered module would spell them out.
"""

from typing import Any

from nexus_runtime import attributes, checks
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.dynamodb import Item
from nexus_runtime.http import Request, Response, Route, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import stamps

MEMBERS = ("member", "admin")


def collection(
    entity: str, path: str, *extra: str, parent: str | None = None, **options: Any
) -> Collection[Any]:
    """A collection of items with a required `text` and optional `extra` fields."""
    parent_id = f"{parent}_id" if parent else None
    stored = ("text", *extra, *([parent_id] if parent_id else []))

    def encode(record: Any) -> Item:
        return attributes.present({name: attributes.string(record[name]) for name in stored})

    def decode(item: Item) -> Any:
        fields = {name: attributes.read_string(item, name) for name in stored}
        return {**stamps(item), **fields}

    def keys(tenant: Tenant, record: Any, ancestors: Ancestors) -> Item:
        found = primary_key(tenant, entity, record["id"], ancestors)
        for index in options.get("indexes", ()):
            match = (*ancestors, *(record[name] for name in index.match))
            name = f"{entity}#{index.name}"
            found |= index_key(index.slot, tenant, name, match, "", record["id"])
        return found

    refs = {reference.field for reference in options.get("references", ())}
    fields = {
        name: checks.reference() if name in refs else checks.string(max_length=400_000)
        for name in ("text", *extra)
    }
    return Collection(
        entity=entity,
        path=path,
        checks=fields,
        encode=encode,
        decode=decode,
        keys=keys,
        required=("text",),
        parent=parent,
        parent_id=parent_id,
        **options,
    )


def routes_of(items: Collection[Any], *, owner: bool = False) -> tuple[Route, ...]:
    """All routes of a collection."""
    item = f"{items.path}/{{{items.id_parameter}}}"

    @route("GET", items.path, allow=MEMBERS)
    def list_items(request: Request) -> Response:
        return page(request, items.list(request))

    @route("POST", items.path, allow=MEMBERS)
    def create_item(request: Request) -> Response:
        return created(request, items.create(request))

    @route("GET", item, allow=MEMBERS)
    def get_item(request: Request) -> Response:
        return found(request, items.get(request))

    @route("PATCH", item, allow=("admin",), owner=owner)
    def update_item(request: Request) -> Response:
        return found(request, items.update(request))

    @route("DELETE", item, allow=("admin",), owner=owner)
    def delete_item(request: Request) -> Response:
        items.delete(request)
        return no_content()

    @route("POST", f"{item}/restore", allow=("admin",), owner=owner)
    def restore_item(request: Request) -> Response:
        return found(request, items.restore(request))

    every = (list_items, create_item, get_item, update_item, delete_item)
    return (*every, restore_item) if items.retain_seconds else every


notes = collection("note", "/education/notes")
shelves = collection("shelf", "/education/shelves")
boxes = collection("box", "/education/shelves/{shelf_id}/boxes", parent="shelf")
slots = collection(
    "slot",
    "/education/shelves/{shelf_id}/boxes/{box_id}/slots",
    "label",
    parent="box",
    unique=("label",),
    retain_seconds=3600,
)
topics = collection("topic", "/education/topics")
remarks = collection(
    "remark",
    "/education/remarks",
    "topic",
    "second",
    indexes=(
        Index("by_topic", "gsi1", match=("topic",)),
        Index("by_second", "gsi2", match=("second",)),
    ),
    references=(
        Reference("topic", to="topic", on_delete="detach"),
        Reference("second", to="topic", on_delete="detach"),
    ),
)
threads = collection(
    "thread",
    "/education/threads",
    "reply_to",
    "best",
    indexes=(
        Index("by_reply", "gsi1", match=("reply_to",)),
        Index("by_best", "gsi2", match=("best",)),
    ),
    references=(
        Reference("reply_to", to="thread", on_delete="cascade"),
        Reference("best", to="thread", on_delete="detach"),
    ),
)

COLLECTIONS = (notes, shelves, boxes, slots, topics, remarks, threads)
ROUTES = (
    *routes_of(notes, owner=True),
    *(r for items in COLLECTIONS[1:] for r in routes_of(items)),
)
