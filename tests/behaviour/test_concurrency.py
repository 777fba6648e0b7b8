"""Sixteen writers at once: nothing is lost, nothing is doubled.

Each transaction takes 5 to 10 ms, and what meets it is refused, as on AWS.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nexus_gen.testing import Transactions
from tests.sizes import size

from .api import Answer, Client
from .estate import Table
from .samples import (
    COURSES,
    ENROLLMENTS,
    INSTRUCTORS,
    SAMPLES,
    course,
    enrollment,
    instructor,
    sample,
)
from .wire import Wire

WRITERS = 16
pytestmark = pytest.mark.sampled


@pytest.fixture(autouse=True, params=range(size(ci=1, soak=20)))
def eager_switching(wire: Wire) -> Iterator[None]:
    """Let threads interleave often, and transactions last; a soak does each test many times."""
    wire.transactions = Transactions()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def at_once(action: Callable[[int], Answer]) -> list[Answer]:
    """Answers of an action that sixteen threads do, each with its number."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(action, range(WRITERS)))


def statuses(answers: list[Answer]) -> Counter[int]:
    """How often each status was answered."""
    return Counter(answer.status for answer in answers)


def test_writers_with_if_match_lose_no_update(client: Client) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample(position=0)).json['id']}"

    def increment(_: int) -> Answer:
        for _ in range(1000):
            read = client.get(path)
            patch = {"position": read.json["position"] + 1}
            answer = client.patch(path, patch, headers={"If-Match": read.headers["etag"]})
            if answer.status != 412:
                return answer
        raise AssertionError("never got through")

    assert statuses(at_once(increment)) == {200: WRITERS}
    item = client.get(path).json
    assert (item["position"], item["version"]) == (WRITERS, WRITERS + 1)


def test_writers_without_if_match_keep_each_others_members(client: Client) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    answers = at_once(lambda number: client.patch(path, {"extra": {f"k{number}": number}}))
    kept = client.get(path).json["extra"]
    for number, answer in enumerate(answers):
        assert answer.status in (200, 409, 503)
        assert (f"k{number}" in kept) == (answer.status == 200), answer.text
    assert client.get(path).json["version"] == 1 + statuses(answers)[200]


def test_one_of_many_creates_gets_a_unique_value(client: Client, table: Table) -> None:
    answers = at_once(lambda _: client.post(COURSES, course(slug="wanted")))
    assert statuses(answers) == {201: 1, 409: WRITERS - 1}
    assert len(client.get(COURSES).json["items"]) == 1


def test_retries_with_one_idempotency_key_make_one_item(client: Client) -> None:
    body, headers = sample(), {"Idempotency-Key": "once"}
    answers = at_once(lambda _: client.post(SAMPLES, body, headers=headers))
    assert {answer.status for answer in answers} <= {201, 409}
    assert len({answer.text for answer in answers if answer.status == 201}) == 1
    assert len(client.get(SAMPLES).json["items"]) == 1


def test_one_of_many_deletes_is_answered_204(client: Client, table: Table) -> None:
    path = f"{COURSES}/{client.post(COURSES, course()).json['id']}"
    assert statuses(at_once(lambda _: client.delete(path)))[204] == 1
    assert client.get(path).status == 404
    assert client.post(f"{path}/restore").status == 200


def test_a_target_is_never_deleted_under_a_new_reference(client: Client) -> None:
    for _ in range(5):
        teacher = client.post(INSTRUCTORS, instructor()).json["id"]

        def race(number: int, teacher: str = teacher) -> Answer:
            if number % 4 == 0:
                return client.delete(f"{INSTRUCTORS}/{teacher}")
            return client.post(COURSES, course(instructor=teacher))

        created = [answer for answer in at_once(race) if answer.status == 201]
        exists = client.get(f"{INSTRUCTORS}/{teacher}").status == 200
        assert exists == bool(created)


def test_a_cascade_leaves_no_orphans(client: Client) -> None:
    for _ in range(5):
        id = client.post(COURSES, course()).json["id"]

        def race(number: int, id: str = id) -> Answer:
            if number == 7:
                return client.delete(f"{COURSES}/{id}")
            return client.post(ENROLLMENTS, enrollment(id, learner=str(number)))

        at_once(race)
        if client.get(f"{COURSES}/{id}").status == 404:
            assert client.get(ENROLLMENTS, query={"course": id}).json["items"] == []


def test_two_tenants_at_once_stay_apart(client: Client, other: Client) -> None:
    def write(number: int) -> Answer:
        return (client, other)[number % 2].post(SAMPLES, sample(label=str(number % 2)))

    assert statuses(at_once(write)) == {201: WRITERS}
    for number, caller in enumerate((client, other)):
        labels = [item["label"] for item in caller.get(SAMPLES).json["items"]]
        assert labels == [str(number)] * (WRITERS // 2)
