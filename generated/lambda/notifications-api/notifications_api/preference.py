"""Preferences: Whether and where a person wants to hear of a topic."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Preference(Record):
    """A preference as the API serves it; `Record` holds id, version and stamps."""

    topic: str | None
    channel: Literal["app", "email", "push", "sms"] | None
    enabled: bool | None
    digest: Literal["never", "hourly", "daily", "weekly"] | None
    quiet_from: str | None
    quiet_until: str | None


CHECKS = {
    "topic": checks.slug(max_length=60),
    "channel": checks.enum("app", "email", "push", "sms"),
    "enabled": checks.boolean(),
    "digest": checks.enum("never", "hourly", "daily", "weekly"),
    "quiet_from": checks.string(max_length=5, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    "quiet_until": checks.string(max_length=5, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
}


def encode(preference: Preference) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "topic": attributes.string(preference["topic"]),
            "channel": attributes.string(preference["channel"]),
            "enabled": attributes.boolean(preference["enabled"]),
            "digest": attributes.string(preference["digest"]),
            "quiet_from": attributes.string(preference["quiet_from"]),
            "quiet_until": attributes.string(preference["quiet_until"]),
        }
    )


def decode(item: Item) -> Preference:
    """The preference that stored attributes describe."""
    return {
        **stamps(item),
        "topic": attributes.read_string(item, "topic"),
        "channel": attributes.read_string(item, "channel"),
        "enabled": attributes.read_boolean(item, "enabled", True),
        "digest": attributes.read_string(item, "digest", "never"),
        "quiet_from": attributes.read_string(item, "quiet_from"),
        "quiet_until": attributes.read_string(item, "quiet_until"),
    }


def keys(tenant: Tenant, preference: Preference, ancestors: Ancestors) -> Item:
    """Where a preference lies in the table: its own key, and its entry in each index."""
    topic = sorting.text(preference["topic"])
    return {
        **primary_key(tenant, "preference", preference["id"], ancestors),
        **index_key(
            "gsi1", tenant, "preference#mine", (preference["created_by"],), topic, preference["id"]
        ),
    }


preferences: Collection[Preference] = Collection(
    entity="preference",
    path="/notifications/preferences",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("topic", "channel"),
    immutable=("topic", "channel"),
    defaults={"enabled": True, "digest": "never"},
    indexes=(Index("mine", "gsi1", match=("created_by",), sort="topic"),),
)


@route("GET", "/notifications/preferences", allow=(), owner=True)
def list_preferences(request: Request) -> Response:
    """One page of preferences, filtered and ordered as an index serves."""
    return page(request, preferences.list(request))


@route(
    "POST",
    "/notifications/preferences",
    allow=("member", "instructor", "builder", "moderator", "admin"),
)
def create_preference(request: Request) -> Response:
    """Create a preference in the caller's organization."""
    return created(request, preferences.create(request))


@route("GET", "/notifications/preferences/{preference_id}", allow=(), owner=True)
def get_preference(request: Request) -> Response:
    """One preference."""
    return found(request, preferences.get(request))


@route("PATCH", "/notifications/preferences/{preference_id}", allow=(), owner=True)
def update_preference(request: Request) -> Response:
    """Change a preference by JSON Merge Patch."""
    return found(request, preferences.update(request))


@route("DELETE", "/notifications/preferences/{preference_id}", allow=(), owner=True)
def delete_preference(request: Request) -> Response:
    """Delete a preference."""
    preferences.delete(request)
    return no_content()
