"""Agents: an assistant with instructions, a model and tools."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Agent(Record):
    """An agent as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    summary: str | None
    status: Literal["draft", "published", "archived"] | None
    model: str | None
    instructions: str | None
    temperature: float | None
    max_turns: int | None
    tools: list[str] | None
    starters: list[str] | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=120),
    "slug": checks.slug(max_length=100),
    "summary": checks.string(max_length=300),
    "status": checks.enum("draft", "published", "archived"),
    "model": checks.string(min_length=1, max_length=80),
    "instructions": checks.text(max_length=20000),
    "temperature": checks.number(minimum="0", maximum="2"),
    "max_turns": checks.integer(minimum=1, maximum=200),
    "tools": checks.list_of(checks.slug(max_length=100), max_items=20),
    "starters": checks.list_of(checks.string(min_length=1, max_length=120), max_items=4),
}


def encode(agent: Agent) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(agent["name"]),
            "slug": attributes.string(agent["slug"]),
            "summary": attributes.string(agent["summary"]),
            "status": attributes.string(agent["status"]),
            "model": attributes.string(agent["model"]),
            "instructions": attributes.string(agent["instructions"]),
            "temperature": attributes.number(agent["temperature"]),
            "max_turns": attributes.number(agent["max_turns"]),
            "tools": attributes.list_of(agent["tools"], attributes.string),
            "starters": attributes.list_of(agent["starters"], attributes.string),
        }
    )


def decode(item: Item) -> Agent:
    """The agent that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "summary": attributes.read_string(item, "summary"),
        "status": attributes.read_string(item, "status", "draft"),
        "model": attributes.read_string(item, "model"),
        "instructions": attributes.read_string(item, "instructions"),
        "temperature": attributes.read_number(item, "temperature", 1),
        "max_turns": attributes.read_integer(item, "max_turns", 20),
        "tools": attributes.read_list(item, "tools", attributes.as_string),
        "starters": attributes.read_list(item, "starters", attributes.as_string),
    }


def keys(tenant: Tenant, agent: Agent, ancestors: Ancestors) -> Item:
    """Where an agent lies in the table: its own key, and its entry in each index."""
    name = sorting.text(agent["name"])
    created_at = sorting.text(agent["created_at"])
    return {
        **primary_key(tenant, "agent", agent["id"], ancestors),
        **index_key("gsi1", tenant, "agent#by_name", (), name, agent["id"]),
        **index_key("gsi2", tenant, "agent#by_status", (agent["status"],), name, agent["id"]),
        **index_key("gsi3", tenant, "agent#mine", (agent["created_by"],), created_at, agent["id"]),
    }


agents: Collection[Agent] = Collection(
    entity="agent",
    path="/agents/agents",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug", "model"),
    immutable=("slug",),
    defaults={"status": "draft", "temperature": 1, "max_turns": 20},
    unique=("slug",),
    indexes=(
        Index("by_name", "gsi1", sort="name"),
        Index("by_status", "gsi2", match=("status",), sort="name"),
        Index("mine", "gsi3", match=("created_by",), sort="created_at"),
    ),
    retain_seconds=2592000,
)


@route("GET", "/agents/agents", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_agents(request: Request) -> Response:
    """One page of agents, filtered and ordered as an index serves."""
    return page(request, agents.list(request))


@route("POST", "/agents/agents", allow=("builder", "admin"))
def create_agent(request: Request) -> Response:
    """Create an agent in the caller's organization."""
    return created(request, agents.create(request))


@route(
    "GET",
    "/agents/agents/{agent_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_agent(request: Request) -> Response:
    """One agent."""
    return found(request, agents.get(request))


@route("PATCH", "/agents/agents/{agent_id}", allow=("admin",), owner=True)
def update_agent(request: Request) -> Response:
    """Change an agent by JSON Merge Patch."""
    return found(request, agents.update(request))


@route("DELETE", "/agents/agents/{agent_id}", allow=("admin",), owner=True)
def delete_agent(request: Request) -> Response:
    """Move an agent to the trash."""
    agents.delete(request)
    return no_content()


@route("POST", "/agents/agents/{agent_id}/restore", allow=("admin",), owner=True)
def restore_agent(request: Request) -> Response:
    """Bring an agent back from the trash."""
    return found(request, agents.restore(request))
