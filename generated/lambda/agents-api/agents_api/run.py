"""Runs: one time that an agent worked, and what it cost."""

from typing import Any, Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Run(Record):
    """A run as the API serves it; `Record` holds id, version and stamps."""

    agent: str | None
    status: Literal["queued", "running", "waiting", "succeeded", "failed", "cancelled"] | None
    input: Any
    output: Any
    error: str | None
    tokens_in: int | None
    tokens_out: int | None
    cost: str | None
    started_at: str | None
    finished_at: str | None


CHECKS = {
    "agent": checks.reference(),
    "status": checks.enum("queued", "running", "waiting", "succeeded", "failed", "cancelled"),
    "input": checks.json_value(max_bytes=32000, max_depth=8),
    "output": checks.json_value(max_bytes=32000, max_depth=8),
    "error": checks.text(max_length=4000),
    "tokens_in": checks.integer(minimum=0),
    "tokens_out": checks.integer(minimum=0),
    "cost": checks.decimal(minimum="0", scale=6),
    "started_at": checks.datetime(),
    "finished_at": checks.datetime(),
}


def encode(run: Run) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "agent": attributes.string(run["agent"]),
            "status": attributes.string(run["status"]),
            "input": attributes.json(run["input"]),
            "output": attributes.json(run["output"]),
            "error": attributes.string(run["error"]),
            "tokens_in": attributes.number(run["tokens_in"]),
            "tokens_out": attributes.number(run["tokens_out"]),
            "cost": attributes.number(run["cost"]),
            "started_at": attributes.string(run["started_at"]),
            "finished_at": attributes.string(run["finished_at"]),
        }
    )


def decode(item: Item) -> Run:
    """The run that stored attributes describe."""
    return {
        **stamps(item),
        "agent": attributes.read_string(item, "agent"),
        "status": attributes.read_string(item, "status", "queued"),
        "input": attributes.read_json(item, "input"),
        "output": attributes.read_json(item, "output"),
        "error": attributes.read_string(item, "error"),
        "tokens_in": attributes.read_integer(item, "tokens_in", 0),
        "tokens_out": attributes.read_integer(item, "tokens_out", 0),
        "cost": attributes.read_decimal(item, "cost", scale=6),
        "started_at": attributes.read_string(item, "started_at"),
        "finished_at": attributes.read_string(item, "finished_at"),
    }


def keys(tenant: Tenant, run: Run, ancestors: Ancestors) -> Item:
    """Where a run lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(run["created_at"])
    return {
        **primary_key(tenant, "run", run["id"], ancestors),
        **index_key("gsi1", tenant, "run#by_agent", (run["agent"],), created_at, run["id"]),
        **index_key("gsi2", tenant, "run#by_status", (run["status"],), created_at, run["id"]),
        **index_key("gsi3", tenant, "run#mine", (run["created_by"],), created_at, run["id"]),
    }


runs: Collection[Run] = Collection(
    entity="run",
    path="/agents/runs",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("agent",),
    immutable=("agent", "input"),
    defaults={"status": "queued", "tokens_in": 0, "tokens_out": 0},
    indexes=(
        Index("by_agent", "gsi1", match=("agent",), sort="created_at"),
        Index("by_status", "gsi2", match=("status",), sort="created_at"),
        Index("mine", "gsi3", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("agent", to="agent", on_delete="cascade"),),
)


@route("GET", "/agents/runs", allow=("builder", "admin"), owner=True)
def list_runs(request: Request) -> Response:
    """One page of runs, filtered and ordered as an index serves."""
    return page(request, runs.list(request))


@route("POST", "/agents/runs", allow=("member", "instructor", "builder", "moderator", "admin"))
def create_run(request: Request) -> Response:
    """Create a run in the caller's organization."""
    return created(request, runs.create(request))


@route("GET", "/agents/runs/{run_id}", allow=("builder", "admin"), owner=True)
def get_run(request: Request) -> Response:
    """One run."""
    return found(request, runs.get(request))


@route("PATCH", "/agents/runs/{run_id}", allow=("builder", "admin"), owner=True)
def update_run(request: Request) -> Response:
    """Change a run by JSON Merge Patch."""
    return found(request, runs.update(request))


@route("DELETE", "/agents/runs/{run_id}", allow=("admin",))
def delete_run(request: Request) -> Response:
    """Delete a run."""
    runs.delete(request)
    return no_content()
