"""DELETE, the trash, and the way back."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from .api import Client
from .estate import Table
from .samples import ABSENT, COURSES, INSTRUCTORS, SAMPLES, course, instructor, lesson, sample
from .wire import Wire

TRASH = {"deleted": "true"}


def new_course(client: Client, **fields: object) -> str:
    """Path of a new course."""
    answer = client.post(COURSES, course(**fields))
    assert answer.status == 201, answer.text
    return f"{COURSES}/{answer.json['id']}"


def test_delete_answers_204_without_a_body(client: Client, table: Table) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    answer = client.delete(path)
    assert (answer.status, answer.text) == (204, "")
    assert client.get(path).status == 404
    assert table.items() == []


def test_deleting_again_or_what_never_was_is_404(client: Client) -> None:
    path = new_course(client)
    client.delete(path)
    assert client.delete(path).status == 404
    assert client.delete(f"{COURSES}/{ABSENT}").status == 404
    assert client.delete(f"{SAMPLES}/{ABSENT}").status == 404


def test_a_deletion_takes_any_number_of_tags(client: Client, wire: Wire) -> None:
    """DynamoDB's IN takes 100 values: one more is a ValidationException there, and none on moto."""
    tags = [f'"{version}"' for version in range(1, 1000)]
    for count, operations in ((100, ["DeleteItem"]), (101, ["GetItem", "DeleteItem"])):
        path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
        wire.reset()
        assert client.delete(path, headers={"If-Match": ", ".join(tags[1:])}).status == 412
        wire.reset()
        assert client.delete(path, headers={"If-Match": ", ".join(tags[:count])}).status == 204
        assert wire.operations() == operations
        assert len(wire.calls[-1].parameters["ExpressionAttributeValues"]) <= 101


def test_a_deleted_item_is_in_no_list(client: Client) -> None:
    path = new_course(client, level="advanced")
    client.delete(path)
    for query in ({}, {"level": "advanced"}, {"sort": "starts_on"}):
        assert client.get(COURSES, query=query).json["items"] == []
    assert client.get(path).status == 404
    assert client.patch(path, {"title": "x"}).status == 404


def test_the_trash_lists_deleted_items(client: Client) -> None:
    paths = [new_course(client, title=str(number)) for number in range(3)]
    first = client.get(paths[0]).json
    client.delete(paths[0])
    client.delete(paths[2])
    items = client.get(COURSES, query=TRASH).json["items"]
    assert [item["title"] for item in items] == ["0", "2"]
    stamps = ("updated_at", "updated_by", "version")
    unstamped = {name: value for name, value in first.items() if name not in stamps}
    assert unstamped.items() <= items[0].items()
    assert [i["title"] for i in client.get(COURSES).json["items"]] == ["1"]


def test_the_times_of_the_trash_and_what_goes_there_with_its_parent(client: Client) -> None:
    path = new_course(client)
    lessons = f"{path}/lessons"
    assert client.post(lessons, lesson()).status == 201
    client.delete(path)
    for collection in (COURSES, lessons):
        (item,) = client.get(collection, query=TRASH).json["items"]
        went, ends = (
            datetime.fromisoformat(item[name]) for name in ("deleted_at", "restorable_until")
        )
        assert went.timestamp() > datetime.fromisoformat(item["updated_at"]).timestamp()
        assert abs((ends - went).total_seconds() - 30 * 86_400) < 60
    client.post(f"{path}/restore")
    (live,) = client.get(COURSES).json["items"]
    assert not {"deleted_at", "restorable_until"} & live.keys()


def test_the_trash_has_pages(client: Client) -> None:
    for number in range(5):
        client.delete(new_course(client, title=str(number)))
    first = client.get(COURSES, query={**TRASH, "limit": "3"}).json
    rest = client.get(COURSES, query={**TRASH, "limit": "3", "cursor": first["next_cursor"]}).json
    titles = [item["title"] for item in first["items"] + rest["items"]]
    assert (titles, rest["next_cursor"]) == (["0", "1", "2", "3", "4"], None)


def test_a_cursor_of_the_list_is_not_one_of_the_trash(client: Client) -> None:
    for number in range(3):
        new_course(client, title=str(number))
    cursor = client.get(COURSES, query={"limit": "1"}).json["next_cursor"]
    assert client.get(COURSES, query={**TRASH, "cursor": cursor}).status == 400


def test_only_who_may_delete_sees_the_trash(client: Client) -> None:
    client.delete(new_course(client))
    for groups in ("member", "instructor"):
        assert client.having(groups=groups).get(COURSES, query=TRASH).status == 403
    assert client.get(COURSES, query=TRASH).status == 200


def test_an_entity_without_soft_delete_has_no_trash(client: Client) -> None:
    assert client.get(SAMPLES, query=TRASH).status == 400
    restore = f"{SAMPLES}/{ABSENT}/restore"
    assert client.post(restore).status in (404, 405)


@pytest.mark.parametrize("value", ["1", "TRUE", "", "yes"])
def test_a_deleted_that_is_no_boolean_is_400(client: Client, value: str) -> None:
    assert client.get(COURSES, query={"deleted": value}).status == 400


def test_deleted_false_is_the_ordinary_list(client: Client) -> None:
    new_course(client)
    assert len(client.get(COURSES, query={"deleted": "false"}).json["items"]) == 1


def test_the_trash_expires_after_the_time_that_the_spec_gives(client: Client, table: Table) -> None:
    client.delete(new_course(client))
    (trashed,) = (item for item in table.items() if "!trash#" in item["pk"]["S"])
    assert abs(int(trashed["ttl"]["N"]) - time.time() - 30 * 86_400) < 60


def test_an_expired_item_that_dynamodb_has_not_removed_yet_is_gone(
    client: Client, table: Table
) -> None:
    path = new_course(client)
    client.delete(path)
    table.expire_everything()
    assert client.get(COURSES, query=TRASH).json["items"] == []
    assert client.post(f"{path}/restore").status == 404


# Restore


def test_restore_brings_the_item_back(client: Client) -> None:
    path = new_course(client, level="advanced", tags=["a"], price="1.00")
    before = client.get(path).json
    client.delete(path)
    answer = client.post(f"{path}/restore")
    assert answer.status == 200
    assert answer.headers["etag"] == client.get(path).headers["etag"]
    stamps = {name: answer.json[name] for name in ("updated_at", "updated_by", "version")}
    assert client.get(path).json == {**before, **stamps} == answer.json
    listed = client.get(COURSES, query={"level": "advanced"}).json["items"]
    assert [item["id"] for item in listed] == [before["id"]]
    assert client.get(COURSES, query=TRASH).json["items"] == []


def test_a_restored_item_has_a_newer_version(client: Client) -> None:
    path = new_course(client)
    tag = client.get(path).headers["etag"]
    client.delete(path)
    client.post(f"{path}/restore")
    assert client.patch(path, {"title": "x"}, headers={"If-Match": tag}).status == 412


def test_a_restored_item_does_not_expire(client: Client, table: Table) -> None:
    path = new_course(client)
    client.delete(path)
    client.post(f"{path}/restore")
    assert not [item for item in table.items() if "ttl" in item]
    assert not [item for item in table.items() if "!trash#" in item["pk"]["S"]]


def test_restoring_what_was_never_deleted_is_409_and_what_never_was_404(client: Client) -> None:
    path = new_course(client)
    assert client.post(f"{COURSES}/{ABSENT}/restore").status == 404
    assert client.post(f"{path}/restore").status == 409
    client.delete(path)
    client.post(f"{path}/restore")
    assert client.get(path).status == 200


def test_restore_is_for_who_may_delete(client: Client) -> None:
    path = new_course(client)
    client.delete(path)
    assert client.having(groups="instructor").post(f"{path}/restore").status == 403
    assert client.get(path).status == 404


def test_a_deleted_item_frees_its_unique_value(client: Client) -> None:
    path = new_course(client, slug="taken")
    client.delete(path)
    assert client.post(COURSES, course(slug="taken")).status == 201


def test_restoring_onto_a_taken_unique_value_is_409_and_changes_nothing(
    client: Client, table: Table
) -> None:
    path = new_course(client, slug="taken")
    client.delete(path)
    client.post(COURSES, course(slug="taken"))
    kept = table.primary_keys()
    answer = client.post(f"{path}/restore")
    assert answer.status == 409
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert table.primary_keys() == kept


def test_restoring_what_refers_to_a_deleted_item_is_409(client: Client, table: Table) -> None:
    teacher = client.post(INSTRUCTORS, instructor()).json["id"]
    path = new_course(client, instructor=teacher)
    client.delete(path)
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 204
    kept = table.primary_keys()
    assert client.post(f"{path}/restore").status == 409
    assert table.primary_keys() == kept


def test_a_restored_reference_counts_again(client: Client) -> None:
    teacher = client.post(INSTRUCTORS, instructor()).json["id"]
    path = new_course(client, instructor=teacher)
    client.delete(path)
    client.post(f"{path}/restore")
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 409
    client.delete(path)
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 204


def test_an_item_may_be_deleted_and_restored_again_and_again(client: Client) -> None:
    path = new_course(client, slug="again")
    for _ in range(3):
        assert client.delete(path).status == 204
        assert client.post(f"{path}/restore").status == 200
    assert client.get(path).json["slug"] == "again"
    assert client.post(COURSES, course(slug="again")).status == 409


def test_a_course_can_be_worked_with_after_its_restoration(client: Client) -> None:
    path = new_course(client)
    client.delete(path)
    assert client.post(f"{path}/lessons", lesson()).status == 404
    client.post(f"{path}/restore")
    assert client.post(f"{path}/lessons", lesson()).status == 201
