"""Agent versions: an agent as it was published once; it never changes."""

from typing import Any

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class AgentVersion(Record):
    """An agent version as the API serves it; `Record` holds id, version and stamps."""

    agent_id: str
    number: int | None
    model: str | None
    instructions: str | None
    parameters: Any
    notes: str | None


CHECKS = {
    "number": checks.integer(minimum=1, maximum=100000),
    "model": checks.string(max_length=80),
    "instructions": checks.text(max_length=20000),
    "parameters": checks.json_value(max_bytes=4000, max_depth=8),
    "notes": checks.string(max_length=500),
}


def encode(agent_version: AgentVersion) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "agent_id": attributes.string(agent_version["agent_id"]),
            "number": attributes.number(agent_version["number"]),
            "model": attributes.string(agent_version["model"]),
            "instructions": attributes.string(agent_version["instructions"]),
            "parameters": attributes.json(agent_version["parameters"]),
            "notes": attributes.string(agent_version["notes"]),
        }
    )


def decode(item: Item) -> AgentVersion:
    """The agent version that stored attributes describe."""
    return {
        **stamps(item),
        "agent_id": attributes.stored_string(item, "agent_id"),
        "number": attributes.read_integer(item, "number"),
        "model": attributes.read_string(item, "model"),
        "instructions": attributes.read_string(item, "instructions"),
        "parameters": attributes.read_json(item, "parameters"),
        "notes": attributes.read_string(item, "notes"),
    }


def keys(tenant: Tenant, agent_version: AgentVersion, ancestors: Ancestors) -> Item:
    """Where an agent version lies in the table: its own key, and its entry in each index."""
    number = sorting.integer(agent_version["number"])
    return {
        **primary_key(tenant, "agent_version", agent_version["id"], ancestors),
        **index_key(
            "gsi1", tenant, "agent_version#by_number", ancestors, number, agent_version["id"]
        ),
    }


agent_versions: Collection[AgentVersion] = Collection(
    entity="agent_version",
    path="/agents/agents/{agent_id}/agent-versions",
    parent="agent",
    parent_id="agent_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("number", "model"),
    immutable=("number", "model", "instructions", "parameters"),
    indexes=(Index("by_number", "gsi1", sort="number"),),
    retain_seconds=2592000,
)


@route(
    "GET",
    "/agents/agents/{agent_id}/agent-versions",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def list_agent_versions(request: Request) -> Response:
    """One page of agent versions, filtered and ordered as an index serves."""
    return page(request, agent_versions.list(request))


@route("POST", "/agents/agents/{agent_id}/agent-versions", allow=("builder", "admin"))
def create_agent_version(request: Request) -> Response:
    """Create an agent version in the caller's organization."""
    return created(request, agent_versions.create(request))


@route(
    "GET",
    "/agents/agents/{agent_id}/agent-versions/{agent_version_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_agent_version(request: Request) -> Response:
    """One agent version."""
    return found(request, agent_versions.get(request))


@route(
    "PATCH",
    "/agents/agents/{agent_id}/agent-versions/{agent_version_id}",
    allow=("admin",),
    owner=True,
)
def update_agent_version(request: Request) -> Response:
    """Change an agent version by JSON Merge Patch."""
    return found(request, agent_versions.update(request))


@route("DELETE", "/agents/agents/{agent_id}/agent-versions/{agent_version_id}", allow=("admin",))
def delete_agent_version(request: Request) -> Response:
    """Move an agent version to the trash."""
    agent_versions.delete(request)
    return no_content()


@route(
    "POST", "/agents/agents/{agent_id}/agent-versions/{agent_version_id}/restore", allow=("admin",)
)
def restore_agent_version(request: Request) -> Response:
    """Bring an agent version back from the trash."""
    return found(request, agent_versions.restore(request))
