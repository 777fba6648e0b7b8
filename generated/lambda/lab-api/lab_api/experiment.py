"""Experiments: a question, and how it is going to be answered."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Experiment(Record):
    """An experiment as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    hypothesis: str | None
    status: Literal["draft", "running", "concluded", "abandoned"] | None
    objective: Literal["minimize", "maximize"] | None
    measure: str | None
    dataset: str | None
    conclusion: str | None
    tags: list[str] | None
    concluded_on: str | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=120),
    "slug": checks.slug(max_length=100),
    "hypothesis": checks.text(max_length=4000),
    "status": checks.enum("draft", "running", "concluded", "abandoned"),
    "objective": checks.enum("minimize", "maximize"),
    "measure": checks.string(max_length=60),
    "dataset": checks.reference(),
    "conclusion": checks.text(max_length=8000),
    "tags": checks.list_of(checks.string(min_length=1, max_length=40), max_items=20),
    "concluded_on": checks.date(),
}


def encode(experiment: Experiment) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(experiment["name"]),
            "slug": attributes.string(experiment["slug"]),
            "hypothesis": attributes.string(experiment["hypothesis"]),
            "status": attributes.string(experiment["status"]),
            "objective": attributes.string(experiment["objective"]),
            "measure": attributes.string(experiment["measure"]),
            "dataset": attributes.string(experiment["dataset"]),
            "conclusion": attributes.string(experiment["conclusion"]),
            "tags": attributes.list_of(experiment["tags"], attributes.string),
            "concluded_on": attributes.string(experiment["concluded_on"]),
        }
    )


def decode(item: Item) -> Experiment:
    """The experiment that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "hypothesis": attributes.read_string(item, "hypothesis"),
        "status": attributes.read_string(item, "status", "draft"),
        "objective": attributes.read_string(item, "objective", "minimize"),
        "measure": attributes.read_string(item, "measure", "loss"),
        "dataset": attributes.read_string(item, "dataset"),
        "conclusion": attributes.read_string(item, "conclusion"),
        "tags": attributes.read_list(item, "tags", attributes.as_string),
        "concluded_on": attributes.read_string(item, "concluded_on"),
    }


def keys(tenant: Tenant, experiment: Experiment, ancestors: Ancestors) -> Item:
    """Where an experiment lies in the table: its own key, and its entry in each index."""
    name = sorting.text(experiment["name"])
    created_at = sorting.text(experiment["created_at"])
    return {
        **primary_key(tenant, "experiment", experiment["id"], ancestors),
        **index_key("gsi1", tenant, "experiment#by_name", (), name, experiment["id"]),
        **index_key(
            "gsi2",
            tenant,
            "experiment#by_status",
            (experiment["status"],),
            created_at,
            experiment["id"],
        ),
        **index_key(
            "gsi3",
            tenant,
            "experiment#by_dataset",
            (experiment["dataset"],),
            created_at,
            experiment["id"],
        ),
        **index_key(
            "gsi4",
            tenant,
            "experiment#mine",
            (experiment["created_by"],),
            created_at,
            experiment["id"],
        ),
    }


experiments: Collection[Experiment] = Collection(
    entity="experiment",
    path="/lab/experiments",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug"),
    immutable=("slug",),
    defaults={"status": "draft", "objective": "minimize", "measure": "loss"},
    unique=("slug",),
    indexes=(
        Index("by_name", "gsi1", sort="name"),
        Index("by_status", "gsi2", match=("status",), sort="created_at"),
        Index("by_dataset", "gsi3", match=("dataset",), sort="created_at"),
        Index("mine", "gsi4", match=("created_by",), sort="created_at"),
    ),
    references=(Reference("dataset", to="dataset", on_delete="restrict"),),
    retain_seconds=2592000,
)


@route("GET", "/lab/experiments", allow=("member", "instructor", "builder", "admin"))
def list_experiments(request: Request) -> Response:
    """One page of experiments, filtered and ordered as an index serves."""
    return page(request, experiments.list(request))


@route("POST", "/lab/experiments", allow=("builder", "admin"))
def create_experiment(request: Request) -> Response:
    """Create an experiment in the caller's organization."""
    return created(request, experiments.create(request))


@route(
    "GET", "/lab/experiments/{experiment_id}", allow=("member", "instructor", "builder", "admin")
)
def get_experiment(request: Request) -> Response:
    """One experiment."""
    return found(request, experiments.get(request))


@route("PATCH", "/lab/experiments/{experiment_id}", allow=("admin",), owner=True)
def update_experiment(request: Request) -> Response:
    """Change an experiment by JSON Merge Patch."""
    return found(request, experiments.update(request))


@route("DELETE", "/lab/experiments/{experiment_id}", allow=("admin",), owner=True)
def delete_experiment(request: Request) -> Response:
    """Move an experiment to the trash."""
    experiments.delete(request)
    return no_content()


@route("POST", "/lab/experiments/{experiment_id}/restore", allow=("admin",), owner=True)
def restore_experiment(request: Request) -> Response:
    """Bring an experiment back from the trash."""
    return found(request, experiments.restore(request))
