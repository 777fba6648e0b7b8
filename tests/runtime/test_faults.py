"""Lost acknowledgements, throttles and races: nothing is lost, nothing is doubled."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from .client import Answer, Client
from .conftest import Table
from .wire import Wire, answer, fine, lost, lost_with_500

NOTES = "/education/notes"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
COURSE = {"title": "x", "slug": "x"}
TEACHER = {"name": "Ada", "email": "ada@example.com"}

LOSSES = [
    pytest.param(lost(ReadTimeoutError(endpoint_url="https://dynamodb")), id="timeout"),
    pytest.param(lost(ConnectionClosedError(endpoint_url="https://dynamodb")), id="closed"),
    pytest.param(lost_with_500, id="500"),
]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("path", "body"), [(NOTES, {"text": "x"}), (COURSES, COURSE)])
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_a_create_whose_answer_is_lost_is_201_once(
    client: Client, wire: Wire, loss: Any, path: str, body: Any, headers: dict[str, str]
) -> None:
    wire.next(loss)
    created = client("POST", path, body, headers=headers)
    assert created.status == 201
    assert client("GET", path).json["items"] == [created.json]


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
    client: Client, wire: Wire, loss: Any, headers: Any, path: str, body: Any, patch: Any
) -> None:
    item = f"{path}/{client('POST', path, body).json['id']}"
    wire.next(fine, loss)
    updated = client("PATCH", item, patch, headers=headers)
    assert (updated.status, updated.json["version"]) == (200, 2)
    assert client("GET", item).json == updated.json


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("headers", [{}, {"If-Match": '"1"'}])
@pytest.mark.parametrize(
    ("path", "body", "faults"),
    [(NOTES, {"text": "x"}, 0), (COURSES, COURSE, 1), (INSTRUCTORS, TEACHER, 1)],
)
def test_a_delete_whose_answer_is_lost_is_204(
    client: Client, wire: Wire, loss: Any, headers: Any, path: str, body: Any, faults: int
) -> None:
    item = f"{path}/{client('POST', path, body).json['id']}"
    wire.next(*[fine] * faults, loss)
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


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_a_restore_whose_answer_is_lost_is_200(
    client: Client, wire: Wire, loss: Any, headers: Any
) -> None:
    path = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    client("DELETE", path)
    wire.next(fine, loss)
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


def at_once(count: int, work: Any) -> list[Answer]:
    """Answers of requests that are made at the same time."""
    answers: list[Answer] = []
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        barrier.wait()
        answers.append(work(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_16_writers_none_is_lost(client: Client) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"

    def write(number: int) -> Answer:
        while True:
            before = client("GET", path)
            text = f"{before.json['text']},{number}"
            tag = {"If-Match": before.headers["etag"]}
            done = client("PATCH", path, {"text": text}, headers=tag)
            if done.status != 412:
                return done

    answers = at_once(16, write)
    assert {done.status for done in answers} == {200}
    final = client("GET", path).json
    assert sorted(final["text"].split(",")[1:], key=int) == [str(n) for n in range(16)]
    assert final["version"] == 17


def test_writers_without_a_condition_each_take_a_version_or_are_told(client: Client) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"
    answers = at_once(16, lambda number: client("PATCH", path, {"text": f"t-{number}"}))
    won = [done.json["version"] for done in answers if done.status == 200]
    assert sorted(won) == list(range(2, len(won) + 2))
    assert {done.status for done in answers} <= {200, 409}
    assert client("GET", path).json["version"] == len(won) + 1


def test_one_of_many_takes_a_unique_value(client: Client) -> None:
    answers = at_once(8, lambda number: client("POST", COURSES, COURSE))
    assert sorted(done.status for done in answers) == [201] + [409] * 7
    assert len(client("GET", COURSES).json["items"]) == 1


def test_one_key_at_once_creates_one_item(client: Client) -> None:
    headers = {"Idempotency-Key": "k"}
    answers = at_once(8, lambda number: client("POST", NOTES, {"text": "x"}, headers=headers))
    assert {done.status for done in answers} == {201}
    assert len({done.text for done in answers}) == 1
    assert len(client("GET", NOTES).json["items"]) == 1


def test_a_reference_to_what_is_being_deleted_is_never_loose(client: Client) -> None:
    teacher = client("POST", INSTRUCTORS, TEACHER).json["id"]

    def work(number: int) -> Answer:
        if number == 0:
            return client("DELETE", f"{INSTRUCTORS}/{teacher}")
        body = {"title": "x", "slug": f"s-{number}", "instructor": teacher}
        return client("POST", COURSES, body)

    answers = at_once(6, work)
    assert {done.status for done in answers} <= {201, 204, 400, 409}
    courses = client("GET", COURSES).json["items"]
    alive = client("GET", f"{INSTRUCTORS}/{teacher}").status == 200
    assert alive or courses == []
