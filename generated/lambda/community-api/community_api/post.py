"""Posts: a reply in a thread."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Post(Record):
    """A post as the API serves it; `Record` holds id, version and stamps."""

    thread_id: str
    body: str | None
    accepted: bool | None
    edited_at: str | None


CHECKS = {
    "body": checks.text(min_length=1, max_length=20000),
    "accepted": checks.boolean(),
    "edited_at": checks.datetime(),
}


def encode(post: Post) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "thread_id": attributes.string(post["thread_id"]),
            "body": attributes.string(post["body"]),
            "accepted": attributes.boolean(post["accepted"]),
            "edited_at": attributes.string(post["edited_at"]),
        }
    )


def decode(item: Item) -> Post:
    """The post that stored attributes describe."""
    return {
        **stamps(item),
        "thread_id": attributes.stored_string(item, "thread_id"),
        "body": attributes.read_string(item, "body"),
        "accepted": attributes.read_boolean(item, "accepted", False),
        "edited_at": attributes.read_string(item, "edited_at"),
    }


def keys(tenant: Tenant, post: Post, ancestors: Ancestors) -> Item:
    """Where a post lies in the table."""
    return primary_key(tenant, "post", post["id"], ancestors)


posts: Collection[Post] = Collection(
    entity="post",
    path="/community/threads/{thread_id}/posts",
    parent="thread",
    parent_id="thread_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("body",),
    defaults={"accepted": False},
    retain_seconds=7776000,
)


@route(
    "GET",
    "/community/threads/{thread_id}/posts",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def list_posts(request: Request) -> Response:
    """One page of posts, in order of creation."""
    return page(request, posts.list(request))


@route(
    "POST",
    "/community/threads/{thread_id}/posts",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def create_post(request: Request) -> Response:
    """Create a post in the caller's organization."""
    return created(request, posts.create(request))


@route(
    "GET",
    "/community/threads/{thread_id}/posts/{post_id}",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def get_post(request: Request) -> Response:
    """One post."""
    return found(request, posts.get(request))


@route(
    "PATCH",
    "/community/threads/{thread_id}/posts/{post_id}",
    allow=("moderator", "admin"),
    owner=True,
)
def update_post(request: Request) -> Response:
    """Change a post by JSON Merge Patch."""
    return found(request, posts.update(request))


@route(
    "DELETE",
    "/community/threads/{thread_id}/posts/{post_id}",
    allow=("moderator", "admin"),
    owner=True,
)
def delete_post(request: Request) -> Response:
    """Move a post to the trash."""
    posts.delete(request)
    return no_content()


@route(
    "POST",
    "/community/threads/{thread_id}/posts/{post_id}/restore",
    allow=("moderator", "admin"),
    owner=True,
)
def restore_post(request: Request) -> Response:
    """Bring a post back from the trash."""
    return found(request, posts.restore(request))
