"""What operations cost, in calls of DynamoDB."""

from __future__ import annotations

import pytest

from .client import Client
from .wire import Wire

NOTES = "/education/notes"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"


@pytest.fixture
def note(client: Client) -> str:
    """Path of a plain item."""
    return f"{NOTES}/{client('POST', NOTES, {'text': 'x'}).json['id']}"


@pytest.fixture
def course(client: Client) -> str:
    """Path of an item with a unique field and a trash."""
    return f"{COURSES}/{client('POST', COURSES, {'title': 'x', 'slug': 'x'}).json['id']}"


def test_plain_items(client: Client, wire: Wire, note: str) -> None:
    for method, body, operations in (
        ("GET", None, ["GetItem"]),
        ("PATCH", {"text": "y"}, ["GetItem", "UpdateItem"]),
        ("PATCH", {"text": "y"}, ["GetItem"]),
        ("DELETE", None, ["DeleteItem"]),
        ("DELETE", None, ["DeleteItem"]),
    ):
        with wire.counting() as seen:
            client(method, note, body)
        assert seen == operations, method
    with wire.counting() as seen:
        client("POST", NOTES, {"text": "x"})
    assert seen == ["PutItem"]


@pytest.mark.parametrize("query", [{}, {"sort": "-created_at"}, {"limit": "2"}])
def test_a_page_is_one_query(client: Client, wire: Wire, query: dict[str, str]) -> None:
    for _ in range(3):
        client("POST", NOTES, {"text": "x"})
    with wire.counting() as seen:
        assert client("GET", NOTES, query=query).status == 200
    assert seen == ["Query"]


def test_an_item_with_relations_is_created_in_one_transaction(client: Client, wire: Wire) -> None:
    teacher = client("POST", INSTRUCTORS, {"name": "Ada", "email": "ada@example.com"}).json["id"]
    body = {"title": "x", "slug": "x", "instructor": teacher}
    with wire.counting() as seen:
        path = f"{COURSES}/{client('POST', COURSES, body).json['id']}"
        assert client("POST", f"{path}/lessons", {"title": "x", "position": 1}).status == 201
        headers = {"Idempotency-Key": "k"}
        assert client("POST", NOTES, {"text": "x"}, headers=headers).status == 201
    assert seen == ["TransactWriteItems"] * 3


def test_what_needs_content_is_a_read_and_a_transaction(
    client: Client, wire: Wire, course: str
) -> None:
    teacher = client("POST", INSTRUCTORS, {"name": "Ada", "email": "ada@example.com"}).json["id"]
    two = ["GetItem", "TransactWriteItems"]
    for method, path, body in (
        ("PATCH", course, {"instructor": teacher}),
        ("PATCH", f"{INSTRUCTORS}/{teacher}", {"email": "b@example.com"}),
        ("DELETE", course, None),
        ("POST", f"{course}/restore", None),
    ):
        with wire.counting() as seen:
            assert client(method, path, body).status in (200, 204)
        assert seen == two, (method, path)


def test_a_plain_child_is_deleted_in_one_call(client: Client, wire: Wire, course: str) -> None:
    lesson = client("POST", f"{course}/lessons", {"title": "x", "position": 1}).json["id"]
    with wire.counting() as seen:
        assert client("DELETE", f"{course}/lessons/{lesson}").status == 204
    assert seen == ["TransactWriteItems"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", NOTES, {"text": 1}),
        ("PATCH", f"{NOTES}/01K00000000000000000000000", {"text": None}),
        ("PATCH", f"{NOTES}/01K00000000000000000000000", {"id": "x"}),
        ("GET", f"{NOTES}/not-an-id", None),
        ("GET", f"{COURSES}/x/lessons", None),
        ("PATCH", "/education/enrollments/01K00000000000000000000000", {"progress": 1}),
    ],
)
def test_a_request_that_cannot_be_served_costs_nothing(
    client: Client, wire: Wire, method: str, path: str, body: object
) -> None:
    with wire.counting() as seen:
        assert client(method, path, body).status in (400, 404, 428)
    assert seen == []
