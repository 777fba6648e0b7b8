"""Reactions: what somebody felt on reading a thread."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Reaction(Record):
    """A reaction as the API serves it; `Record` holds id, version and stamps."""

    thread: str | None
    kind: Literal["like", "love", "laugh", "insightful", "celebrate"] | None


CHECKS = {
    "thread": checks.reference(),
    "kind": checks.enum("like", "love", "laugh", "insightful", "celebrate"),
}


def encode(reaction: Reaction) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "thread": attributes.string(reaction["thread"]),
            "kind": attributes.string(reaction["kind"]),
        }
    )


def decode(item: Item) -> Reaction:
    """The reaction that stored attributes describe."""
    return {
        **stamps(item),
        "thread": attributes.read_string(item, "thread"),
        "kind": attributes.read_string(item, "kind"),
    }


def keys(tenant: Tenant, reaction: Reaction, ancestors: Ancestors) -> Item:
    """Where a reaction lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(reaction["created_at"])
    return {
        **primary_key(tenant, "reaction", reaction["id"], ancestors),
        **index_key(
            "gsi1", tenant, "reaction#by_thread", (reaction["thread"],), created_at, reaction["id"]
        ),
        **index_key(
            "gsi2",
            tenant,
            "reaction#by_kind",
            (reaction["thread"], reaction["kind"]),
            created_at,
            reaction["id"],
        ),
        **index_key(
            "gsi3", tenant, "reaction#mine", (reaction["created_by"],), created_at, reaction["id"]
        ),
    }


reactions: Collection[Reaction] = Collection(
    entity="reaction",
    path="/community/reactions",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("thread", "kind"),
    immutable=("thread",),
    indexes=(
        Index("by_thread", "gsi1", match=("thread",), sort="created_at"),
        Index("by_kind", "gsi2", match=("thread", "kind"), sort="created_at"),
        Index("mine", "gsi3", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("thread", to="thread", on_delete="cascade"),),
)


@route(
    "GET", "/community/reactions", allow=("member", "instructor", "builder", "moderator", "admin")
)
def list_reactions(request: Request) -> Response:
    """One page of reactions, filtered and ordered as an index serves."""
    return page(request, reactions.list(request))


@route(
    "POST", "/community/reactions", allow=("member", "instructor", "builder", "moderator", "admin")
)
def create_reaction(request: Request) -> Response:
    """Create a reaction in the caller's organization."""
    return created(request, reactions.create(request))


@route(
    "GET",
    "/community/reactions/{reaction_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_reaction(request: Request) -> Response:
    """One reaction."""
    return found(request, reactions.get(request))


@route("PATCH", "/community/reactions/{reaction_id}", allow=(), owner=True)
def update_reaction(request: Request) -> Response:
    """Change a reaction by JSON Merge Patch."""
    return found(request, reactions.update(request))


@route("DELETE", "/community/reactions/{reaction_id}", allow=("moderator", "admin"), owner=True)
def delete_reaction(request: Request) -> Response:
    """Delete a reaction."""
    reactions.delete(request)
    return no_content()
