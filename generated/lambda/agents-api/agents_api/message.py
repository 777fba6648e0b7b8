"""Messages: one turn of a conversation, in the order in which it was said."""

from typing import Any, Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Message(Record):
    """A message as the API serves it; `Record` holds id, version and stamps."""

    conversation_id: str
    role: Literal["user", "assistant", "tool"] | None
    content: str | None
    tool: str | None
    tool_call: Any
    tokens: int | None
    rating: Literal["good", "bad"] | None


CHECKS = {
    "role": checks.enum("user", "assistant", "tool"),
    "content": checks.text(max_length=50000),
    "tool": checks.slug(max_length=100),
    "tool_call": checks.json_value(max_bytes=16000, max_depth=8),
    "tokens": checks.integer(minimum=0),
    "rating": checks.enum("good", "bad"),
}


def encode(message: Message) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "conversation_id": attributes.string(message["conversation_id"]),
            "role": attributes.string(message["role"]),
            "content": attributes.string(message["content"]),
            "tool": attributes.string(message["tool"]),
            "tool_call": attributes.json(message["tool_call"]),
            "tokens": attributes.number(message["tokens"]),
            "rating": attributes.string(message["rating"]),
        }
    )


def decode(item: Item) -> Message:
    """The message that stored attributes describe."""
    return {
        **stamps(item),
        "conversation_id": attributes.stored_string(item, "conversation_id"),
        "role": attributes.read_string(item, "role"),
        "content": attributes.read_string(item, "content"),
        "tool": attributes.read_string(item, "tool"),
        "tool_call": attributes.read_json(item, "tool_call"),
        "tokens": attributes.read_integer(item, "tokens"),
        "rating": attributes.read_string(item, "rating"),
    }


def keys(tenant: Tenant, message: Message, ancestors: Ancestors) -> Item:
    """Where a message lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(message["created_at"])
    return {
        **primary_key(tenant, "message", message["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "message#mine",
            (*ancestors, message["created_by"]),
            created_at,
            message["id"],
        ),
    }


messages: Collection[Message] = Collection(
    entity="message",
    path="/agents/conversations/{conversation_id}/messages",
    parent="conversation",
    parent_id="conversation_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("role", "content"),
    immutable=("role", "content", "tool", "tool_call", "tokens"),
    indexes=(Index("mine", "gsi1", match=("created_by",), sort="created_at"),),
)


@route("GET", "/agents/conversations/{conversation_id}/messages", allow=("admin",), owner=True)
def list_messages(request: Request) -> Response:
    """One page of messages, filtered and ordered as an index serves."""
    return page(request, messages.list(request))


@route(
    "POST",
    "/agents/conversations/{conversation_id}/messages",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def create_message(request: Request) -> Response:
    """Create a message in the caller's organization."""
    return created(request, messages.create(request))


@route(
    "GET",
    "/agents/conversations/{conversation_id}/messages/{message_id}",
    allow=("admin",),
    owner=True,
)
def get_message(request: Request) -> Response:
    """One message."""
    return found(request, messages.get(request))


@route(
    "PATCH", "/agents/conversations/{conversation_id}/messages/{message_id}", allow=(), owner=True
)
def update_message(request: Request) -> Response:
    """Change a message by JSON Merge Patch."""
    return found(request, messages.update(request))


@route(
    "DELETE",
    "/agents/conversations/{conversation_id}/messages/{message_id}",
    allow=("admin",),
    owner=True,
)
def delete_message(request: Request) -> Response:
    """Delete a message."""
    messages.delete(request)
    return no_content()
