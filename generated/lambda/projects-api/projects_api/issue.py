"""Issues: Something to be done, mended or decided in a project."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Issue(Record):
    """An issue as the API serves it; `Record` holds id, version and stamps."""

    project: str | None
    milestone: str | None
    title: str | None
    description: str | None
    kind: Literal["task", "bug", "feature", "question"] | None
    status: Literal["backlog", "todo", "in_progress", "in_review", "done", "cancelled"] | None
    priority: int | None
    estimate: str | None
    assignee: str | None
    labels: list[str] | None
    due_on: str | None
    closed_at: str | None


CHECKS = {
    "project": checks.reference(),
    "milestone": checks.reference(),
    "title": checks.string(min_length=1, max_length=200),
    "description": checks.text(max_length=20000),
    "kind": checks.enum("task", "bug", "feature", "question"),
    "status": checks.enum("backlog", "todo", "in_progress", "in_review", "done", "cancelled"),
    "priority": checks.integer(minimum=0, maximum=4),
    "estimate": checks.decimal(minimum="0", maximum="1000", scale=1),
    "assignee": checks.string(min_length=1, max_length=128),
    "labels": checks.list_of(checks.string(min_length=1, max_length=40), max_items=20),
    "due_on": checks.date(),
    "closed_at": checks.datetime(),
}


def encode(issue: Issue) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "project": attributes.string(issue["project"]),
            "milestone": attributes.string(issue["milestone"]),
            "title": attributes.string(issue["title"]),
            "description": attributes.string(issue["description"]),
            "kind": attributes.string(issue["kind"]),
            "status": attributes.string(issue["status"]),
            "priority": attributes.number(issue["priority"]),
            "estimate": attributes.number(issue["estimate"]),
            "assignee": attributes.string(issue["assignee"]),
            "labels": attributes.list_of(issue["labels"], attributes.string),
            "due_on": attributes.string(issue["due_on"]),
            "closed_at": attributes.string(issue["closed_at"]),
        }
    )


def decode(item: Item) -> Issue:
    """The issue that stored attributes describe."""
    return {
        **stamps(item),
        "project": attributes.read_string(item, "project"),
        "milestone": attributes.read_string(item, "milestone"),
        "title": attributes.read_string(item, "title"),
        "description": attributes.read_string(item, "description"),
        "kind": attributes.read_string(item, "kind", "task"),
        "status": attributes.read_string(item, "status", "backlog"),
        "priority": attributes.read_integer(item, "priority", 2),
        "estimate": attributes.read_decimal(item, "estimate", scale=1),
        "assignee": attributes.read_string(item, "assignee"),
        "labels": attributes.read_list(item, "labels", attributes.as_string),
        "due_on": attributes.read_string(item, "due_on"),
        "closed_at": attributes.read_string(item, "closed_at"),
    }


def keys(tenant: Tenant, issue: Issue, ancestors: Ancestors) -> Item:
    """Where an issue lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(issue["created_at"])
    priority = sorting.integer(issue["priority"])
    due_on = sorting.text(issue["due_on"])
    return {
        **primary_key(tenant, "issue", issue["id"], ancestors),
        **index_key(
            "gsi1", tenant, "issue#by_project", (issue["project"],), created_at, issue["id"]
        ),
        **index_key(
            "gsi2",
            tenant,
            "issue#by_status",
            (issue["project"], issue["status"]),
            priority,
            issue["id"],
        ),
        **index_key("gsi3", tenant, "issue#by_assignee", (issue["assignee"],), due_on, issue["id"]),
        **index_key(
            "gsi4", tenant, "issue#by_milestone", (issue["milestone"],), created_at, issue["id"]
        ),
        **index_key("gsi5", tenant, "issue#mine", (issue["created_by"],), created_at, issue["id"]),
    }


issues: Collection[Issue] = Collection(
    entity="issue",
    path="/projects/issues",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("project", "title"),
    immutable=("project",),
    defaults={"kind": "task", "status": "backlog", "priority": 2},
    indexes=(
        Index("by_project", "gsi1", match=("project",), sort="created_at"),
        Index("by_status", "gsi2", match=("project", "status"), sort="priority"),
        Index("by_assignee", "gsi3", match=("assignee",), sort="due_on"),
        Index("by_milestone", "gsi4", match=("milestone",), sort="created_at"),
        Index("mine", "gsi5", match=("created_by",), sort="created_at"),
    ),
    references=(
        Reference("project", to="project", on_delete="cascade"),
        Reference("milestone", to="milestone", on_delete="detach"),
    ),
    retain_seconds=2592000,
)


@route("GET", "/projects/issues", allow=("member", "instructor", "builder", "moderator", "admin"))
def list_issues(request: Request) -> Response:
    """One page of issues, filtered and ordered as an index serves."""
    return page(request, issues.list(request))


@route("POST", "/projects/issues", allow=("member", "instructor", "builder", "moderator", "admin"))
def create_issue(request: Request) -> Response:
    """Create an issue in the caller's organization."""
    return created(request, issues.create(request))


@route(
    "GET",
    "/projects/issues/{issue_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_issue(request: Request) -> Response:
    """One issue."""
    return found(request, issues.get(request))


@route(
    "PATCH",
    "/projects/issues/{issue_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def update_issue(request: Request) -> Response:
    """Change an issue by JSON Merge Patch."""
    return found(request, issues.update(request))


@route("DELETE", "/projects/issues/{issue_id}", allow=("admin",), owner=True)
def delete_issue(request: Request) -> Response:
    """Move an issue to the trash."""
    issues.delete(request)
    return no_content()


@route("POST", "/projects/issues/{issue_id}/restore", allow=("admin",), owner=True)
def restore_issue(request: Request) -> Response:
    """Bring an issue back from the trash."""
    return found(request, issues.restore(request))
