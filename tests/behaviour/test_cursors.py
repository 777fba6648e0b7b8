"""Cursors are opaque, and good for one organization's one query."""

from __future__ import annotations

import base64

import pytest

from .api import Client
from .samples import COURSES, RACKS, SAMPLES, course, sample


@pytest.fixture
def cursor(client: Client) -> str:
    """The cursor of a page of samples ordered by label."""
    for number in range(5):
        client.post(SAMPLES, sample(label=f"canary-{number}", batch="one"))
    cursor: str = client.get(SAMPLES, query={"sort": "label", "limit": "2"}).json["next_cursor"]
    return cursor


def test_a_cursor_continues_its_query(client: Client, cursor: str) -> None:
    answer = client.get(SAMPLES, query={"sort": "label", "limit": "3", "cursor": cursor})
    assert [item["label"] for item in answer.json["items"]] == ["canary-2", "canary-3", "canary-4"]


def test_a_cursor_holds_no_organization_and_fits_in_a_url(client: Client, cursor: str) -> None:
    assert cursor.replace("-", "").replace("_", "").replace(".", "").isalnum()
    decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert client.tenant.encode() not in decoded


def test_a_cursor_of_another_organization_is_400(
    client: Client, other: Client, cursor: str
) -> None:
    query = {"sort": "label", "cursor": cursor}
    for number in range(3):
        other.post(SAMPLES, sample(label=str(number)))
    answer = other.get(SAMPLES, query=query)
    assert answer.status == 400
    assert "cursor" in answer.errors
    assert client.get(SAMPLES, query=query).status == 200


@pytest.mark.parametrize(
    "query",
    [{}, {"sort": "-label"}, {"sort": "position"}, {"batch": "one"}, {"sort": "-created_at"}],
    ids=str,
)
def test_a_cursor_of_another_query_is_400(
    client: Client, cursor: str, query: dict[str, str]
) -> None:
    assert client.get(SAMPLES, query={**query, "cursor": cursor}).status == 400


def test_a_cursor_of_another_filter_value_is_400(client: Client, cursor: str) -> None:
    page = client.get(SAMPLES, query={"batch": "one", "limit": "2"}).json
    query = {"batch": "two", "cursor": page["next_cursor"]}
    assert client.get(SAMPLES, query=query).status == 400


def test_a_cursor_of_another_collection_is_400(client: Client, cursor: str) -> None:
    page = client.get(SAMPLES, query={"limit": "2"}).json
    for path in (COURSES, RACKS):
        assert client.get(path, query={"cursor": page["next_cursor"]}).status == 400


def test_a_cursor_of_another_parent_is_400(client: Client) -> None:
    paths = []
    for _ in range(2):
        id = client.post(COURSES, course()).json["id"]
        paths.append(f"{COURSES}/{id}/lessons")
        for position in range(3):
            client.post(paths[-1], {"title": "x", "position": position})
    page = client.get(paths[0], query={"limit": "1"}).json
    assert client.get(paths[1], query={"cursor": page["next_cursor"]}).status == 400


def test_a_cursor_may_go_on_with_another_limit(client: Client, cursor: str) -> None:
    answer = client.get(SAMPLES, query={"sort": "label", "limit": "1", "cursor": cursor})
    assert len(answer.json["items"]) == 1


def test_every_flipped_bit_is_400(client: Client, cursor: str) -> None:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for position in range(len(raw)):
        flipped = bytearray(raw)
        flipped[position] ^= 1 << (position % 8)
        forged = base64.urlsafe_b64encode(bytes(flipped)).decode().rstrip("=")
        answer = client.get(SAMPLES, query={"sort": "label", "cursor": forged})
        assert answer.status == 400, position


def test_every_truncation_is_400(client: Client, cursor: str) -> None:
    for length in range(len(cursor)):
        answer = client.get(SAMPLES, query={"sort": "label", "cursor": cursor[:length]})
        assert answer.status == 400, length


@pytest.mark.parametrize(
    "forged", ["x", "AAAA", "null", "%", "é", "😀", "=", "A" * 5000, "\x00", "..", "e30"]
)
def test_what_never_was_a_cursor_is_400(client: Client, forged: str) -> None:
    client.post(SAMPLES, sample())
    answer = client.get(SAMPLES, query={"cursor": forged})
    assert answer.status == 400
    assert "cursor" in answer.errors


def test_a_long_sort_value_makes_a_cursor_that_works(client: Client) -> None:
    for _ in range(2):
        assert client.post(SAMPLES, sample(batch="b" * 491, label="😀" * 64)).status == 201
    page = client.get(SAMPLES, query={"sort": "label", "limit": "1"}).json
    query = {"sort": "label", "limit": "1", "cursor": page["next_cursor"]}
    assert len(client.get(SAMPLES, query=query).json["items"]) == 1
