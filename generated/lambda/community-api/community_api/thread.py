"""Threads: a conversation that somebody began in a space."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Thread(Record):
    """A thread as the API serves it; `Record` holds id, version and stamps."""

    space: str | None
    title: str | None
    body: str | None
    kind: Literal["discussion", "question", "announcement"] | None
    tags: list[str] | None
    pinned: bool | None
    locked: bool | None
    answered: bool | None
    last_post_at: str | None


CHECKS = {
    "space": checks.reference(),
    "title": checks.string(min_length=1, max_length=200),
    "body": checks.text(min_length=1, max_length=20000),
    "kind": checks.enum("discussion", "question", "announcement"),
    "tags": checks.list_of(checks.string(min_length=1, max_length=40), max_items=5),
    "pinned": checks.boolean(),
    "locked": checks.boolean(),
    "answered": checks.boolean(),
    "last_post_at": checks.datetime(),
}


def encode(thread: Thread) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "space": attributes.string(thread["space"]),
            "title": attributes.string(thread["title"]),
            "body": attributes.string(thread["body"]),
            "kind": attributes.string(thread["kind"]),
            "tags": attributes.list_of(thread["tags"], attributes.string),
            "pinned": attributes.boolean(thread["pinned"]),
            "locked": attributes.boolean(thread["locked"]),
            "answered": attributes.boolean(thread["answered"]),
            "last_post_at": attributes.string(thread["last_post_at"]),
        }
    )


def decode(item: Item) -> Thread:
    """The thread that stored attributes describe."""
    return {
        **stamps(item),
        "space": attributes.read_string(item, "space"),
        "title": attributes.read_string(item, "title"),
        "body": attributes.read_string(item, "body"),
        "kind": attributes.read_string(item, "kind", "discussion"),
        "tags": attributes.read_list(item, "tags", attributes.as_string),
        "pinned": attributes.read_boolean(item, "pinned", False),
        "locked": attributes.read_boolean(item, "locked", False),
        "answered": attributes.read_boolean(item, "answered", False),
        "last_post_at": attributes.read_string(item, "last_post_at"),
    }


def keys(tenant: Tenant, thread: Thread, ancestors: Ancestors) -> Item:
    """Where a thread lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(thread["created_at"])
    last_post_at = sorting.text(thread["last_post_at"])
    return {
        **primary_key(tenant, "thread", thread["id"], ancestors),
        **index_key(
            "gsi1", tenant, "thread#by_space", (thread["space"],), created_at, thread["id"]
        ),
        **index_key(
            "gsi2", tenant, "thread#by_activity", (thread["space"],), last_post_at, thread["id"]
        ),
        **index_key(
            "gsi3",
            tenant,
            "thread#by_pin",
            (thread["space"], thread["pinned"]),
            created_at,
            thread["id"],
        ),
        **index_key(
            "gsi4",
            tenant,
            "thread#by_answer",
            (thread["kind"], thread["answered"]),
            created_at,
            thread["id"],
        ),
        **index_key(
            "gsi5", tenant, "thread#mine", (thread["created_by"],), created_at, thread["id"]
        ),
    }


threads: Collection[Thread] = Collection(
    entity="thread",
    path="/community/threads",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("space", "title", "body"),
    defaults={"kind": "discussion", "pinned": False, "locked": False, "answered": False},
    indexes=(
        Index("by_space", "gsi1", match=("space",), sort="created_at"),
        Index("by_activity", "gsi2", match=("space",), sort="last_post_at"),
        Index("by_pin", "gsi3", match=("space", "pinned"), sort="created_at"),
        Index("by_answer", "gsi4", match=("kind", "answered"), sort="created_at"),
        Index("mine", "gsi5", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("space", to="space", on_delete="restrict"),),
    retain_seconds=7776000,
)


@route("GET", "/community/threads", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_threads(request: Request) -> Response:
    """One page of threads, filtered and ordered as an index serves."""
    return page(request, threads.list(request))


@route(
    "POST", "/community/threads", allow=("member", "instructor", "builder", "moderator", "admin")
)
def create_thread(request: Request) -> Response:
    """Create a thread in the caller's organization."""
    return created(request, threads.create(request))


@route(
    "GET",
    "/community/threads/{thread_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_thread(request: Request) -> Response:
    """One thread."""
    return found(request, threads.get(request))


@route("PATCH", "/community/threads/{thread_id}", allow=("moderator", "admin"), owner=True)
def update_thread(request: Request) -> Response:
    """Change a thread by JSON Merge Patch."""
    return found(request, threads.update(request))


@route("DELETE", "/community/threads/{thread_id}", allow=("moderator", "admin"), owner=True)
def delete_thread(request: Request) -> Response:
    """Move a thread to the trash."""
    threads.delete(request)
    return no_content()


@route("POST", "/community/threads/{thread_id}/restore", allow=("moderator", "admin"), owner=True)
def restore_thread(request: Request) -> Response:
    """Bring a thread back from the trash."""
    return found(request, threads.restore(request))
