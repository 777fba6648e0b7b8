"""Stored items that do not hold what the spec says: one of them never fails the others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .api import Client
from .estate import Table
from .samples import (
    COURSES,
    ENROLLMENTS,
    INSTRUCTORS,
    RACKS,
    REMARKS,
    SAMPLES,
    TOPICS,
    course,
    enrollment,
    instructor,
    lesson,
    sample,
)
from .stored import GONE, Item, Store, made

CANARY = "canary-stored-value"
TEXT = {"S": CANARY}
Capture = pytest.CaptureFixture[str]


def stored_change(before: Item, after: Item) -> set[str]:
    """Names of attributes that a write changed, stamps aside."""
    names = {name for name in before | after if before.get(name) != after.get(name)}
    return names - {"updated_at", "updated_by", "version"}


SPOILED: list[tuple[str, dict[str, Any]]] = [
    ("label", {"N": "5"}),
    ("label", {"NULL": True}),
    ("position", TEXT),
    ("position", {"N": "1.5"}),
    ("reading", TEXT),
    ("cost", {"BOOL": True}),
    ("taken_at", {"N": "1"}),
    ("flagged", {"S": "true"}),
    ("code", {"L": []}),
    ("place", TEXT),
    ("place", {"L": [TEXT]}),
    ("place", {"M": {"room": {"N": "5"}}}),
    ("place", {"M": {"rack": {"N": "5"}}}),
    ("place", {"M": {}}),
    ("place", {"M": {"room": TEXT, "rack": TEXT}}),
    ("place", {"M": {"room": TEXT, "door": {"M": {"color": {"BOOL": True}}}}}),
    ("notes", {"M": {"a": TEXT, "b": {"N": "1"}}}),
    ("notes", {"SS": [CANARY]}),
    ("doses", {"M": {"a": TEXT}}),
    ("extra", {"S": f'{{"{CANARY}": '}),
    ("extra", {"S": "NaN"}),
    ("extra", {"S": '"\\ud800"'}),
    ("extra", {"S": "[" * 5000 + "]" * 5000}),
    ("extra", {"N": "1"}),
    ("grade", {"N": "1"}),
]


@pytest.mark.parametrize(("name", "attribute"), SPOILED, ids=lambda value: str(value)[:40])
def test_what_cannot_be_read_is_null_and_all_else_is_served(
    client: Client, store: Store, capsys: Capture, name: str, attribute: Item
) -> None:
    whole = sample(
        batch="b", position=1, reading=0.5, cost="1.000", flagged=True, notes={"x": "y"}, extra=[1]
    )
    ids = [made(client.post(SAMPLES, whole)) for _ in range(3)]
    good = client.get(f"{SAMPLES}/{ids[1]}").json
    store.spoil(ids[1], **{name: attribute})
    capsys.readouterr()
    for query in ({}, {"sort": "label"}, {"batch": "b", "sort": "position"}):
        items = client.get(SAMPLES, query=query).json["items"]
        assert [item["id"] for item in items] == ids
        assert items[1] == {**good, name: None}
        assert items[0]["label"] == items[2]["label"] == "first"
        printed = capsys.readouterr().out
        line = json.loads(printed)
        assert (line["status"], line["level"], line["unreadable"]) == (200, "WARNING", 1)
        assert line["unreadable_attributes"] == [f"sample {ids[1]}: {name}"]
        assert CANARY not in printed
    assert client.get(f"{SAMPLES}/{ids[1]}").json == {**good, name: None}


def test_a_request_that_reads_everything_counts_nothing(client: Client, capsys: Capture) -> None:
    client.post(SAMPLES, sample())
    client.get(SAMPLES)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["unreadable"] for line in lines] == [0, 0]
    assert not any("unreadable_attributes" in line for line in lines)
    (metrics,) = lines[0]["_aws"]["CloudWatchMetrics"]
    assert {"Name": "unreadable", "Unit": "Count"} in metrics["Metrics"]


def test_a_value_out_of_its_bounds_is_read_as_it_is(client: Client, store: Store) -> None:
    id = made(client.post(SAMPLES, sample()))
    store.spoil(id, label={"S": "x" * 500}, grade={"S": "z"}, code={"S": "no uuid"})
    item = client.get(f"{SAMPLES}/{id}").json
    assert (item["label"], item["grade"], item["code"]) == ("x" * 500, "z", "no uuid")


@pytest.mark.parametrize(("name", "attribute"), SPOILED, ids=lambda value: str(value)[:40])
def test_a_patch_of_another_field_leaves_the_value_and_its_entries(
    client: Client, store: Store, name: str, attribute: Item
) -> None:
    body = sample(batch="b", position=3, reading=1, flagged=True, day="2026-01-31")
    id = made(client.post(SAMPLES, body))
    before = store.spoil(id, **{name: attribute})
    other = {"size": {"depth": 1}}
    answer = client.patch(f"{SAMPLES}/{id}", other, headers={"If-Match": '"1"'})
    assert (answer.status, answer.json[name], answer.json["version"]) == (200, None, 2)
    assert stored_change(before, store.item(id)) == {"size"}
    assert client.patch(f"{SAMPLES}/{id}", {}).json[name] is None


def test_an_entry_keeps_the_place_of_what_cannot_be_read(client: Client, store: Store) -> None:
    """The value that can be read moves the entry, the one that cannot stays in it."""
    ids = [made(client.post(SAMPLES, sample(batch="a", position=n))) for n in (1, 2, 3)]
    store.spoil(ids[1], position=TEXT)
    for id in ids:
        assert client.patch(f"{SAMPLES}/{id}", {"batch": "b"}).status == 200
    assert client.get(SAMPLES, query={"batch": "a"}).json["items"] == []
    items = client.get(SAMPLES, query={"batch": "b"}).json["items"]
    assert [item["id"] for item in items] == ids
    store.spoil(ids[1], batch={"N": "1"})
    assert client.patch(f"{SAMPLES}/{ids[1]}", {"position": 9}).json["position"] == 9
    items = client.get(SAMPLES, query={"batch": "b"}).json["items"]
    assert [(item["id"], item["batch"]) for item in items] == [
        (ids[0], "b"), (ids[1], None), (ids[2], "b"),
    ]  # fmt: skip
    assert client.patch(f"{SAMPLES}/{ids[1]}", {"batch": "b"}).status == 200
    items = client.get(SAMPLES, query={"batch": "b"}).json["items"]
    assert [item["id"] for item in items] == [ids[0], ids[2], ids[1]]


def test_an_item_in_no_entry_stays_in_none(client: Client, store: Store) -> None:
    id = made(client.post(SAMPLES, sample()))
    before = store.spoil(id, batch={"N": "1"}, position=TEXT)
    assert "gsi6pk" not in before
    assert client.patch(f"{SAMPLES}/{id}", {"label": "other"}).status == 200
    after = store.item(id)
    assert {name for name in after if name.endswith("pk")} == {
        name for name in before if name.endswith("pk")
    }


@pytest.mark.parametrize(("name", "attribute"), SPOILED, ids=lambda value: str(value)[:40])
def test_a_patch_of_the_field_itself_writes_it(
    client: Client, store: Store, name: str, attribute: Item
) -> None:
    values: dict[str, Any] = {
        "label": "new", "position": 4, "reading": 1.5, "cost": "2.000",
        "taken_at": "2026-01-31T10:00:00.000000Z", "flagged": False,
        "code": "0b2f6a54-7f0e-4d8a-9a35-5a1f4c2d7e90", "place": {"room": "a"},
        "notes": {"k": "v"}, "doses": {"k": 1}, "extra": [1], "grade": "c",
    }  # fmt: skip
    id = made(client.post(SAMPLES, sample()))
    plain = store.item(id)
    store.spoil(id, **{name: attribute})
    answer = client.patch(f"{SAMPLES}/{id}", {name: values[name]})
    assert answer.status == 200, answer.text
    fresh = client.get(f"{SAMPLES}/{made(client.post(SAMPLES, sample(**{name: values[name]})))}")
    assert answer.json[name] == fresh.json[name]
    store.spoil(id, **{name: attribute})
    answer = client.patch(f"{SAMPLES}/{id}", {name: None})
    if name == "label":
        assert answer.errors == {"/label": "required"}
        return
    assert answer.json[name] == ("b" if name == "grade" else None)
    assert stored_change(plain, store.item(id)) == set()


def test_unique_values_and_references_stay_as_they_were(client: Client, store: Store) -> None:
    teacher = made(client.post(INSTRUCTORS, instructor()))
    id = made(client.post(COURSES, course(slug="taken", instructor=teacher)))
    before = store.spoil(id, slug={"N": "5"}, instructor={"N": "5"})
    answer = client.patch(f"{COURSES}/{id}", {"title": "Other"})
    assert (answer.json["slug"], answer.json["instructor"]) == (None, None)
    assert stored_change(before, store.item(id)) == {"title"}
    assert client.post(COURSES, course(slug="taken")).status == 409
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 409
    second = made(client.post(INSTRUCTORS, instructor()))
    assert client.patch(f"{COURSES}/{id}", {"instructor": second}).json["instructor"] == second
    assert client.delete(f"{INSTRUCTORS}/{second}").status == 409


def test_the_trash_and_the_way_back(client: Client, store: Store) -> None:
    ids = [made(client.post(COURSES, course(title=str(n)))) for n in range(3)]
    spoiled = {"title": {"N": "1"}, "price": TEXT, "level": {"L": []}}
    store.spoil(ids[1], **spoiled)
    for id in ids:
        assert client.delete(f"{COURSES}/{id}").status == 204
    trash = {"deleted": "true"}
    items = client.get(COURSES, query=trash).json["items"]
    assert [(item["id"], item["title"]) for item in items] == [
        (ids[0], "0"), (ids[1], None), (ids[2], "2"),
    ]  # fmt: skip
    answer = client.post(f"{COURSES}/{ids[1]}/restore")
    assert (answer.status, answer.json["title"], answer.json["price"]) == (200, None, None)
    assert spoiled.items() <= store.item(ids[1]).items()
    for ttl in (TEXT, GONE):
        store.spoil(ids[0], ttl=ttl)
        assert [item["id"] for item in client.get(COURSES, query=trash).json["items"]] == [
            ids[0], ids[2],
        ]  # fmt: skip
    store.spoil(ids[0], created_at=GONE, version=TEXT)
    answer = client.post(f"{COURSES}/{ids[0]}/restore")
    assert (answer.status, answer.json["created_at"]) == (200, None)


def test_children_and_grandchildren(client: Client, store: Store) -> None:
    rack = made(client.post(RACKS, {"name": "r"}))
    box = made(client.post(f"{RACKS}/{rack}/boxes", {"barcode": "b"}))
    slots = f"{RACKS}/{rack}/boxes/{box}/slots"
    ids = [made(client.post(slots, {"position": n})) for n in (1, 2)]
    for attribute in ({"N": "5"}, GONE):
        store.spoil(ids[0], box_id=attribute, position=TEXT)
        store.spoil(box, rack_id=attribute)
        items = client.get(slots).json["items"]
        assert [(item["box_id"], item["position"]) for item in items] == [(box, None), (box, 2)]
        assert client.get(f"{RACKS}/{rack}/boxes/{box}").json["rack_id"] == rack
    before = store.item(ids[0])
    assert client.patch(f"{slots}/{ids[0]}", {"position": None}).status == 400
    assert client.patch(f"{slots}/{ids[0]}", {"position": 7}).json["box_id"] == box
    assert stored_change(before, store.item(ids[0])) <= {"position", "gsi1sk"}
    assert [i["position"] for i in client.get(slots, query={"sort": "position"}).json["items"]] == [
        2, 7,
    ]  # fmt: skip
    assert client.delete(f"{RACKS}/{rack}").status == 204
    assert client.get(slots).json["items"] == []


def test_a_cascade_and_a_detach_over_what_cannot_be_read(client: Client, store: Store) -> None:
    target = made(client.post(COURSES, course()))
    place = made(client.post(ENROLLMENTS, enrollment(target, progress=1)))
    child = made(client.post(f"{COURSES}/{target}/lessons", lesson()))
    store.spoil(place, progress=TEXT, learner={"N": "1"}, version=GONE)
    store.spoil(child, title={"M": {}}, attachments={"L": [TEXT]})
    assert client.delete(f"{COURSES}/{target}").status == 204
    assert client.get(f"{ENROLLMENTS}/{place}").status == 404
    topic = made(client.post(TOPICS, {"name": "t"}))
    remark = made(client.post(REMARKS, {"text": "x", "topic": topic}))
    store.spoil(remark, text={"BOOL": True})
    assert client.delete(f"{TOPICS}/{topic}").status == 204
    assert client.get(f"{REMARKS}/{remark}").json["topic"] is None
    assert store.item(remark)["text"] == {"BOOL": True}


def test_a_count_that_cannot_be_read_keeps_the_item(client: Client, store: Store) -> None:
    topic = made(client.post(TOPICS, {"name": "t"}))
    store.spoil(topic, refs=TEXT)
    assert client.get(f"{TOPICS}/{topic}").status == 200
    assert client.delete(f"{TOPICS}/{topic}").status == 409


@pytest.mark.parametrize(
    ("spoiled", "status"),
    [
        ({"answer": TEXT}, 409),
        ({"answer": GONE}, 409),
        ({"answer": {"M": {}}}, 409),
        ({"answer": {"M": {"pk": {"N": "1"}, "sk": {"N": "1"}}}}, 409),
        ({"fingerprint": {"N": "1"}}, 422),
        ({"fingerprint": GONE}, 422),
        ({"ttl": GONE}, 201),
    ],
    ids=str,
)
def test_the_record_of_an_idempotency_key(
    client: Client, store: Store, table: Table, spoiled: Item, status: int, capsys: Capture
) -> None:
    key, body = {"Idempotency-Key": "canary-header"}, course()
    id = made(client.post(COURSES, body, headers=key))
    (record,) = (item for item in table.items() if "fingerprint" in item)
    store.write({**record, **spoiled})
    answer = client.post(COURSES, body, headers=key)
    assert answer.status == status
    if status == 201:
        assert answer.json["id"] == id
        answer_of_record = {**record["answer"]["M"], "title": {"N": "5"}, "version": TEXT}
        store.write({**record, "answer": {"M": answer_of_record}})
        answer = client.post(COURSES, body, headers=key)
        assert (answer.status, answer.json["id"], answer.json["title"]) == (201, id, None)
        assert "etag" not in answer.headers
    assert "canary-header" not in capsys.readouterr().out
