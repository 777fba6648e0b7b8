"""Collections: owners, patches, lists and conditions."""

from __future__ import annotations

import time
from typing import Any

import pytest

from nexus_runtime import listing

from .client import Client
from .conftest import Table
from .wire import Wire

NOTES = "/education/notes"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
ENROLLMENTS = "/education/enrollments"
TRASH = {"deleted": "true"}


def new(client: Client, path: str, body: Any) -> str:
    """Path of a new item."""
    answer = client("POST", path, body)
    assert answer.status == 201, answer.text
    return f"{path}/{answer.json['id']}"


def course(client: Client, **fields: Any) -> str:
    """Path of a new course."""
    return new(client, COURSES, {"title": "x", "slug": f"s-{time.monotonic_ns()}", **fields})


# Owners


def test_the_creator_may_write_and_nobody_else_without_a_role(client: Client) -> None:
    ada, bob = (client.having(user=user, groups="member") for user in ("ada", "bob"))
    path = new(ada, NOTES, {"text": "x"})
    for method, body in (("PATCH", {"text": "y"}), ("DELETE", None)):
        refused = bob(method, path, body)
        assert (refused.status, refused.json["code"]) == (403, "not_owner")
    assert ada("PATCH", path, {"text": "y"}).status == 200
    assert client("PATCH", path, {"text": "z"}).json["created_by"] == "ada"
    assert ada("DELETE", path).status == 204
    assert bob("DELETE", path).status == 404


def test_the_creator_reads_their_own_items_and_no_other_exists(client: Client) -> None:
    id = course(client).rpartition("/")[2]
    ada, bob = (client.having(user=user, groups="member") for user in ("ada", "bob"))
    path = new(ada, ENROLLMENTS, {"course": id})
    new(bob, ENROLLMENTS, {"course": id})
    assert ada("GET", path).status == 200
    absent = bob("GET", f"{ENROLLMENTS}/01K00000000000000000000000")
    foreign = bob("GET", path)
    assert (foreign.status, foreign.json["code"]) == (absent.status, absent.json["code"])
    assert [item["created_by"] for item in ada("GET", ENROLLMENTS).json["items"]] == ["ada"]
    assert len(client("GET", ENROLLMENTS).json["items"]) == 2
    assert bob("GET", ENROLLMENTS, query={"created_by": "ada"}).status == 403
    assert bob("GET", ENROLLMENTS, query={"course": id}).status == 400
    assert len(client("GET", ENROLLMENTS, query={"created_by": "ada"}).json["items"]) == 1


# Patches


def test_objects_maps_and_free_json_are_merged_and_checked_whole(client: Client) -> None:
    body = {
        "course": course(client).rpartition("/")[2],
        "answers": {"a": "1", "b": "2"},
        "settings": {"x": {"y": 1, "z": 2}},
        "place": {"room": "A", "seat": 4},
    }
    path = new(client, ENROLLMENTS, body)
    patch = {
        "answers": {"a": None, "c": "3"},
        "settings": {"x": {"y": None}},
        "place": {"seat": None},
    }
    tag = {"If-Match": '"1"'}
    item = client("PATCH", path, patch, headers=tag).json
    assert item["answers"] == {"b": "2", "c": "3"}
    assert item["settings"] == {"x": {"z": 2}}
    assert item["place"] == {"room": "A", "seat": None}
    bad = {"place": {"room": None}, "answers": {"d": 1}, "progress": 2}
    refused = client("PATCH", path, {**bad, "progress": 1}, headers={"If-Match": "*"})
    assert refused.errors == {"/place/room": "required", "/answers/d": "type"}
    assert client("PATCH", path, bad, headers={"If-Match": "*"}).errors == {"/progress": "maximum"}
    assert client("GET", path).json == item


def test_null_clears_resets_or_is_refused(client: Client) -> None:
    path = course(client, level="advanced", capacity=5)
    item = client("PATCH", path, {"level": None, "capacity": None}).json
    assert (item["level"], item["capacity"]) == ("beginner", None)
    refused = client("PATCH", path, {"title": None, "slug": None, "version": 1, "nope": None})
    assert refused.errors == {
        "/title": "required",
        "/slug": "immutable",
        "/version": "read_only",
        "/nope": "unknown",
    }


def test_only_what_changed_is_written(client: Client, wire: Wire) -> None:
    path = course(client, capacity=5, price="1.50", tags=["a"])
    same = {"capacity": 5, "price": "1.5", "tags": ["a"], "summary": None}
    with wire.counting() as seen:
        assert client("PATCH", path, {**same, "title": "y"}).json["version"] == 2
    assert seen == ["GetItem", "UpdateItem"]
    body = wire.requests[-1].body.decode()
    for name in ("capacity", "price", "tags", "summary", "gsi", "slug", "refs"):
        assert f'"{name}' not in body
    with wire.counting() as seen:
        assert client("PATCH", path, same).json["version"] == 2
    assert seen == ["GetItem"]


def test_an_index_entry_moves_and_leaves_with_its_value(client: Client, table: Table) -> None:
    teachers = [
        new(client, INSTRUCTORS, {"name": "A", "email": f"{n}@example.com"}).rpartition("/")[2]
        for n in range(2)
    ]
    path = course(client, instructor=teachers[0], starts_on="2026-01-01")
    for wanted in (teachers[1], None):
        client("PATCH", path, {"instructor": wanted})
        found = [client("GET", COURSES, query={"instructor": id}).json["items"] for id in teachers]
        assert [len(items) for items in found] == [0, 1 if wanted else 0]
    (item,) = [i for i in table.items() if i["sk"]["S"] == path.rpartition("/")[2]]
    assert "gsi2pk" not in item
    assert "gsi2sk" not in item


def test_an_item_older_than_an_index_gets_its_entry_at_the_next_change(
    client: Client, table: Table
) -> None:
    path = course(client, starts_on="2026-01-01")
    (item,) = [i for i in table.items() if "gsi3pk" in i]
    table.put({name: value for name, value in item.items() if name[:4] != "gsi3"})
    assert client("GET", COURSES, query={"sort": "starts_on"}).json["items"] == []
    assert client("PATCH", path, {"title": "y"}).status == 200
    assert len(client("GET", COURSES, query={"sort": "starts_on"}).json["items"]) == 1


# Lists


def test_a_page_of_large_items_takes_more_calls_and_stays_in_order(
    client: Client, wire: Wire
) -> None:
    for number in range(5):
        new(client, NOTES, {"text": str(number) + "x" * 390_000})
    with wire.counting() as seen:
        page = client("GET", NOTES).json
    assert seen == ["Query"] * 3
    assert [item["text"][0] for item in page["items"]] == ["0", "1", "2", "3", "4"]
    assert page["next_cursor"] is None


def test_a_page_never_grows_past_what_lambda_can_answer(
    client: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MAX_QUERIES", 1)
    for number in range(7):
        new(client, NOTES, {"text": str(number) + "x" * 390_000})
    seen: list[str] = []
    query: dict[str, str] = {}
    while True:
        page = client("GET", NOTES, query=query).json
        seen += [item["text"][0] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        assert 0 < len(page["items"]) < 7
        query = {"cursor": page["next_cursor"]}
    assert seen == ["0", "1", "2", "3", "4", "5", "6"]


def test_a_page_of_items_that_fill_queries_badly_is_full(client: Client, wire: Wire) -> None:
    for _ in range(18):
        new(client, NOTES, {"text": "x" * 350_000})
    with wire.counting() as seen:
        page = client("GET", NOTES).json
    assert (len(page["items"]), seen) == (17, ["Query"] * 9)
    assert page["next_cursor"] is not None


def test_numbers_order_an_index(client: Client) -> None:
    id = course(client).rpartition("/")[2]
    values = [0.5, 0, 1, 0.25, 0.125, 0.75]
    for value in values:
        new(client, ENROLLMENTS, {"course": id, "progress": value})
    page = client("GET", ENROLLMENTS, query={"sort": "-progress"}).json["items"]
    assert [item["progress"] for item in page] == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"title": "x"}, "title"),
        ({"sort": "title"}, "sort"),
        ({"level": "beginner", "instructor": "01K00000000000000000000000"}, "instructor"),
        ({"level": "x"}, "level"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "٣"}, "limit"),
        ({"deleted": "yes"}, "deleted"),
        ({"deleted": "true", "level": "beginner"}, "level"),
        ({"deleted": "true", "sort": "starts_on"}, "sort"),
        ({"pk": "x"}, "pk"),
        ({"": ""}, ""),
    ],
)
def test_what_no_index_serves_is_400(
    client: Client, wire: Wire, query: dict[str, str], parameter: str
) -> None:
    answer = client("GET", COURSES, query=query)
    assert answer.status == 400
    assert list(answer.errors) == [parameter]
    assert wire.count() == 0


def test_a_collection_without_a_trash_refuses_to_list_it(client: Client) -> None:
    assert client("GET", NOTES, query=TRASH).status == 400
    assert client("GET", NOTES, query={"deleted": "false"}).status == 200


# Conditions


@pytest.mark.parametrize(
    ("tag", "status"), [('"1"', 204), ('"2"', 412), ("*", 204), ("x", 400), ('"7", "1"', 204)]
)
@pytest.mark.parametrize("path", [NOTES, COURSES])
def test_a_delete_is_conditional(client: Client, path: str, tag: str, status: int) -> None:
    body = {"text": "x"} if path == NOTES else {"title": "x", "slug": "x"}
    item = new(client, path, body)
    assert client("DELETE", item, headers={"If-Match": tag}).status == status
    assert client("GET", item).status == (404 if status == 204 else 200)


def test_a_condition_is_demanded_where_the_spec_says_so(client: Client) -> None:
    path = new(client, ENROLLMENTS, {"course": course(client).rpartition("/")[2]})
    for method, body in (("PATCH", {"progress": 1}), ("DELETE", None)):
        assert client(method, path, body).status == 428
    assert client("PATCH", path, {"progress": 1}, headers={"If-Match": '"1"'}).status == 200
    assert client("DELETE", path, headers={"If-Match": '"2"'}).status == 204
