"""Idempotency-Key: the first answer again, and nothing twice."""

from __future__ import annotations

import time

import pytest

from .client import Client
from .conftest import Table
from .wire import Wire

NOTES = "/education/notes"
COURSES = "/education/courses"
KEY = {"Idempotency-Key": "key-1"}


def test_a_retry_is_the_first_answer(client: Client, table: Table, wire: Wire) -> None:
    first = client("POST", COURSES, {"title": "x", "slug": "x", "price": "1.5"}, headers=KEY)
    kept = table.items()
    with wire.counting() as seen:
        again = client("POST", COURSES, {"slug": "x", "price": "1.5", "title": "x"}, headers=KEY)
    assert seen == ["TransactWriteItems"]
    assert (again.status, again.text) == (201, first.text)
    for name in ("etag", "location"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert table.items() == kept


def test_the_first_answer_stays_after_change_and_deletion(client: Client) -> None:
    first = client("POST", NOTES, {"text": "one"}, headers=KEY)
    path = f"{NOTES}/{first.json['id']}"
    client("PATCH", path, {"text": "two"})
    client("DELETE", path)
    again = client("POST", NOTES, {"text": "one"}, headers=KEY)
    assert (again.text, again.headers["etag"]) == (first.text, '"1"')
    assert client("GET", path).status == 404


@pytest.mark.parametrize("change", ["body", "path"])
def test_another_request_with_the_key_is_422(client: Client, table: Table, change: str) -> None:
    client("POST", NOTES, {"text": "one"}, headers=KEY)
    kept = table.items()
    path = "/education/topics" if change == "path" else NOTES
    answer = client("POST", path, {"text": "two" if change == "body" else "one"}, headers=KEY)
    assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")
    assert table.items() == kept


def test_keys_are_an_organizations_own(client: Client) -> None:
    client("POST", NOTES, {"text": "one"}, headers=KEY)
    other = client.having(tenant=f"{client.tenant}0")
    assert "idempotency-replayed" not in other("POST", NOTES, {"text": "one"}, headers=KEY).headers


@pytest.mark.parametrize("text", ["one", "two"])
def test_keys_are_a_callers_own(client: Client, text: str) -> None:
    first = client("POST", NOTES, {"text": "one"}, headers=KEY)
    colleague = client.having(user="u-2")
    answer = colleague("POST", NOTES, {"text": text}, headers=KEY)
    assert (answer.status, answer.json["text"]) == (201, text)
    assert "idempotency-replayed" not in answer.headers
    assert answer.json["id"] != first.json["id"]
    assert colleague("POST", NOTES, {"text": text}, headers=KEY).text == answer.text
    assert client("POST", NOTES, {"text": "one"}, headers=KEY).text == first.text


def test_a_caller_and_a_key_cannot_be_read_as_another_pair(client: Client) -> None:
    pairs = [("a", "b#c"), ("a#b", "c"), ("a$23b", "c"), ("a", "b$23c"), ("a#b#c", "-")]
    made = set()
    for user, key in pairs:
        headers = {"Idempotency-Key": key}
        answer = client.having(user=user)("POST", NOTES, {"text": "x"}, headers=headers)
        assert answer.status == 201, answer.text
        made.add(answer.json["id"])
    assert len(made) == len(pairs)


def test_the_longest_caller_and_key_fit_a_key_of_the_table(client: Client) -> None:
    caller = client.having(tenant="o" * 64, user="#" * 128)
    headers = {"Idempotency-Key": "#" * 255}
    assert caller("POST", NOTES, {"text": "x"}, headers=headers).status == 201


def test_a_refused_request_does_not_use_the_key(client: Client) -> None:
    assert client("POST", NOTES, {}, headers=KEY).status == 400
    client("POST", COURSES, {"title": "x", "slug": "taken"})
    taken = {"title": "y", "slug": "taken"}
    assert client("POST", COURSES, taken, headers=KEY).status == 409
    assert client("POST", NOTES, {"text": "one"}, headers=KEY).status == 201


def test_an_expired_record_is_overwritten(client: Client, table: Table) -> None:
    first = client("POST", NOTES, {"text": "one"}, headers=KEY)
    pk = f"{client.tenant}#!idempotency#{client.user}#key-1"
    record = table.item(pk)
    assert record is not None
    assert abs(int(record["ttl"]["N"]) - time.time() - 24 * 3600) < 60
    table.put({**record, "ttl": {"N": str(int(time.time()) - 1)}})
    second = client("POST", NOTES, {"text": "two"}, headers=KEY)
    assert (second.status, second.json["text"]) == (201, "two")
    assert second.json["id"] != first.json["id"]
    assert client("POST", NOTES, {"text": "two"}, headers=KEY).json == second.json


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "a\n", "x" * 256, "a, b"])
def test_what_is_no_key_is_400(client: Client, table: Table, key: str) -> None:
    answer = client("POST", NOTES, {"text": "x"}, headers={"Idempotency-Key": key})
    assert (answer.status, answer.json["code"]) == (400, "idempotency_key")
    assert table.items() == []


@pytest.mark.parametrize("key", ["x" * 255, "#!$/~", "a"])
def test_every_visible_character_may_stand_in_a_key(client: Client, key: str) -> None:
    headers = {"Idempotency-Key": key}
    first = client("POST", NOTES, {"text": "x"}, headers=headers)
    assert client("POST", NOTES, {"text": "x"}, headers=headers).text == first.text


def test_a_restoration_is_replayed_too(client: Client) -> None:
    path = f"{COURSES}/{client('POST', COURSES, {'title': 'x', 'slug': 'x'}).json['id']}"
    client("DELETE", path)
    first = client("POST", f"{path}/restore", headers=KEY)
    again = client("POST", f"{path}/restore", headers=KEY)
    assert (first.status, again.status, again.text) == (200, 200, first.text)
    assert again.headers["idempotency-replayed"] == "true"
    assert client("POST", f"{path}/restore").status == 409
    assert client("POST", NOTES, {"text": "x"}, headers=KEY).status == 422


def test_a_record_holds_the_answer_and_no_entry_of_an_index(client: Client, table: Table) -> None:
    client("POST", COURSES, {"title": "x", "slug": "x"}, headers=KEY)
    kept = {item["pk"]["S"].partition("#")[2]: item for item in table.items()}
    (answer,) = (item["answer"]["M"] for item in kept.values() if "answer" in item)
    assert any(name.startswith("gsi") for name in kept["course"])
    assert answer == {n: v for n, v in kept["course"].items() if not n.startswith("gsi")}
