"""Experiment runs: one attempt with certain parameters, and how it ended."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class ExperimentRun(Record):
    """An experiment run as the API serves it; `Record` holds id, version and stamps."""

    experiment: str | None
    name: str | None
    status: Literal["queued", "running", "finished", "failed", "stopped"] | None
    commit: str | None
    seed: int | None
    parameters: dict[str, str] | None
    result: float | None
    results: dict[str, float] | None
    duration: str | None
    started_at: str | None
    finished_at: str | None
    notes: str | None


CHECKS = {
    "experiment": checks.reference(),
    "name": checks.string(min_length=1, max_length=120),
    "status": checks.enum("queued", "running", "finished", "failed", "stopped"),
    "commit": checks.string(max_length=40, pattern=r"^[0-9a-f]{7,40}$"),
    "seed": checks.integer(minimum=0, maximum=4294967295),
    "parameters": checks.map_of(checks.string(max_length=200), max_items=100),
    "result": checks.number(),
    "results": checks.map_of(checks.number(), max_items=100),
    "duration": checks.duration(),
    "started_at": checks.datetime(),
    "finished_at": checks.datetime(),
    "notes": checks.text(max_length=4000),
}


def encode(experiment_run: ExperimentRun) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "experiment": attributes.string(experiment_run["experiment"]),
            "name": attributes.string(experiment_run["name"]),
            "status": attributes.string(experiment_run["status"]),
            "commit": attributes.string(experiment_run["commit"]),
            "seed": attributes.number(experiment_run["seed"]),
            "parameters": attributes.map_of(experiment_run["parameters"], attributes.string),
            "result": attributes.number(experiment_run["result"]),
            "results": attributes.map_of(experiment_run["results"], attributes.number),
            "duration": attributes.string(experiment_run["duration"]),
            "started_at": attributes.string(experiment_run["started_at"]),
            "finished_at": attributes.string(experiment_run["finished_at"]),
            "notes": attributes.string(experiment_run["notes"]),
        }
    )


def decode(item: Item) -> ExperimentRun:
    """The experiment run that stored attributes describe."""
    return {
        **stamps(item),
        "experiment": attributes.read_string(item, "experiment"),
        "name": attributes.read_string(item, "name"),
        "status": attributes.read_string(item, "status", "queued"),
        "commit": attributes.read_string(item, "commit"),
        "seed": attributes.read_integer(item, "seed"),
        "parameters": attributes.read_map(item, "parameters", attributes.as_string),
        "result": attributes.read_number(item, "result"),
        "results": attributes.read_map(item, "results", attributes.as_number),
        "duration": attributes.read_string(item, "duration"),
        "started_at": attributes.read_string(item, "started_at"),
        "finished_at": attributes.read_string(item, "finished_at"),
        "notes": attributes.read_string(item, "notes"),
    }


def keys(tenant: Tenant, experiment_run: ExperimentRun, ancestors: Ancestors) -> Item:
    """Where an experiment run lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(experiment_run["created_at"])
    result = sorting.number(experiment_run["result"])
    return {
        **primary_key(tenant, "experiment_run", experiment_run["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "experiment_run#by_experiment",
            (experiment_run["experiment"],),
            created_at,
            experiment_run["id"],
        ),
        **index_key(
            "gsi2",
            tenant,
            "experiment_run#by_result",
            (experiment_run["experiment"],),
            result,
            experiment_run["id"],
        ),
        **index_key(
            "gsi3",
            tenant,
            "experiment_run#by_status",
            (experiment_run["experiment"], experiment_run["status"]),
            created_at,
            experiment_run["id"],
        ),
        **index_key(
            "gsi4",
            tenant,
            "experiment_run#mine",
            (experiment_run["created_by"],),
            created_at,
            experiment_run["id"],
        ),
    }


experiment_runs: Collection[ExperimentRun] = Collection(
    entity="experiment_run",
    path="/lab/experiment-runs",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("experiment", "name"),
    immutable=("experiment", "commit", "seed", "parameters"),
    defaults={"status": "queued"},
    indexes=(
        Index("by_experiment", "gsi1", match=("experiment",), sort="created_at"),
        Index("by_result", "gsi2", match=("experiment",), sort="result"),
        Index("by_status", "gsi3", match=("experiment", "status"), sort="created_at"),
        Index("mine", "gsi4", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("experiment", to="experiment", on_delete="cascade"),),
)


@route("GET", "/lab/experiment-runs", allow=("member", "instructor", "builder", "admin"))
def list_experiment_runs(request: Request) -> Response:
    """One page of experiment runs, filtered and ordered as an index serves."""
    return page(request, experiment_runs.list(request))


@route("POST", "/lab/experiment-runs", allow=("builder", "admin"))
def create_experiment_run(request: Request) -> Response:
    """Create an experiment run in the caller's organization."""
    return created(request, experiment_runs.create(request))


@route(
    "GET",
    "/lab/experiment-runs/{experiment_run_id}",
    allow=("member", "instructor", "builder", "admin"),
)
def get_experiment_run(request: Request) -> Response:
    """One experiment run."""
    return found(request, experiment_runs.get(request))


@route("PATCH", "/lab/experiment-runs/{experiment_run_id}", allow=("admin",), owner=True)
def update_experiment_run(request: Request) -> Response:
    """Change an experiment run by JSON Merge Patch."""
    return found(request, experiment_runs.update(request))


@route("DELETE", "/lab/experiment-runs/{experiment_run_id}", allow=("admin",), owner=True)
def delete_experiment_run(request: Request) -> Response:
    """Delete an experiment run."""
    experiment_runs.delete(request)
    return no_content()
