"""Projects: a piece of work with a goal, a beginning and an end."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Project(Record):
    """A project as the API serves it; `Record` holds id, version and stamps."""

    key: str | None
    name: str | None
    summary: str | None
    status: Literal["planned", "active", "paused", "completed", "cancelled"] | None
    health: Literal["on_track", "at_risk", "off_track"] | None
    priority: int | None
    color: str | None
    repository: str | None
    starts_on: str | None
    target_on: str | None


CHECKS = {
    "key": checks.slug(max_length=20),
    "name": checks.string(min_length=1, max_length=120),
    "summary": checks.text(max_length=4000),
    "status": checks.enum("planned", "active", "paused", "completed", "cancelled"),
    "health": checks.enum("on_track", "at_risk", "off_track"),
    "priority": checks.integer(minimum=0, maximum=4),
    "color": checks.string(max_length=7, pattern=r"^#[0-9a-f]{6}$"),
    "repository": checks.url(max_length=2048),
    "starts_on": checks.date(),
    "target_on": checks.date(),
}


def encode(project: Project) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "key": attributes.string(project["key"]),
            "name": attributes.string(project["name"]),
            "summary": attributes.string(project["summary"]),
            "status": attributes.string(project["status"]),
            "health": attributes.string(project["health"]),
            "priority": attributes.number(project["priority"]),
            "color": attributes.string(project["color"]),
            "repository": attributes.string(project["repository"]),
            "starts_on": attributes.string(project["starts_on"]),
            "target_on": attributes.string(project["target_on"]),
        }
    )


def decode(item: Item) -> Project:
    """The project that stored attributes describe."""
    return {
        **stamps(item),
        "key": attributes.read_string(item, "key"),
        "name": attributes.read_string(item, "name"),
        "summary": attributes.read_string(item, "summary"),
        "status": attributes.read_string(item, "status", "planned"),
        "health": attributes.read_string(item, "health", "on_track"),
        "priority": attributes.read_integer(item, "priority", 2),
        "color": attributes.read_string(item, "color"),
        "repository": attributes.read_string(item, "repository"),
        "starts_on": attributes.read_string(item, "starts_on"),
        "target_on": attributes.read_string(item, "target_on"),
    }


def keys(tenant: Tenant, project: Project, ancestors: Ancestors) -> Item:
    """Where a project lies in the table: its own key, and its entry in each index."""
    name = sorting.text(project["name"])
    target_on = sorting.text(project["target_on"])
    return {
        **primary_key(tenant, "project", project["id"], ancestors),
        **index_key("gsi1", tenant, "project#by_name", (), name, project["id"]),
        **index_key(
            "gsi2", tenant, "project#by_status", (project["status"],), target_on, project["id"]
        ),
        **index_key("gsi3", tenant, "project#by_target", (), target_on, project["id"]),
    }


projects: Collection[Project] = Collection(
    entity="project",
    path="/projects/projects",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("key", "name"),
    immutable=("key",),
    defaults={"status": "planned", "health": "on_track", "priority": 2},
    unique=("key",),
    indexes=(
        Index("by_name", "gsi1", sort="name"),
        Index("by_status", "gsi2", match=("status",), sort="target_on"),
        Index("by_target", "gsi3", sort="target_on"),
    ),
    retain_seconds=2592000,
)


@route("GET", "/projects/projects", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_projects(request: Request) -> Response:
    """One page of projects, filtered and ordered as an index serves."""
    return page(request, projects.list(request))


@route("POST", "/projects/projects", allow=("instructor", "builder", "admin"))
def create_project(request: Request) -> Response:
    """Create a project in the caller's organization."""
    return created(request, projects.create(request))


@route(
    "GET",
    "/projects/projects/{project_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_project(request: Request) -> Response:
    """One project."""
    return found(request, projects.get(request))


@route("PATCH", "/projects/projects/{project_id}", allow=("admin",), owner=True)
def update_project(request: Request) -> Response:
    """Change a project by JSON Merge Patch."""
    return found(request, projects.update(request))


@route("DELETE", "/projects/projects/{project_id}", allow=("admin",))
def delete_project(request: Request) -> Response:
    """Move a project to the trash."""
    projects.delete(request)
    return no_content()


@route("POST", "/projects/projects/{project_id}/restore", allow=("admin",))
def restore_project(request: Request) -> Response:
    """Bring a project back from the trash."""
    return found(request, projects.restore(request))
