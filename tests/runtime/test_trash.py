"""The trash: what lies there, for how long, and the way back."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest

from .client import Client
from .conftest import Table
from .sample_api.course import courses
from .test_collection import COURSES, NOTES, TRASH, course


def test_the_trash_is_for_roles_that_delete(client: Client) -> None:
    path = course(client)
    client("DELETE", path)
    for groups in ("member", "instructor"):
        assert client.having(groups=groups)("GET", COURSES, query=TRASH).status == 403
    (item,) = client("GET", COURSES, query=TRASH).json["items"]
    assert path.endswith(item["id"])


def test_the_trash_is_in_no_index_and_ends(client: Client, table: Table) -> None:
    path = course(client, starts_on="2026-01-01")
    client("DELETE", path)
    (item,) = table.items()
    assert item["pk"] == {"S": f"{client.tenant}#!trash#course"}
    assert abs(int(item["ttl"]["N"]) - time.time() - 2592000) < 60
    assert not [name for name in item if name.startswith("gsi")]
    for query in ({}, {"sort": "starts_on"}, {"level": "beginner"}):
        assert client("GET", COURSES, query=query).json["items"] == []


def trashed(client: Client, path: str = COURSES) -> list[dict[str, Any]]:
    """Items of a trash."""
    items: list[dict[str, Any]] = client("GET", path, query=TRASH).json["items"]
    return items


def test_the_trash_says_when_an_item_went_and_until_when_it_can_come_back(
    client: Client, table: Table
) -> None:
    path = course(client)
    live = client("GET", path).json
    client("DELETE", path)
    (item,) = trashed(client)
    times = {name: item.pop(name) for name in ("deleted_at", "restorable_until")}
    assert item == live
    went, ends = (datetime.fromisoformat(time) for time in times.values())
    assert all(
        time.endswith("Z") and len(time) == len(live["created_at"]) for time in times.values()
    )
    assert times["deleted_at"] > live["updated_at"]
    assert abs((ends - went).total_seconds() - 2592000) < 60
    (stored,) = table.items()
    assert ends.timestamp() == int(stored["ttl"]["N"])


def test_times_of_the_trash_are_those_of_the_deletion_whatever_retain_says_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client("DELETE", course(client))
    before = trashed(client)
    monkeypatch.setattr(courses, "retain_seconds", 5)
    assert trashed(client) == before


def test_only_the_list_of_the_trash_has_its_times(client: Client, table: Table) -> None:
    path = course(client)
    client("DELETE", path)
    answers = [client("POST", f"{path}/restore"), client("GET", path)]
    listed = client("GET", COURSES).json["items"]
    changed = client("PATCH", path, {"title": "y"})
    for item in (*[answer.json for answer in answers], *listed, changed.json):
        assert not {"deleted_at", "restorable_until"} & item.keys()
    assert [item for item in table.items() if "deleted_at" in item or "ttl" in item] == []
    client("DELETE", path)
    (again,) = trashed(client)
    assert again["deleted_at"] > changed.json["updated_at"]


@pytest.mark.parametrize(
    ("attributes", "times", "noted"),
    [
        ({"deleted_at": None}, {"deleted_at"}, ""),
        ({"deleted_at": {"N": "5"}}, {"deleted_at"}, "deleted_at"),
        ({"ttl": {"S": "x"}}, {"restorable_until"}, "ttl"),
        ({"ttl": {"N": "1.5"}}, {"restorable_until"}, "ttl"),
        ({"ttl": {"N": "9" * 30}}, {"restorable_until"}, "ttl"),
    ],
)
def test_a_time_of_the_trash_that_is_not_known_is_null(
    client: Client, table: Table, capsys: pytest.CaptureFixture[str],
    attributes: dict[str, Any], times: set[str], noted: str,
) -> None:  # fmt: skip
    path = course(client)
    client("DELETE", path)
    (stored,) = table.items()
    table.put({name: of for name, of in {**stored, **attributes}.items() if of is not None})
    capsys.readouterr()
    (item,) = trashed(client)
    assert {name for name in ("deleted_at", "restorable_until") if item[name] is None} == times
    log = capsys.readouterr().out
    assert (f"course {item['id']}: {noted}" in log) if noted else ("course " not in log)
    assert client("POST", f"{path}/restore").status == 200


@pytest.mark.parametrize(("path", "code"), [(COURSES, "read_only"), (NOTES, "unknown")])
def test_no_client_sets_the_times_of_the_trash(client: Client, path: str, code: str) -> None:
    refused = client("POST", path, {"restorable_until": "2030-01-01T00:00:00Z"})
    assert refused.status == 400
    assert {"pointer": "/restorable_until", "code": code}.items() <= refused.json["errors"][
        0
    ].items()


def test_an_expired_item_is_gone_although_dynamodb_still_has_it(
    client: Client, table: Table
) -> None:
    paths = [course(client) for _ in range(3)]
    for path in paths:
        client("DELETE", path)
    for item in table.items():
        if item["sk"]["S"] in paths[0] + paths[1]:
            table.put({**item, "ttl": {"N": str(int(time.time()) - 5)}})
    page = client("GET", COURSES, query={**TRASH, "limit": "1"}).json
    assert [item["id"] for item in page["items"]] == [paths[2].rpartition("/")[2]]
    assert client("POST", f"{paths[0]}/restore").status == 404
    assert client("POST", f"{paths[2]}/restore").status == 200


def test_a_restored_item_is_as_it_was_a_version_later(client: Client) -> None:
    path = course(client, price="1.50", tags=["a"], level="advanced")
    before = client("GET", path).json
    client("DELETE", path)
    restored = client.having(user="u-2")("POST", f"{path}/restore")
    after = restored.json
    assert (after["version"], after["updated_by"]) == (2, "u-2")
    stamps = {name: after[name] for name in ("version", "updated_at", "updated_by")}
    assert after == {**before, **stamps} == client("GET", path).json
    assert client("GET", COURSES, query={"level": "advanced"}).json["items"] == [after]
    assert client("PATCH", path, {"title": "y"}, headers={"If-Match": '"1"'}).status == 412


def test_what_is_not_in_the_trash_cannot_be_restored(client: Client) -> None:
    assert client("POST", f"{COURSES}/01K00000000000000000000000/restore").status == 404
    live = client("POST", f"{course(client)}/restore")
    assert (live.status, live.json["code"]) == (409, "not_deleted")


def test_a_restore_may_be_conditional(client: Client) -> None:
    path = course(client)
    client("DELETE", path)
    assert client("POST", f"{path}/restore", headers={"If-Match": '"9"'}).status == 412
    assert client("POST", f"{path}/restore", headers={"If-Match": '"1"'}).status == 200


def test_a_value_that_was_taken_meanwhile_stands_against_a_restore(
    client: Client, table: Table
) -> None:
    path = course(client, slug="taken")
    client("DELETE", path)
    course(client, slug="taken")
    kept = table.items()
    refused = client("POST", f"{path}/restore")
    assert (refused.status, refused.errors) == (409, {"/slug": "unique"})
    assert table.items() == kept
