"""Notes."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Note(Record):
    """A note as the API serves it; `Record` holds id, version and stamps."""

    text: str | None


CHECKS = {
    "text": checks.text(max_length=10000),
}


def encode(note: Note) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "text": attributes.string(note["text"]),
        }
    )


def decode(item: Item) -> Note:
    """The note that stored attributes describe."""
    return {
        **stamps(item),
        "text": attributes.read_string(item, "text"),
    }


def keys(tenant: Tenant, note: Note, ancestors: Ancestors) -> Item:
    """Where a note lies in the table."""
    return primary_key(tenant, "note", note["id"], ancestors)


notes: Collection[Note] = Collection(
    entity="note",
    path="/store/notes",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("text",),
    retain_seconds=604800,
)


@route("GET", "/store/notes", allow=("member",))
def list_notes(request: Request) -> Response:
    """One page of notes, in order of creation."""
    return page(request, notes.list(request))


@route("POST", "/store/notes", allow=("member",))
def create_note(request: Request) -> Response:
    """Create a note in the caller's organization."""
    return created(request, notes.create(request))


@route("GET", "/store/notes/{note_id}", allow=("member",))
def get_note(request: Request) -> Response:
    """One note."""
    return found(request, notes.get(request))


@route("DELETE", "/store/notes/{note_id}", allow=("admin",))
def delete_note(request: Request) -> Response:
    """Move a note to the trash."""
    notes.delete(request)
    return no_content()


@route("POST", "/store/notes/{note_id}/restore", allow=("admin",))
def restore_note(request: Request) -> Response:
    """Bring a note back from the trash."""
    return found(request, notes.restore(request))
