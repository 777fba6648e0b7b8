"""Notes."""

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, route
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
    path="/notes/notes",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
)


@route("POST", "/notes/notes", allow=("member",))
def create_note(request: Request) -> Response:
    """Create a note in the caller's organization."""
    return created(request, notes.create(request))
