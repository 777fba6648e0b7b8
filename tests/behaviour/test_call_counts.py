"""What a request costs: how many requests to DynamoDB, STS and KMS it makes."""

from __future__ import annotations

import pytest

from .api import Client
from .samples import (
    ABSENT,
    COURSES,
    DRAFTS,
    ENROLLMENTS,
    INSTRUCTORS,
    SAMPLES,
    course,
    enrollment,
    instructor,
    lesson,
    sample,
)
from .wire import Wire


@pytest.fixture
def path(client: Client, wire: Wire) -> str:
    """Path of a sample: the plain case. Nothing is counted before it."""
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    wire.reset()
    return path


def test_a_create_is_one_put(client: Client, wire: Wire) -> None:
    client.post(SAMPLES, sample())
    assert wire.operations() == ["PutItem"]


def test_a_create_with_relations_is_one_transaction(client: Client, wire: Wire) -> None:
    teacher = client.post(INSTRUCTORS, instructor()).json["id"]
    wire.reset()
    id = client.post(COURSES, course(instructor=teacher)).json["id"]
    client.post(f"{COURSES}/{id}/lessons", lesson())
    client.post(ENROLLMENTS, enrollment(id))
    assert wire.operations() == ["TransactWriteItems"] * 3


def test_a_create_with_an_idempotency_key_is_one_transaction(client: Client, wire: Wire) -> None:
    body, headers = sample(), {"Idempotency-Key": "key"}
    client.post(SAMPLES, body, headers=headers)
    assert wire.operations() == ["TransactWriteItems"]
    client.post(SAMPLES, body, headers=headers)
    assert wire.count() <= 3


def test_a_get_is_one_call(client: Client, wire: Wire, path: str) -> None:
    client.get(path)
    client.get(path, headers={"If-None-Match": '"1"'})
    client.get(f"{SAMPLES}/{ABSENT}")
    assert wire.operations() == ["GetItem"] * 3


@pytest.mark.parametrize(
    "query",
    [{}, {"sort": "-label"}, {"batch": "one"}, {"limit": "2"}, {"flagged": "true", "grade": "a"}],
    ids=str,
)
def test_a_page_is_one_query(client: Client, wire: Wire, query: dict[str, str]) -> None:
    for number in range(4):
        client.post(SAMPLES, sample(label=str(number), batch="one"))
    wire.reset()
    page = client.get(SAMPLES, query=query).json
    assert wire.operations() == ["Query"]
    if page["next_cursor"]:
        wire.reset()
        client.get(SAMPLES, query={**query, "cursor": page["next_cursor"]})
        assert wire.operations() == ["Query"]


def test_a_page_of_children_of_the_trash_and_of_own_items_is_one_query(
    client: Client, wire: Wire
) -> None:
    id = client.post(COURSES, course()).json["id"]
    client.post(DRAFTS, {"text": "x"})
    requests: list[tuple[Client, str, dict[str, str]]] = [
        (client, f"{COURSES}/{id}/lessons", {"sort": "position"}),
        (client, COURSES, {"deleted": "true"}),
        (client.having(groups="member"), DRAFTS, {}),
    ]
    for caller, path, query in requests:
        wire.reset()
        assert caller.get(path, query=query).status == 200
        assert wire.operations() == ["Query"]


def test_a_page_reads_no_more_than_one_item_past_its_limit(client: Client, wire: Wire) -> None:
    for number in range(9):
        client.post(SAMPLES, sample(label=str(number)))
    wire.reset()
    client.get(SAMPLES, query={"limit": "3"})
    (query,) = wire.calls_of("Query")
    assert query["Limit"] <= 4
    assert "FilterExpression" not in query


def test_an_update_is_a_read_and_a_write(client: Client, wire: Wire, path: str) -> None:
    client.patch(path, {"label": "second"})
    assert wire.operations() == ["GetItem", "UpdateItem"]


def test_an_update_writes_only_what_changed(client: Client, wire: Wire, path: str) -> None:
    client.patch(path, {"batch": "two", "label": "first"})
    (update,) = wire.calls_of("UpdateItem")
    names = set(update["ExpressionAttributeNames"].values())
    assert "batch" in names
    assert not names & {"label", "position", "created_at", "created_by", "refs", "pk", "sk"}


def test_an_update_that_moves_relations_is_a_read_and_a_transaction(
    client: Client, wire: Wire
) -> None:
    id = client.post(INSTRUCTORS, instructor()).json["id"]
    course_id = client.post(COURSES, course()).json["id"]
    wire.reset()
    client.patch(f"{INSTRUCTORS}/{id}", {"email": "new@example.com"})
    client.patch(f"{COURSES}/{course_id}", {"instructor": id})
    assert wire.operations() == ["GetItem", "TransactWriteItems"] * 2


def test_an_update_that_changes_nothing_is_one_read(client: Client, wire: Wire, path: str) -> None:
    client.patch(path, {"label": "first"})
    client.patch(path, {"label": "x"}, headers={"If-Match": '"9"'})
    assert wire.operations() == ["GetItem"] * 2


def test_a_delete_is_one_call(client: Client, wire: Wire, path: str) -> None:
    client.delete(path)
    client.delete(path)
    assert wire.count() <= 3
    assert wire.operations()[0] == "DeleteItem"


def test_a_delete_that_needs_the_content_is_a_read_and_a_transaction(
    client: Client, wire: Wire
) -> None:
    soft = client.post(COURSES, course()).json["id"]
    unique = client.post(INSTRUCTORS, instructor()).json["id"]
    wire.reset()
    assert client.delete(f"{COURSES}/{soft}").status == 204
    assert client.delete(f"{INSTRUCTORS}/{unique}").status == 204
    assert wire.operations() == ["GetItem", "TransactWriteItems"] * 2


def test_a_restore_is_a_read_and_a_transaction(client: Client, wire: Wire) -> None:
    path = f"{COURSES}/{client.post(COURSES, course()).json['id']}"
    client.delete(path)
    wire.reset()
    assert client.post(f"{path}/restore").status == 200
    assert wire.operations() == ["GetItem", "TransactWriteItems"]


def test_a_request_that_is_refused_costs_nothing(client: Client, wire: Wire, path: str) -> None:
    caller = client.having(groups="visitor")
    for answer in (
        client.post(SAMPLES, {}),
        client.post(SAMPLES, raw="{"),
        client.patch(path, {"nonsense": 1}),
        client.get(SAMPLES, query={"nonsense": "1"}),
        client.get(SAMPLES, query={"cursor": "A" * 40}),
        client.get(f"{SAMPLES}/not-an-id"),
        client.send("PUT", path),
        caller.get(path),
        caller.post(SAMPLES, sample()),
        client.get(path, claims={}),
    ):
        assert answer.status >= 400
    assert wire.count() == 0


def test_credentials_are_vended_once_for_many_requests(client: Client, wire: Wire) -> None:
    for _ in range(5):
        client.get(SAMPLES)
    assert wire.count("sts") == 1
    client.having(tenant=f"{client.tenant}-2").get(SAMPLES)
    assert wire.count("sts") == 2
    client.get(SAMPLES)
    assert wire.count("sts") == 2


def test_the_cursor_key_is_fetched_once_and_only_for_cursors(client: Client, wire: Wire) -> None:
    for number in range(4):
        client.post(SAMPLES, sample(label=str(number)))
    wire.reset()
    client.get(SAMPLES)
    assert wire.count("kms") == 0
    for _ in range(3):
        client.get(SAMPLES, query={"limit": "1"})
    assert wire.count("kms") <= 1


def test_the_session_is_tagged_and_named_for_the_tenant(client: Client, wire: Wire) -> None:
    client.having(tenant="z").get(SAMPLES)
    (assumed,) = wire.calls_of("AssumeRole")
    assert assumed["Tags.member.1.Key"] == "organization_id"
    assert assumed["Tags.member.1.Value"] == "z"
    assert "Tags.member.2.Key" not in assumed
    assert 2 <= len(assumed["RoleSessionName"]) <= 64
