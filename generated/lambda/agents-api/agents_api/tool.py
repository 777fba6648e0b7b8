"""Tools: Something that an agent may call."""

from typing import Any, Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Tool(Record):
    """A tool as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    kind: Literal["http", "function", "retrieval", "search"] | None
    description: str | None
    endpoint: str | None
    timeout: str | None
    input_schema: Any
    needs_approval: bool | None
    enabled: bool | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=80),
    "slug": checks.slug(max_length=100),
    "kind": checks.enum("http", "function", "retrieval", "search"),
    "description": checks.text(max_length=2000),
    "endpoint": checks.url(max_length=2048),
    "timeout": checks.duration(),
    "input_schema": checks.json_value(max_bytes=16000, max_depth=8),
    "needs_approval": checks.boolean(),
    "enabled": checks.boolean(),
}


def encode(tool: Tool) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(tool["name"]),
            "slug": attributes.string(tool["slug"]),
            "kind": attributes.string(tool["kind"]),
            "description": attributes.string(tool["description"]),
            "endpoint": attributes.string(tool["endpoint"]),
            "timeout": attributes.string(tool["timeout"]),
            "input_schema": attributes.json(tool["input_schema"]),
            "needs_approval": attributes.boolean(tool["needs_approval"]),
            "enabled": attributes.boolean(tool["enabled"]),
        }
    )


def decode(item: Item) -> Tool:
    """The tool that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "kind": attributes.read_string(item, "kind"),
        "description": attributes.read_string(item, "description"),
        "endpoint": attributes.read_string(item, "endpoint"),
        "timeout": attributes.read_string(item, "timeout", "PT30S"),
        "input_schema": attributes.read_json(item, "input_schema"),
        "needs_approval": attributes.read_boolean(item, "needs_approval", True),
        "enabled": attributes.read_boolean(item, "enabled", True),
    }


def keys(tenant: Tenant, tool: Tool, ancestors: Ancestors) -> Item:
    """Where a tool lies in the table: its own key, and its entry in each index."""
    name = sorting.text(tool["name"])
    return {
        **primary_key(tenant, "tool", tool["id"], ancestors),
        **index_key("gsi1", tenant, "tool#by_kind", (tool["kind"],), name, tool["id"]),
        **index_key("gsi2", tenant, "tool#by_name", (), name, tool["id"]),
    }


tools: Collection[Tool] = Collection(
    entity="tool",
    path="/agents/tools",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug", "kind"),
    immutable=("slug", "kind"),
    defaults={"timeout": "PT30S", "needs_approval": True, "enabled": True},
    unique=("slug",),
    indexes=(
        Index("by_kind", "gsi1", match=("kind",), sort="name"),
        Index("by_name", "gsi2", sort="name"),
    ),
)


@route("GET", "/agents/tools", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_tools(request: Request) -> Response:
    """One page of tools, filtered and ordered as an index serves."""
    return page(request, tools.list(request))


@route("POST", "/agents/tools", allow=("builder", "admin"))
def create_tool(request: Request) -> Response:
    """Create a tool in the caller's organization."""
    return created(request, tools.create(request))


@route(
    "GET",
    "/agents/tools/{tool_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_tool(request: Request) -> Response:
    """One tool."""
    return found(request, tools.get(request))


@route("PATCH", "/agents/tools/{tool_id}", allow=("admin",), owner=True)
def update_tool(request: Request) -> Response:
    """Change a tool by JSON Merge Patch."""
    return found(request, tools.update(request))


@route("DELETE", "/agents/tools/{tool_id}", allow=("admin",))
def delete_tool(request: Request) -> Response:
    """Delete a tool."""
    tools.delete(request)
    return no_content()
