"""Metrics: one value that a run measured at one step."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Metric(Record):
    """A metric as the API serves it; `Record` holds id, version and stamps."""

    experiment_run_id: str
    name: str | None
    step: int | None
    value: float | None
    measured_at: str | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=60),
    "step": checks.integer(minimum=0),
    "value": checks.number(),
    "measured_at": checks.datetime(),
}


def encode(metric: Metric) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "experiment_run_id": attributes.string(metric["experiment_run_id"]),
            "name": attributes.string(metric["name"]),
            "step": attributes.number(metric["step"]),
            "value": attributes.number(metric["value"]),
            "measured_at": attributes.string(metric["measured_at"]),
        }
    )


def decode(item: Item) -> Metric:
    """The metric that stored attributes describe."""
    return {
        **stamps(item),
        "experiment_run_id": attributes.stored_string(item, "experiment_run_id"),
        "name": attributes.read_string(item, "name"),
        "step": attributes.read_integer(item, "step"),
        "value": attributes.read_number(item, "value"),
        "measured_at": attributes.read_string(item, "measured_at"),
    }


def keys(tenant: Tenant, metric: Metric, ancestors: Ancestors) -> Item:
    """Where a metric lies in the table: its own key, and its entry in each index."""
    step = sorting.integer(metric["step"])
    return {
        **primary_key(tenant, "metric", metric["id"], ancestors),
        **index_key(
            "gsi1", tenant, "metric#by_name", (*ancestors, metric["name"]), step, metric["id"]
        ),
    }


metrics: Collection[Metric] = Collection(
    entity="metric",
    path="/lab/experiment-runs/{experiment_run_id}/metrics",
    parent="experiment_run",
    parent_id="experiment_run_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "step", "value"),
    immutable=("name", "step", "value", "measured_at"),
    indexes=(Index("by_name", "gsi1", match=("name",), sort="step"),),
)


@route(
    "GET",
    "/lab/experiment-runs/{experiment_run_id}/metrics",
    allow=("member", "instructor", "builder", "admin"),
)
def list_metrics(request: Request) -> Response:
    """One page of metrics, filtered and ordered as an index serves."""
    return page(request, metrics.list(request))


@route("POST", "/lab/experiment-runs/{experiment_run_id}/metrics", allow=("builder", "admin"))
def create_metric(request: Request) -> Response:
    """Create a metric in the caller's organization."""
    return created(request, metrics.create(request))


@route(
    "GET",
    "/lab/experiment-runs/{experiment_run_id}/metrics/{metric_id}",
    allow=("member", "instructor", "builder", "admin"),
)
def get_metric(request: Request) -> Response:
    """One metric."""
    return found(request, metrics.get(request))


@route(
    "PATCH",
    "/lab/experiment-runs/{experiment_run_id}/metrics/{metric_id}",
    allow=("admin",),
    owner=True,
)
def update_metric(request: Request) -> Response:
    """Change a metric by JSON Merge Patch."""
    return found(request, metrics.update(request))


@route(
    "DELETE",
    "/lab/experiment-runs/{experiment_run_id}/metrics/{metric_id}",
    allow=("admin",),
    owner=True,
)
def delete_metric(request: Request) -> Response:
    """Delete a metric."""
    metrics.delete(request)
    return no_content()
