"""Items whose id is whole, and whose version, author or times are not."""

from __future__ import annotations

import time

import pytest
from botocore.awsrequest import AWSResponse

from .api import Client
from .estate import Table
from .samples import COURSES, DRAFTS, INSTRUCTORS, SAMPLES, course, instructor, sample
from .stored import GONE, Item, Store, made
from .wire import Call, Send, Wire

Capture = pytest.CaptureFixture[str]

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "version")


@pytest.mark.parametrize("attribute", [{"L": []}, {"M": {}}, GONE], ids=str)
@pytest.mark.parametrize("name", STAMPS)
def test_stamps_that_cannot_be_read(
    client: Client, store: Store, capsys: Capture, name: str, attribute: Item | None
) -> None:
    id = made(client.post(SAMPLES, sample()))
    store.spoil(id, **{name: attribute})
    path = f"{SAMPLES}/{id}"
    capsys.readouterr()
    answer = client.get(path)
    assert (answer.status, answer.json["id"], answer.json[name]) == (200, id, None)
    assert f"sample {id}: {name}" in capsys.readouterr().out
    assert len(client.get(SAMPLES).json["items"]) == 1
    if name == "version":
        assert "etag" not in answer.headers
        assert client.patch(path, {"position": 1}, headers={"If-Match": '"1"'}).status == 412
        assert client.delete(path, headers={"If-Match": '"1"'}).status == 412
    headers = {"If-Match": "*", "If-None-Match": "*"}
    assert client.get(path, headers={"If-None-Match": "*"}).status == 304
    answer = client.patch(path, {"position": 1}, headers=headers)
    assert (answer.status, answer.json["position"]) == (200, 1)
    healed = name in ("updated_at", "updated_by", "version")
    assert (answer.json[name] is not None) == healed
    if name == "version":
        assert abs(answer.json["version"] - time.time()) < 100
        assert answer.headers["etag"] == f'"{answer.json["version"]}"'
    elif not healed:
        assert store.item(id).get(name) == attribute
    assert client.delete(path).status == 204


def test_a_lost_version_does_not_bring_a_deleted_item_back(client: Client, store: Store) -> None:
    """The condition of the write has to name the item, for a missing attribute names none."""
    id = made(client.post(COURSES, course()))
    store.spoil(id, version=GONE)
    assert client.delete(f"{COURSES}/{id}").status == 204
    assert client.patch(f"{COURSES}/{id}", {"title": "x"}).status == 404
    restored = client.post(f"{COURSES}/{id}/restore")
    assert restored.status == 200
    assert restored.json["version"] > 1_000_000_000


@pytest.mark.parametrize(
    ("collection", "body", "change", "operation"),
    [
        (SAMPLES, sample(), {"label": "new"}, "UpdateItem"),
        (INSTRUCTORS, instructor(), {"email": "new@example.com"}, "TransactWriteItems"),
        (SAMPLES, sample(), None, "DeleteItem"),
        (COURSES, course(), None, "TransactWriteItems"),
    ],
    ids=["change", "change with a unique value", "removal", "removal into the trash"],
)
def test_a_write_without_a_version_makes_nothing_of_an_item_that_just_went(
    client: Client, store: Store, table: Table, wire: Wire,
    collection: str, body: Item, change: Item | None, operation: str,
) -> None:  # fmt: skip
    """Somebody else deletes it between the reading and the write, which names no version."""
    path = f"{collection}/{made(client.post(collection, body))}"
    gone = store.spoil(path.rpartition("/")[2], version=GONE)
    kept: list[Item] = []

    def delete_before(call: Call, send: Send) -> AWSResponse:
        if call.operation == operation and not kept:
            store.remove(gone)
            kept.extend(table.items())
        return send()

    wire.fault = delete_before
    answer = client.delete(path) if change is None else client.patch(path, change)
    assert answer.status == 404, answer.text
    assert table.items() == kept


def test_who_made_an_item_is_nobody_where_it_cannot_be_read(client: Client, store: Store) -> None:
    author = client.having(user="author", groups="member")
    id = made(author.post(DRAFTS, {"text": "x"}))
    store.spoil(id, created_by={"N": "5"})
    assert author.get(f"{DRAFTS}/{id}").status == 404
    assert author.patch(f"{DRAFTS}/{id}", {"text": "y"}).status in (403, 404)
    assert author.delete(f"{DRAFTS}/{id}").status in (403, 404)
    assert [item["created_by"] for item in author.get(DRAFTS).json["items"]] == [None]
