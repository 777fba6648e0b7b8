"""Cursors: good for one query of one tenant, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_runtime import cursors
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem

from .client import Client
from .wire import Wire, answer, away

ORG = Tenant("acme")
SCOPE = ("course", None, "+", "by_level", "=", "'beginner'")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NOTES = "/education/notes"
COURSES = "/education/courses"


@pytest.fixture(autouse=True, scope="module")
def key() -> object:
    """A key without KMS; tests of the API make their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cursors, "_key", b"k" * 32)
        yield


def refused(tenant: Tenant, scope: tuple[str | None, ...], cursor: str) -> bool:
    """Whether a cursor is answered with 400."""
    try:
        cursors.unseal(tenant, scope, cursor)
    except Problem as problem:
        return problem.status == 400
    return False


@given(TEXT)
def test_a_cursor_gives_its_position_back(position: str) -> None:
    cursor = cursors.seal(ORG, SCOPE, position)
    assert cursors.unseal(ORG, SCOPE, cursor) == position


@given(TEXT, TEXT, TEXT)
def test_a_cursor_is_bound_to_tenant_and_scope(position: str, one: str, other: str) -> None:
    cursor = cursors.seal(ORG, (one, other), position)
    assert refused(Tenant("acme2"), (one, other), cursor)
    assert refused(ORG, (one, other, ""), cursor)
    assert refused(ORG, (one + other,), cursor)
    assert refused(ORG, (other, one), cursor) == (one != other)
    assert refused(ORG, (one, None), cursor)


@given(TEXT, st.data())
def test_a_changed_cursor_is_refused(position: str, data: st.DataObject) -> None:
    cursor = cursors.seal(ORG, SCOPE, position)
    at = data.draw(st.integers(0, len(cursor) - 1))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n"
    character = data.draw(st.sampled_from(alphabet))
    changed = cursor[:at] + character + cursor[at + 1 :]
    assert refused(ORG, SCOPE, changed) == (changed != cursor)
    assert refused(ORG, SCOPE, cursor[:at])
    assert refused(ORG, SCOPE, cursor + character)


@pytest.mark.parametrize("text", ["", "x", "é", "=" * 8, "A" * 3000, "\ud800", "AAAA AAAA"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    assert refused(ORG, SCOPE, text)


def pages(client: Client, path: str, count: int, **query: str) -> str:
    """The cursor of a first page of a collection with some items."""
    for number in range(count):
        body = {"text": "x"} if path == NOTES else {"title": "x", "slug": f"s-{number}"}
        assert client("POST", path, body).status == 201
    cursor: str = client("GET", path, query={"limit": "1", **query}).json["next_cursor"]
    return cursor


def test_a_cursor_of_another_query_direction_collection_or_tenant_is_400(client: Client) -> None:
    cursor = pages(client, COURSES, 3, sort="starts_on")
    assert client("GET", COURSES, query={"sort": "starts_on", "cursor": cursor}).status == 200
    for query in (
        {},
        {"sort": "-starts_on"},
        {"sort": "starts_on", "level": "beginner"},
        {"deleted": "true"},
    ):
        answer = client("GET", COURSES, query={**query, "cursor": cursor})
        assert (answer.status, answer.errors) == (400, {"cursor": "cursor"})
    assert client("GET", NOTES, query={"cursor": cursor}).status == 400
    other = client.having(tenant=f"{client.tenant}0")
    assert other("GET", COURSES, query={"sort": "starts_on", "cursor": cursor}).status == 400


def test_a_cursor_carries_no_partition_and_no_tenant(client: Client) -> None:
    import base64

    cursor = pages(client, NOTES, 2)
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert client.tenant.encode() not in raw
    assert b"#" not in raw[16:]


def test_a_cursor_of_one_owner_is_not_another_owners(client: Client) -> None:
    course = client("POST", COURSES, {"title": "x", "slug": "x"}).json["id"]
    learners = [client.having(user=user, groups="member") for user in ("u-1", "u-2")]
    path = "/education/enrollments"
    for learner in learners:
        for _ in range(2):
            assert learner("POST", path, {"course": course}).status == 201
    cursor = learners[0]("GET", path, query={"limit": "1"}).json["next_cursor"]
    assert learners[0]("GET", path, query={"cursor": cursor}).status == 200
    assert learners[1]("GET", path, query={"cursor": cursor}).status == 400


def test_kms_is_asked_once_a_container_and_only_where_there_is_a_cursor(
    client: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cursors, "_key", None)
    assert client("GET", NOTES).status == 200
    assert wire.count("kms") == 0
    cursor = pages(client, NOTES, 3)
    assert client("GET", NOTES, query={"cursor": cursor, "limit": "1"}).status == 200
    assert wire.count("kms") == 1


def test_two_containers_understand_each_others_cursors(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cursors, "_key", None)
    cursor = pages(client, NOTES, 2)
    monkeypatch.setattr(cursors, "_key", None)
    assert len(client("GET", NOTES, query={"cursor": cursor}).json["items"]) == 1


def test_without_kms_a_cursor_is_503_or_500_and_never_unauthenticated(
    client: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages(client, NOTES, 2)
    query = {"limit": "1"}
    monkeypatch.setattr(cursors, "_key", None)
    from botocore.exceptions import EndpointConnectionError

    down = away(EndpointConnectionError(endpoint_url="https://kms"))
    wire.next(down, down, service="kms")
    unavailable = client("GET", NOTES, query=query)
    assert (unavailable.status, "retry-after" in unavailable.headers) == (503, True)
    wire.next(answer(400, "AccessDeniedException"), service="kms")
    assert client("GET", NOTES, query=query).status == 500
    wire.next(answer(400, "ThrottlingException"), service="kms")
    assert client("GET", NOTES, query=query).status == 200
