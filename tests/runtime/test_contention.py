"""Many requests at once, on a DynamoDB whose transactions take time: none lost, none doubled."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from nexus_gen.testing import Transactions
from tests.sizes import chance, size

from .client import Answer, Client
from .conftest import Contention, Table

NOTES = "/education/notes"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
ENROLLMENTS = "/education/enrollments"
COURSE = {"title": "x", "slug": "x"}
TEACHER = {"name": "Ada", "email": "ada@example.com"}

pytestmark = pytest.mark.sampled
ONE_IN_A_HUNDRED = 0.01


@pytest.fixture(autouse=True, params=range(size(ci=3, soak=20)))
def seeded(request: pytest.FixtureRequest, table: Table, contention: Contention) -> None:
    """Another course of events each time, after the table is made."""
    contention.seed(chance(f"{request.node.name}").randrange(2**32))


def course(number: int, **members: Any) -> dict[str, Any]:
    """A body that collides with no other number's."""
    return {"title": "x", "slug": f"s-{number}", **members}


def statuses(answers: list[Answer]) -> Counter[int]:
    """How often each status was answered."""
    return Counter(answer.status for answer in answers)


def refs(table: Table, client: Client, entity: str, id: str) -> int:
    """How many live items an item says that refer to it."""
    item = table.item(f"{client.tenant}#{entity}", id)
    assert item is not None
    return int(item.get("refs", {"N": "0"})["N"])


def referring_creates(client: Client, table: Table, contention: Contention, count: int) -> int:
    """How many of as many creates that refer to one item at once answer 503, all others 201."""
    teacher = client("POST", INSTRUCTORS, TEACHER).json["id"]
    answers = contention.at_once(
        count, lambda number: client("POST", COURSES, course(number, instructor=teacher))
    )
    seen = statuses(answers)
    assert seen.keys() <= {201, 503}
    assert refs(table, client, "instructor", teacher) == seen[201]
    return seen[503]


def test_creates_that_refer_to_one_item_are_all_made(
    client: Client, table: Table, contention: Contention
) -> None:
    assert referring_creates(client, table, contention, 30) == 0
    assert contention.wire.transactions.conflicts > 30


def test_of_many_creates_that_refer_to_one_item_few_are_told_to_come_back(
    client: Client, table: Table, contention: Contention
) -> None:
    count = size(ci=60, soak=100)
    assert referring_creates(client, table, contention, count) <= count * ONE_IN_A_HUNDRED


def test_a_patch_while_children_are_made_is_never_refused(
    client: Client, table: Table, contention: Contention
) -> None:
    id = client("POST", COURSES, COURSE).json["id"]
    path = f"{COURSES}/{id}"

    def work(number: int) -> Answer:
        if number < 12:
            return client("POST", f"{path}/lessons", {"title": "x", "position": number})
        done = client("GET", path)
        for count in range(5):
            done = client("PATCH", path, {"title": f"{count}"})
            assert (done.status, done.json["title"]) == (200, f"{count}")
        return done

    answers = contention.at_once(13, work)
    assert statuses(answers) == {201: 12, 200: 1}
    assert client("GET", path).json == answers[-1].json
    assert answers[-1].json["version"] == 6
    assert refs(table, client, "course", id) == 12
    assert contention.wire.transactions.conflicts > 0


def test_writers_lose_no_update_while_children_are_made(
    client: Client, table: Table, contention: Contention
) -> None:
    id = client("POST", COURSES, COURSE).json["id"]
    path = f"{COURSES}/{id}"

    def work(number: int) -> Answer:
        if number % 2:
            return client("POST", f"{path}/lessons", {"title": "x", "position": number})
        while True:
            before = client("GET", path)
            tag = {"If-Match": before.headers["etag"]}
            done = client("PATCH", path, {"title": f"{before.json['title']},{number}"}, headers=tag)
            if done.status != 412:
                return done

    assert statuses(contention.at_once(16, work)) == {200: 8, 201: 8}
    item = client("GET", path).json
    assert sorted(item["title"].split(",")[1:], key=int) == [str(n) for n in range(0, 16, 2)]
    assert item["version"] == 9
    assert refs(table, client, "course", id) == 8


def test_a_write_that_never_gets_through_is_503_and_reads_are_not_refused(
    client: Client, contention: Contention
) -> None:
    path = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    contention.wire.transactions = Transactions(duration=(60, 60), sleep=contention.clock.sleep)

    def work(number: int) -> Answer:
        if number == 0:
            return client("POST", f"{path}/lessons", {"title": "x", "position": 1})
        contention.clock.sleep(1)
        begun = contention.clock.now
        done = [
            lambda: client("GET", path),
            lambda: client("PATCH", path, {"title": "y"}),
            lambda: client("DELETE", path),
            lambda: client("POST", f"{path}/lessons", {"title": "x", "position": 2}),
        ][number - 1]()
        assert contention.clock.now - begun < 21
        return done

    made, read, *refused = contention.at_once(5, work)
    assert (made.status, read.status) == (201, 200)
    assert {(done.status, done.json["code"]) for done in refused} == {(503, "unavailable")}
    assert all(int(done.headers["retry-after"]) > 0 for done in refused)
    assert client("GET", path).json == read.json
    assert len(client("GET", f"{path}/lessons").json["items"]) == 1


def test_a_child_is_never_made_under_a_parent_that_goes(
    client: Client, contention: Contention
) -> None:
    path = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    for position in range(3):
        client("POST", f"{path}/lessons", {"title": "x", "position": position})

    def work(number: int) -> Answer:
        if number == 3:
            return client("DELETE", path)
        return client("POST", f"{path}/lessons", {"title": "x", "position": number})

    answers = contention.at_once(8, work)
    lessons = client("GET", f"{path}/lessons").json["items"]
    if answers.pop(3).status == 204:
        assert client("GET", path).status == 404
        assert lessons == []
    else:
        assert client("DELETE", path).status == 204
    assert statuses(answers).keys() <= {201, 404}


def test_a_cascade_leaves_nothing_behind(client: Client, contention: Contention) -> None:
    id = client("POST", COURSES, COURSE).json["id"]

    def work(number: int) -> Answer:
        if number == 3:
            return client("DELETE", f"{COURSES}/{id}")
        return client("POST", ENROLLMENTS, {"learner": f"l-{number}", "course": id})

    answers = contention.at_once(8, work)
    enrolled = client("GET", ENROLLMENTS, query={"course": id}).json["items"]
    deleted = answers.pop(3)
    assert deleted.status in (204, 409)
    assert (enrolled == []) == (deleted.status == 204)
    assert statuses(answers).keys() <= {201, 400}


def test_one_of_many_restores_an_item(client: Client, contention: Contention) -> None:
    path = f"{COURSES}/{client('POST', COURSES, COURSE).json['id']}"
    client("DELETE", path)
    answers = contention.at_once(6, lambda number: client("POST", f"{path}/restore"))
    assert statuses(answers) == {200: 1, 409: 5}
    assert client("GET", path).json["version"] == 2
    assert client("GET", COURSES, query={"deleted": "true"}).json["items"] == []


def test_one_of_many_deletes_an_item(client: Client, table: Table, contention: Contention) -> None:
    teacher = client("POST", INSTRUCTORS, TEACHER).json["id"]
    path = f"{COURSES}/{client('POST', COURSES, course(1, instructor=teacher)).json['id']}"
    assert statuses(contention.at_once(6, lambda _: client("DELETE", path))) == {204: 1, 404: 5}
    assert refs(table, client, "instructor", teacher) == 0


@pytest.mark.parametrize("path", [NOTES, COURSES])
def test_one_key_at_once_creates_one_item(
    client: Client, contention: Contention, path: str
) -> None:
    body = {"text": "x"} if path == NOTES else COURSE
    headers = {"Idempotency-Key": "k"}
    answers = contention.at_once(8, lambda number: client("POST", path, body, headers=headers))
    assert {done.status for done in answers} == {201}
    assert len({done.text for done in answers}) == 1
    assert len(client("GET", path).json["items"]) == 1


def test_one_of_many_takes_a_unique_value(client: Client, contention: Contention) -> None:
    answers = contention.at_once(8, lambda number: client("POST", COURSES, COURSE))
    assert statuses(answers) == {201: 1, 409: 7}
    assert len(client("GET", COURSES).json["items"]) == 1


def test_references_that_move_at_once_are_counted(
    client: Client, table: Table, contention: Contention
) -> None:
    first, second = (
        client("POST", INSTRUCTORS, {**TEACHER, "email": f"{n}@example.com"}).json["id"]
        for n in range(2)
    )
    made = [client("POST", COURSES, course(n, instructor=first)).json["id"] for n in range(8)]
    answers = contention.at_once(
        8, lambda number: client("PATCH", f"{COURSES}/{made[number]}", {"instructor": second})
    )
    assert statuses(answers) == {200: 8}
    assert refs(table, client, "instructor", first) == 0
    assert refs(table, client, "instructor", second) == 8


def test_of_16_writers_none_is_lost(client: Client, contention: Contention) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"

    def write(number: int) -> Answer:
        while True:
            before = client("GET", path)
            text = f"{before.json['text']},{number}"
            tag = {"If-Match": before.headers["etag"]}
            done = client("PATCH", path, {"text": text}, headers=tag)
            if done.status != 412:
                return done

    answers = contention.at_once(16, write)
    assert {done.status for done in answers} == {200}
    final = client("GET", path).json
    assert sorted(final["text"].split(",")[1:], key=int) == [str(n) for n in range(16)]
    assert final["version"] == 17


def test_writers_without_a_condition_each_take_a_version_or_are_told(
    client: Client, contention: Contention
) -> None:
    path = f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"
    answers = contention.at_once(16, lambda number: client("PATCH", path, {"text": f"t-{number}"}))
    won = [done.json["version"] for done in answers if done.status == 200]
    assert sorted(won) == list(range(2, len(won) + 2))
    assert {done.status for done in answers} <= {200, 409}
    assert client("GET", path).json["version"] == len(won) + 1


def test_a_reference_to_what_is_being_deleted_is_never_loose(
    client: Client, contention: Contention
) -> None:
    teacher = client("POST", INSTRUCTORS, TEACHER).json["id"]

    def work(number: int) -> Answer:
        if number == 0:
            return client("DELETE", f"{INSTRUCTORS}/{teacher}")
        body = {"title": "x", "slug": f"s-{number}", "instructor": teacher}
        return client("POST", COURSES, body)

    answers = contention.at_once(6, work)
    assert {done.status for done in answers} <= {201, 204, 400, 409}
    courses = client("GET", COURSES).json["items"]
    alive = client("GET", f"{INSTRUCTORS}/{teacher}").status == 200
    assert alive or courses == []
