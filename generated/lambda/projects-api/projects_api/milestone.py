"""Milestones: a point that a project wants to reach by a date."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Milestone(Record):
    """A milestone as the API serves it; `Record` holds id, version and stamps."""

    project: str | None
    name: str | None
    description: str | None
    due_on: str | None
    reached_at: str | None


CHECKS = {
    "project": checks.reference(),
    "name": checks.string(min_length=1, max_length=120),
    "description": checks.text(max_length=4000),
    "due_on": checks.date(),
    "reached_at": checks.datetime(),
}


def encode(milestone: Milestone) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "project": attributes.string(milestone["project"]),
            "name": attributes.string(milestone["name"]),
            "description": attributes.string(milestone["description"]),
            "due_on": attributes.string(milestone["due_on"]),
            "reached_at": attributes.string(milestone["reached_at"]),
        }
    )


def decode(item: Item) -> Milestone:
    """The milestone that stored attributes describe."""
    return {
        **stamps(item),
        "project": attributes.read_string(item, "project"),
        "name": attributes.read_string(item, "name"),
        "description": attributes.read_string(item, "description"),
        "due_on": attributes.read_string(item, "due_on"),
        "reached_at": attributes.read_string(item, "reached_at"),
    }


def keys(tenant: Tenant, milestone: Milestone, ancestors: Ancestors) -> Item:
    """Where a milestone lies in the table: its own key, and its entry in each index."""
    due_on = sorting.text(milestone["due_on"])
    return {
        **primary_key(tenant, "milestone", milestone["id"], ancestors),
        **index_key(
            "gsi1", tenant, "milestone#by_project", (milestone["project"],), due_on, milestone["id"]
        ),
        **index_key(
            "gsi2", tenant, "milestone#in_project", (milestone["project"],), "", milestone["id"]
        ),
        **index_key("gsi3", tenant, "milestone#by_due", (), due_on, milestone["id"]),
    }


milestones: Collection[Milestone] = Collection(
    entity="milestone",
    path="/projects/milestones",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("project", "name"),
    immutable=("project",),
    indexes=(
        Index("by_project", "gsi1", match=("project",), sort="due_on"),
        Index("in_project", "gsi2", match=("project",)),
        Index("by_due", "gsi3", sort="due_on"),
    ),
    references=(Reference("project", to="project", on_delete="cascade"),),
)


@route(
    "GET", "/projects/milestones", allow=("member", "instructor", "builder", "moderator", "admin")
)
def list_milestones(request: Request) -> Response:
    """One page of milestones, filtered and ordered as an index serves."""
    return page(request, milestones.list(request))


@route("POST", "/projects/milestones", allow=("instructor", "builder", "admin"))
def create_milestone(request: Request) -> Response:
    """Create a milestone in the caller's organization."""
    return created(request, milestones.create(request))


@route(
    "GET",
    "/projects/milestones/{milestone_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_milestone(request: Request) -> Response:
    """One milestone."""
    return found(request, milestones.get(request))


@route("PATCH", "/projects/milestones/{milestone_id}", allow=("admin",), owner=True)
def update_milestone(request: Request) -> Response:
    """Change a milestone by JSON Merge Patch."""
    return found(request, milestones.update(request))


@route("DELETE", "/projects/milestones/{milestone_id}", allow=("admin",), owner=True)
def delete_milestone(request: Request) -> Response:
    """Delete a milestone."""
    milestones.delete(request)
    return no_content()
