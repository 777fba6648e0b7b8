"""Templates: the words of a notification in one language and for one channel."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Template(Record):
    """A template as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    topic: str | None
    channel: Literal["app", "email", "push", "sms"] | None
    language: str | None
    subject: str | None
    body: str | None
    variables: dict[str, str] | None
    enabled: bool | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=120),
    "slug": checks.slug(max_length=100),
    "topic": checks.slug(max_length=60),
    "channel": checks.enum("app", "email", "push", "sms"),
    "language": checks.string(max_length=5, pattern=r"^[a-z]{2}(-[A-Z]{2})?$"),
    "subject": checks.string(max_length=200),
    "body": checks.text(max_length=20000),
    "variables": checks.map_of(checks.string(max_length=200), max_items=40),
    "enabled": checks.boolean(),
}


def encode(template: Template) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(template["name"]),
            "slug": attributes.string(template["slug"]),
            "topic": attributes.string(template["topic"]),
            "channel": attributes.string(template["channel"]),
            "language": attributes.string(template["language"]),
            "subject": attributes.string(template["subject"]),
            "body": attributes.string(template["body"]),
            "variables": attributes.map_of(template["variables"], attributes.string),
            "enabled": attributes.boolean(template["enabled"]),
        }
    )


def decode(item: Item) -> Template:
    """The template that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "topic": attributes.read_string(item, "topic"),
        "channel": attributes.read_string(item, "channel"),
        "language": attributes.read_string(item, "language", "en"),
        "subject": attributes.read_string(item, "subject"),
        "body": attributes.read_string(item, "body"),
        "variables": attributes.read_map(item, "variables", attributes.as_string),
        "enabled": attributes.read_boolean(item, "enabled", True),
    }


def keys(tenant: Tenant, template: Template, ancestors: Ancestors) -> Item:
    """Where a template lies in the table: its own key, and its entry in each index."""
    language = sorting.text(template["language"])
    name = sorting.text(template["name"])
    return {
        **primary_key(tenant, "template", template["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "template#by_topic",
            (template["topic"], template["channel"]),
            language,
            template["id"],
        ),
        **index_key("gsi2", tenant, "template#by_name", (), name, template["id"]),
    }


templates: Collection[Template] = Collection(
    entity="template",
    path="/notifications/templates",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug", "topic", "channel", "body"),
    immutable=("slug",),
    defaults={"language": "en", "enabled": True},
    unique=("slug",),
    indexes=(
        Index("by_topic", "gsi1", match=("topic", "channel"), sort="language"),
        Index("by_name", "gsi2", sort="name"),
    ),
    retain_seconds=2592000,
)


@route("GET", "/notifications/templates", allow=("instructor", "builder", "moderator", "admin"))
def list_templates(request: Request) -> Response:
    """One page of templates, filtered and ordered as an index serves."""
    return page(request, templates.list(request))


@route("POST", "/notifications/templates", allow=("admin",))
def create_template(request: Request) -> Response:
    """Create a template in the caller's organization."""
    return created(request, templates.create(request))


@route(
    "GET",
    "/notifications/templates/{template_id}",
    allow=("instructor", "builder", "moderator", "admin"),
)
def get_template(request: Request) -> Response:
    """One template."""
    return found(request, templates.get(request))


@route("PATCH", "/notifications/templates/{template_id}", allow=("admin",))
def update_template(request: Request) -> Response:
    """Change a template by JSON Merge Patch."""
    return found(request, templates.update(request))


@route("DELETE", "/notifications/templates/{template_id}", allow=("admin",))
def delete_template(request: Request) -> Response:
    """Move a template to the trash."""
    templates.delete(request)
    return no_content()


@route("POST", "/notifications/templates/{template_id}/restore", allow=("admin",))
def restore_template(request: Request) -> Response:
    """Bring a template back from the trash."""
    return found(request, templates.restore(request))
