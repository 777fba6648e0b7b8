"""Notifications: Something that a person should see, until they have."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Notification(Record):
    """A notification as the API serves it; `Record` holds id, version and stamps."""

    topic: str | None
    title: str | None
    body: str | None
    severity: Literal["info", "success", "warning", "critical"] | None
    link: str | None
    seen: bool | None
    seen_at: str | None


CHECKS = {
    "topic": checks.slug(max_length=60),
    "title": checks.string(min_length=1, max_length=160),
    "body": checks.text(max_length=4000),
    "severity": checks.enum("info", "success", "warning", "critical"),
    "link": checks.url(max_length=2048),
    "seen": checks.boolean(),
    "seen_at": checks.datetime(),
}


def encode(notification: Notification) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "topic": attributes.string(notification["topic"]),
            "title": attributes.string(notification["title"]),
            "body": attributes.string(notification["body"]),
            "severity": attributes.string(notification["severity"]),
            "link": attributes.string(notification["link"]),
            "seen": attributes.boolean(notification["seen"]),
            "seen_at": attributes.string(notification["seen_at"]),
        }
    )


def decode(item: Item) -> Notification:
    """The notification that stored attributes describe."""
    return {
        **stamps(item),
        "topic": attributes.read_string(item, "topic"),
        "title": attributes.read_string(item, "title"),
        "body": attributes.read_string(item, "body"),
        "severity": attributes.read_string(item, "severity", "info"),
        "link": attributes.read_string(item, "link"),
        "seen": attributes.read_boolean(item, "seen", False),
        "seen_at": attributes.read_string(item, "seen_at"),
    }


def keys(tenant: Tenant, notification: Notification, ancestors: Ancestors) -> Item:
    """Where a notification lies in the table: its own key, and its entry in each index."""
    created_at = sorting.text(notification["created_at"])
    return {
        **primary_key(tenant, "notification", notification["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "notification#mine",
            (notification["created_by"],),
            created_at,
            notification["id"],
        ),
        **index_key(
            "gsi2",
            tenant,
            "notification#unseen",
            (notification["created_by"], notification["seen"]),
            created_at,
            notification["id"],
        ),
        **index_key(
            "gsi3",
            tenant,
            "notification#by_topic",
            (notification["topic"],),
            created_at,
            notification["id"],
        ),
    }


notifications: Collection[Notification] = Collection(
    entity="notification",
    path="/notifications/notifications",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("topic", "title"),
    immutable=("topic", "title", "body", "severity", "link"),
    defaults={"severity": "info", "seen": False},
    indexes=(
        Index("mine", "gsi1", match=("created_by",), sort="created_at"),
        Index("unseen", "gsi2", match=("created_by", "seen"), sort="created_at"),
        Index("by_topic", "gsi3", match=("topic",), sort="created_at"),
    ),
)


@route("GET", "/notifications/notifications", allow=("admin",), owner=True)
def list_notifications(request: Request) -> Response:
    """One page of notifications, filtered and ordered as an index serves."""
    return page(request, notifications.list(request))


@route(
    "POST",
    "/notifications/notifications",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def create_notification(request: Request) -> Response:
    """Create a notification in the caller's organization."""
    return created(request, notifications.create(request))


@route("GET", "/notifications/notifications/{notification_id}", allow=("admin",), owner=True)
def get_notification(request: Request) -> Response:
    """One notification."""
    return found(request, notifications.get(request))


@route("PATCH", "/notifications/notifications/{notification_id}", allow=(), owner=True)
def update_notification(request: Request) -> Response:
    """Change a notification by JSON Merge Patch."""
    return found(request, notifications.update(request))


@route("DELETE", "/notifications/notifications/{notification_id}", allow=("admin",), owner=True)
def delete_notification(request: Request) -> Response:
    """Delete a notification."""
    notifications.delete(request)
    return no_content()
