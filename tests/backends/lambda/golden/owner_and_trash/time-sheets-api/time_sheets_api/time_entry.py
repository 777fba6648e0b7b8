"""Time entries: Hours that somebody worked."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class TimeEntry(Record):
    """A time entry as the API serves it; `Record` holds id, version and stamps."""

    hours: str | None


CHECKS = {
    "hours": checks.decimal(scale=2),
}


def encode(time_entry: TimeEntry) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "hours": attributes.number(time_entry["hours"]),
        }
    )


def decode(item: Item) -> TimeEntry:
    """The time entry that stored attributes describe."""
    return {
        **stamps(item),
        "hours": attributes.read_decimal(item, "hours", scale=2),
    }


def keys(tenant: Tenant, time_entry: TimeEntry, ancestors: Ancestors) -> Item:
    """Where a time entry lies in the table: its own key, and its entry in each index."""
    updated_at = sorting.text(time_entry["updated_at"])
    return {
        **primary_key(tenant, "time_entry", time_entry["id"], ancestors),
        **index_key(
            "gsi1",
            tenant,
            "time_entry#mine",
            (time_entry["created_by"],),
            updated_at,
            time_entry["id"],
        ),
    }


time_entries: Collection[TimeEntry] = Collection(
    entity="time_entry",
    path="/time-sheets/time-entries",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("hours",),
    immutable=("hours",),
    indexes=(Index("mine", "gsi1", match=("created_by",), sort="updated_at"),),
    retain_seconds=43200,
    require_if_match=True,
)


@route("GET", "/time-sheets/time-entries", allow=("admin",), owner=True)
def list_time_entries(request: Request) -> Response:
    """One page of time entries, filtered and ordered as an index serves."""
    return page(request, time_entries.list(request))


@route("POST", "/time-sheets/time-entries", allow=("member", "admin"))
def create_time_entry(request: Request) -> Response:
    """Create a time entry in the caller's organization."""
    return created(request, time_entries.create(request))


@route("GET", "/time-sheets/time-entries/{time_entry_id}", allow=("admin",), owner=True)
def get_time_entry(request: Request) -> Response:
    """One time entry."""
    return found(request, time_entries.get(request))


@route("PATCH", "/time-sheets/time-entries/{time_entry_id}", allow=(), owner=True)
def update_time_entry(request: Request) -> Response:
    """Change a time entry by JSON Merge Patch."""
    return found(request, time_entries.update(request))


@route("DELETE", "/time-sheets/time-entries/{time_entry_id}", allow=("admin",), owner=True)
def delete_time_entry(request: Request) -> Response:
    """Move a time entry to the trash."""
    time_entries.delete(request)
    return no_content()


@route("POST", "/time-sheets/time-entries/{time_entry_id}/restore", allow=("admin",), owner=True)
def restore_time_entry(request: Request) -> Response:
    """Bring a time entry back from the trash."""
    return found(request, time_entries.restore(request))
