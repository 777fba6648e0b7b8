"""Lost acknowledgements and throttles: nothing is lost, nothing is doubled."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from .client import Client
from .conftest import Table
from .wire import Wire, answer, contended, fine, lost, lost_with_500

NOTES = "/education/notes"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
TOPICS = "/education/topics"
REMARKS = "/education/remarks"
COURSE = {"title": "x", "slug": "x"}
TEACHER = {"name": "Ada", "email": "ada@example.com"}


LOSSES = [
    pytest.param(lost(ReadTimeoutError(endpoint_url="https://dynamodb")), id="timeout"),
    pytest.param(lost(ConnectionClosedError(endpoint_url="https://dynamodb")), id="closed"),
    pytest.param(lost_with_500, id="500"),
]


@pytest.mark.parametrize("met", [0, 2])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("path", "body"), [(NOTES, {"text": "x"}), (COURSES, COURSE)])
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_a_create_whose_answer_is_lost_is_201_once(
    client: Client, wire: Wire, met: int, loss: Any, path: str, body: Any, headers: dict[str, str]
) -> None:
    wire.next(loss, *[contended(wire)] * met)
    created = client("POST", path, body, headers=headers)
    assert created.status == 201
    assert client("GET", path).json["items"] == [created.json]


@pytest.mark.parametrize("met", [0, 2])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("headers", [{}, {"If-Match": '"1"'}, {"If-Match": "*"}])
@pytest.mark.parametrize(
    ("path", "body", "patch"),
    [
        (NOTES, {"text": "x"}, {"text": "y"}),
        (INSTRUCTORS, TEACHER, {"email": "b@example.com"}),
        (INSTRUCTORS, TEACHER, {"name": "B"}),
    ],
)
def test_an_update_whose_answer_is_lost_is_200_once(
    client: Client, wire: Wire, met: int, loss: Any, headers: Any, path: str, body: Any, patch: Any
) -> None:
    item = f"{path}/{client('POST', path, body).json['id']}"
    wire.next(fine, loss, *[contended(wire)] * met)
    updated = client("PATCH", item, patch, headers=headers)
    assert (updated.status, updated.json["version"]) == (200, 2)
    assert client("GET", item).json == updated.json


@pytest.mark.parametrize("met", [0, 2])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("headers", [{}, {"If-Match": '"1"'}])
@pytest.mark.parametrize(
    ("path", "body", "faults"),
    [(NOTES, {"text": "x"}, 0), (COURSES, COURSE, 1), (INSTRUCTORS, TEACHER, 1)],
)
def test_a_delete_whose_answer_is_lost_is_204(
    client: Client, wire: Wire, met: int, loss: Any, headers: Any, path: str, body: Any, faults: int
) -> None:
    item = f"{path}/{client('POST', path, body).json['id']}"
    wire.next(*[fine] * faults, loss, *[contended(wire)] * met)
    assert client("DELETE", item, headers=headers).status == 204
    assert client("GET", item).status == 404


@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_delete_of_a_child_counts_once(
    client: Client, wire: Wire, table: Table, loss: Any
) -> None:
    course = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    lessons = [
        f"{course}/lessons/{client('POST', f'{course}/lessons', body).json['id']}"
        for body in [{"title": "x", "position": 1}] * 2
    ]
    wire.next(loss)
    assert client("DELETE", lessons[0]).status == 204
    item = table.item(f"{client.tenant}#course", course.rpartition("/")[2])
    assert item is not None
    assert item["refs"] == {"N": "1"}


@pytest.mark.parametrize("met", [0, 2])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_a_restore_whose_answer_is_lost_is_200(
    client: Client, wire: Wire, met: int, loss: Any, headers: Any
) -> None:
    path = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    client("DELETE", path)
    wire.next(fine, loss, *[contended(wire)] * met)
    restored = client("POST", f"{path}/restore", headers=headers)
    assert restored.status == 200
    assert client("GET", path).json == restored.json
    assert client("GET", COURSES, query={"deleted": "true"}).json["items"] == []


def test_a_write_of_somebody_else_is_not_taken_for_ours(client: Client, wire: Wire) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"

    def other_writes_and_the_answer_is_lost(send: Any) -> Any:
        wire.faults.clear()
        client.having(user="u-2")("PATCH", path, {"text": "theirs"})
        raise ReadTimeoutError(endpoint_url="https://dynamodb")

    wire.next(fine, other_writes_and_the_answer_is_lost)
    refused = client("PATCH", path, {"text": "mine"}, headers={"If-Match": '"1"'})
    assert refused.status == 412
    assert client("GET", path).json["text"] == "theirs"


@pytest.mark.parametrize(
    ("method", "suffix", "body"),
    [("GET", "", None), ("PATCH", "", {"text": "y"}), ("DELETE", "", None)],
)
def test_a_throttle_is_waited_out_or_503(
    client: Client, wire: Wire, method: str, suffix: str, body: Any
) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"
    throttle = answer(400, "ThrottlingException")
    wire.next(*[throttle] * 50)
    busy = client(method, path, body)
    assert (busy.status, int(busy.headers["retry-after"]) > 0) == (503, True)
    assert "canary" not in busy.text
    wire.next(throttle, throttle)
    assert client(method, path, body).status in (200, 204)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_create_that_is_referred_to_before_its_retry_is_201(
    client: Client, wire: Wire, loss: Any
) -> None:
    """The count of references is no part of what tells whose write an item is."""

    def lose_and_be_referred_to(send: Any) -> Any:
        send()
        wire.faults.clear()
        (topic,) = client("GET", TOPICS).json["items"]
        assert client("POST", REMARKS, {"text": "x", "topic": topic["id"]}).status == 201
        return loss(lambda: None)

    wire.next(lose_and_be_referred_to)
    created = client("POST", TOPICS, {"text": "x"})
    assert created.status == 201
    assert client("GET", TOPICS).json["items"] == [created.json]
