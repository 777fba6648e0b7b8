"""Every route against three organizations, one of whose ids begins like another's.

Handlers are driven with real ids of another organization in every place that takes one. IAM is not
there to help: moto evaluates no policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from .api import Client
from .estate import Table
from .samples import (
    ABSENT,
    COURSES,
    DRAFTS,
    ENROLLMENTS,
    INSTRUCTORS,
    JOURNALS,
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


@dataclass(frozen=True, slots=True)
class Estate:
    """One organization's items: path of one item of each entity."""

    client: Client
    items: dict[str, str]


def build(client: Client) -> Estate:
    """Create one item of each entity."""

    def new(path: str, body: dict[str, object], caller: Client = client) -> str:
        answer = caller.post(path, body)
        assert answer.status == 201, answer.text
        return f"{path}/{answer.json['id']}"

    def id(path: str) -> str:
        return path.rpartition("/")[2]

    teacher = new(INSTRUCTORS, instructor())
    taught = new(COURSES, course(instructor=id(teacher), summary=f"canary-{client.tenant}"))
    rack = new(RACKS, {"name": "x"})
    box = new(f"{rack}/boxes", {"barcode": "1"})
    slot = new(f"{box}/slots", {"position": 1})
    topic = new(TOPICS, {"name": "x"})
    member = client.having(groups="member")
    memo = new("/education/memos", {"text": "x"}, member)
    return Estate(
        client,
        {
            "instructor": teacher,
            "course": taught,
            "lesson": new(f"{taught}/lessons", lesson()),
            "enrollment": new(ENROLLMENTS, enrollment(id(taught))),
            "sample": new(SAMPLES, sample()),
            "rack": rack,
            "box": box,
            "slot": slot,
            "label": new(f"{slot}/labels", {"text": "x"}),
            "topic": topic,
            "remark": new(REMARKS, {"text": "x", "topic": id(topic)}),
            "journal": new(JOURNALS, {"entry": "x"}),
            "draft": new(DRAFTS, {"text": "x"}, member),
            "memo": memo,
            "reply": new(f"{memo}/replies", {"text": "x"}, member),
            "sketch": new("/education/sketches", {"text": "x"}, member),
            "citation": new("/education/citations", {}),
            "letter": new("/education/letters", {}, member),
        },
    )


@pytest.fixture
def ours(client: Client) -> Estate:
    """The organization under attack."""
    return build(client)


@pytest.fixture(params=["prefix", "longer", "unrelated"])
def attacker(request: pytest.FixtureRequest, client: Client) -> Client:
    """An administrator of another organization."""
    tenants = {
        "prefix": client.tenant[:-1],
        "longer": f"{client.tenant}0",
        "unrelated": "evil",
    }
    return client.having(tenant=tenants[request.param], groups="admin,instructor,member")


def absent(path: str) -> Iterator[str]:
    """The same path with each of its ids replaced by one that does not exist."""
    parts = path.split("/")
    for position, part in enumerate(parts):
        if len(part) == 26:
            yield "/".join([*parts[:position], ABSENT, *parts[position + 1 :]])


def test_every_entity_is_in_the_matrix(ours: Estate) -> None:
    resources = {path for path in ours.client.resources if path.endswith("_id}")}
    covered = {ours.client.event("GET", path)["resource"] for path in ours.items.values()}
    assert covered == resources


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE", "POST restore"])
def test_a_foreign_item_is_as_absent_as_one_that_never_was(
    ours: Estate, attacker: Client, table: Table, method: str
) -> None:
    kept = table.items()
    verb, _, suffix = method.partition(" ")
    for entity, path in ours.items.items():
        target = f"{path}/{suffix}" if suffix else path
        options = {"body": {}, "headers": {"If-Match": '"1"'}, "request_id": "same"}
        answer = attacker.send(verb, target, **options)
        if answer.status == 405:
            continue
        if attacker.event(verb, target)["resource"] == target:
            continue
        assert answer.status == 404, (entity, answer.text)
        for nowhere in absent(target):
            assert attacker.send(verb, nowhere, **options) == answer, entity
    assert table.items() == kept


def test_lists_hold_nothing_foreign(ours: Estate, attacker: Client) -> None:
    for path in ours.items.values():
        collection = path.rpartition("/")[0]
        answer = attacker.get(collection)
        assert answer.status in (200, 404)
        assert "canary" not in answer.text
        assert answer.json.get("items", []) == []
    for query in ({"level": "beginner"}, {"sort": "starts_on"}, {"deleted": "true"}):
        assert attacker.get(COURSES, query=query).json["items"] == []


def test_creating_below_a_foreign_parent_is_404(
    ours: Estate, attacker: Client, table: Table
) -> None:
    kept = table.items()
    for parent, collection, body in (
        ("course", "lessons", lesson()),
        ("rack", "boxes", {"barcode": "2"}),
        ("box", "slots", {"position": 2}),
    ):
        path = f"{ours.items[parent]}/{collection}"
        assert attacker.post(path, body).status == 404
    assert table.items() == kept


def test_a_foreign_id_in_a_body_is_refused_like_an_absent_one(
    ours: Estate, attacker: Client
) -> None:
    own = build(attacker)
    for entity, field, collection, body in (
        ("instructor", "instructor", COURSES, course(slug="same")),
        ("course", "course", ENROLLMENTS, enrollment("")),
        ("topic", "topic", REMARKS, {"text": "x"}),
    ):
        foreign = ours.items[entity].rpartition("/")[2]
        refused = [
            attacker.post(collection, {**body, field: id}, request_id="same")
            for id in (foreign, ABSENT)
        ]
        assert refused[0].status == 400
        assert refused[0] == refused[1]
    path = own.items["course"]
    foreign = ours.items["instructor"].rpartition("/")[2]
    assert attacker.patch(path, {"instructor": foreign}).status == 400
    assert ours.client.delete(ours.items["remark"]).status == 204
    assert ours.client.delete(ours.items["topic"]).status == 204


def test_a_foreign_id_in_a_filter_finds_nothing(ours: Estate, attacker: Client) -> None:
    for entity, field, collection in (
        ("instructor", "instructor", COURSES),
        ("course", "course", ENROLLMENTS),
        ("topic", "topic", REMARKS),
    ):
        foreign = ours.items[entity].rpartition("/")[2]
        assert attacker.get(collection, query={field: foreign}).json["items"] == []


def test_a_foreign_cursor_is_400(ours: Estate, attacker: Client) -> None:
    for _ in range(2):
        ours.client.post(SAMPLES, sample())
    cursor = ours.client.get(SAMPLES, query={"limit": "1"}).json["next_cursor"]
    assert attacker.get(SAMPLES, query={"cursor": cursor}).status == 400
