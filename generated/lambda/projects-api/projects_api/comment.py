"""Comments: what somebody said about an issue."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Comment(Record):
    """A comment as the API serves it; `Record` holds id, version and stamps."""

    issue_id: str
    body: str | None
    edited_at: str | None


CHECKS = {
    "body": checks.text(min_length=1, max_length=10000),
    "edited_at": checks.datetime(),
}


def encode(comment: Comment) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "issue_id": attributes.string(comment["issue_id"]),
            "body": attributes.string(comment["body"]),
            "edited_at": attributes.string(comment["edited_at"]),
        }
    )


def decode(item: Item) -> Comment:
    """The comment that stored attributes describe."""
    return {
        **stamps(item),
        "issue_id": attributes.stored_string(item, "issue_id"),
        "body": attributes.read_string(item, "body"),
        "edited_at": attributes.read_string(item, "edited_at"),
    }


def keys(tenant: Tenant, comment: Comment, ancestors: Ancestors) -> Item:
    """Where a comment lies in the table."""
    return primary_key(tenant, "comment", comment["id"], ancestors)


comments: Collection[Comment] = Collection(
    entity="comment",
    path="/projects/issues/{issue_id}/comments",
    parent="issue",
    parent_id="issue_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("body",),
    retain_seconds=2592000,
)


@route(
    "GET",
    "/projects/issues/{issue_id}/comments",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def list_comments(request: Request) -> Response:
    """One page of comments, in order of creation."""
    return page(request, comments.list(request))


@route(
    "POST",
    "/projects/issues/{issue_id}/comments",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def create_comment(request: Request) -> Response:
    """Create a comment in the caller's organization."""
    return created(request, comments.create(request))


@route(
    "GET",
    "/projects/issues/{issue_id}/comments/{comment_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_comment(request: Request) -> Response:
    """One comment."""
    return found(request, comments.get(request))


@route("PATCH", "/projects/issues/{issue_id}/comments/{comment_id}", allow=(), owner=True)
def update_comment(request: Request) -> Response:
    """Change a comment by JSON Merge Patch."""
    return found(request, comments.update(request))


@route(
    "DELETE",
    "/projects/issues/{issue_id}/comments/{comment_id}",
    allow=("moderator", "admin"),
    owner=True,
)
def delete_comment(request: Request) -> Response:
    """Move a comment to the trash."""
    comments.delete(request)
    return no_content()


@route(
    "POST",
    "/projects/issues/{issue_id}/comments/{comment_id}/restore",
    allow=("moderator", "admin"),
    owner=True,
)
def restore_comment(request: Request) -> Response:
    """Bring a comment back from the trash."""
    return found(request, comments.restore(request))
