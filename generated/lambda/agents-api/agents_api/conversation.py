"""Conversations: what one person and an agent said to each other; nobody else reads it."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Conversation(Record):
    """A conversation as the API serves it; `Record` holds id, version and stamps."""

    agent: str | None
    title: str | None
    channel: Literal["web", "mobile", "email", "api"] | None
    last_message_at: str | None
    archived: bool | None


CHECKS = {
    "agent": checks.reference(),
    "title": checks.string(max_length=200),
    "channel": checks.enum("web", "mobile", "email", "api"),
    "last_message_at": checks.datetime(),
    "archived": checks.boolean(),
}


def encode(conversation: Conversation) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "agent": attributes.string(conversation["agent"]),
            "title": attributes.string(conversation["title"]),
            "channel": attributes.string(conversation["channel"]),
            "last_message_at": attributes.string(conversation["last_message_at"]),
            "archived": attributes.boolean(conversation["archived"]),
        }
    )


def decode(item: Item) -> Conversation:
    """The conversation that stored attributes describe."""
    return {
        **stamps(item),
        "agent": attributes.read_string(item, "agent"),
        "title": attributes.read_string(item, "title"),
        "channel": attributes.read_string(item, "channel", "web"),
        "last_message_at": attributes.read_string(item, "last_message_at"),
        "archived": attributes.read_boolean(item, "archived", False),
    }


def keys(tenant: Tenant, conversation: Conversation, ancestors: Ancestors) -> Item:
    """Where a conversation lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(conversation["created_at"])
    return {
        **primary_key(tenant, "conversation", conversation["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "conversation#by_agent",
            (conversation["agent"],),
            created_at,
            conversation["id"],
        ),
        **index_key(
            "gsi2",
            tenant,
            "conversation#mine",
            (conversation["created_by"],),
            created_at,
            conversation["id"],
        ),
    }


conversations: Collection[Conversation] = Collection(
    entity="conversation",
    path="/agents/conversations",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("agent",),
    immutable=("agent",),
    defaults={"channel": "web", "archived": False},
    indexes=(
        Index("by_agent", "gsi1", match=("agent",), sort="created_at"),
        Index("mine", "gsi2", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("agent", to="agent", on_delete="cascade"),),
)


@route("GET", "/agents/conversations", allow=("admin",), owner=True)
def list_conversations(request: Request) -> Response:
    """One page of conversations, filtered and ordered as an index serves."""
    return page(request, conversations.list(request))


@route(
    "POST", "/agents/conversations", allow=("member", "instructor", "builder", "moderator", "admin")
)
def create_conversation(request: Request) -> Response:
    """Create a conversation in the caller's organization."""
    return created(request, conversations.create(request))


@route("GET", "/agents/conversations/{conversation_id}", allow=("admin",), owner=True)
def get_conversation(request: Request) -> Response:
    """One conversation."""
    return found(request, conversations.get(request))


@route("PATCH", "/agents/conversations/{conversation_id}", allow=(), owner=True)
def update_conversation(request: Request) -> Response:
    """Change a conversation by JSON Merge Patch."""
    return found(request, conversations.update(request))


@route("DELETE", "/agents/conversations/{conversation_id}", allow=("admin",), owner=True)
def delete_conversation(request: Request) -> Response:
    """Delete a conversation."""
    conversations.delete(request)
    return no_content()
