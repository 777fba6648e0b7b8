"""Parents, references and unique values under deletion and restoration."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_runtime import deletion, dependents, dynamodb
from nexus_runtime.http import IfMatch
from nexus_runtime.keys import Tenant

from .client import Client
from .conftest import Table
from .wire import Wire

SHELVES = "/education/shelves"
TOPICS = "/education/topics"
REMARKS = "/education/remarks"
THREADS = "/education/threads"
COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
ENROLLMENTS = "/education/enrollments"
ABSENT = "01K00000000000000000000000"


def make(client: Client, path: str, **body: Any) -> str:
    """Path of a new item; `text` is filled in."""
    answer = client("POST", path, {"text": "x", **body})
    assert answer.status == 201, answer.text
    return f"{path}/{answer.json['id']}"


def id_of(path: str) -> str:
    """The id at the end of a path."""
    return path.rpartition("/")[2]


def refs(table: Table, path: str) -> int:
    """How many live items refer to an item, as stored."""
    (item,) = [i for i in table.items() if i["sk"]["S"] == id_of(path) and "!" not in i["pk"]["S"]]
    return int(item.get("refs", {"N": "0"})["N"])


def test_a_parent_that_is_absent_is_404_and_nothing_is_written(
    client: Client, table: Table
) -> None:
    assert client("POST", f"{SHELVES}/{ABSENT}/boxes", {"text": "x"}).status == 404
    assert table.items() == []


def test_a_reference_that_leads_nowhere_is_400_and_nothing_is_written(
    client: Client, table: Table
) -> None:
    body = {"text": "x", "topic": ABSENT, "second": "01K00000000000000000000001"}
    answer = client("POST", REMARKS, body)
    assert (answer.status, answer.errors) == (400, {"/topic": "not_found", "/second": "not_found"})
    assert table.items() == []


def test_another_organizations_item_is_nowhere(client: Client) -> None:
    topic = make(client.having(tenant=f"{client.tenant}0"), TOPICS)
    answer = client("POST", REMARKS, {"text": "x", "topic": id_of(topic)})
    assert answer.errors == {"/topic": "not_found"}


def test_counts_follow_creation_change_and_deletion(client: Client, table: Table) -> None:
    first, second = make(client, TOPICS), make(client, TOPICS)
    remark = make(client, REMARKS, topic=id_of(first), second=id_of(first))
    assert (refs(table, first), refs(table, second)) == (2, 0)
    assert client("PATCH", remark, {"topic": id_of(second)}).status == 200
    assert (refs(table, first), refs(table, second)) == (1, 1)
    assert client("PATCH", remark, {"topic": id_of(first), "second": id_of(second)}).status == 200
    assert (refs(table, first), refs(table, second)) == (1, 1)
    assert client("PATCH", remark, {"topic": None}).status == 200
    assert refs(table, first) == 0
    assert client("DELETE", remark).status == 204
    assert refs(table, second) == 0


def test_a_count_is_no_change_of_the_item(client: Client) -> None:
    topic = make(client, TOPICS)
    before = client("GET", topic)
    make(client, REMARKS, topic=id_of(topic))
    assert (client("GET", topic).json, client("GET", topic).headers["etag"]) == (
        before.json,
        before.headers["etag"],
    )
    assert client("PATCH", topic, {"text": "y"}, headers={"If-Match": '"1"'}).status == 200


def test_an_item_cannot_refer_to_itself(client: Client) -> None:
    thread = make(client, THREADS)
    answer = client("PATCH", thread, {"reply_to": id_of(thread)})
    assert (answer.status, answer.errors) == (400, {"/reply_to": "self"})


def test_a_restriction_forbids_the_deletion_and_changes_nothing(
    client: Client, table: Table
) -> None:
    teacher = client("POST", INSTRUCTORS, {"name": "A", "email": "a@example.com"}).json["id"]
    body = {"title": "x", "slug": "x", "instructor": teacher}
    course = f"{COURSES}/{client('POST', COURSES, body).json['id']}"
    kept = table.items()
    answer = client("DELETE", f"{INSTRUCTORS}/{teacher}")
    assert (answer.status, answer.json["code"]) == (409, "in_use")
    assert table.items() == kept
    assert client("DELETE", course).status == 204
    assert client("DELETE", f"{INSTRUCTORS}/{teacher}").status == 204
    restored = client("POST", f"{course}/restore")
    assert (restored.status, restored.json["code"]) == (409, "reference_gone")


def test_children_go_with_their_parent_down_to_grandchildren(client: Client, table: Table) -> None:
    shelf = make(client, SHELVES)
    kept = make(client, SHELVES)
    boxes = [make(client, f"{shelf}/boxes") for _ in range(3)]
    for number, box in enumerate(boxes):
        make(client, f"{box}/slots", label=f"l-{number}")
    assert refs(table, shelf) == 3
    assert client("DELETE", shelf).status == 204
    live = [i for i in table.items() if "!trash" not in i["pk"]["S"]]
    assert [i["sk"]["S"] for i in live] == [id_of(kept)], "a marker or a child was left"
    assert len(table.items()) - len(live) == 3, "slots have a trash"


def test_a_grandchild_is_found_below_its_own_ancestors_only(client: Client) -> None:
    shelves = [make(client, SHELVES) for _ in range(2)]
    box = make(client, f"{shelves[0]}/boxes")
    slot = make(client, f"{box}/slots", label="a")
    other = slot.replace(id_of(shelves[0]), id_of(shelves[1]))
    assert client("GET", slot).status == 200
    for method, body in (("GET", None), ("PATCH", {"text": "y"}), ("DELETE", None)):
        assert client(method, other, body).status == 404
    assert client("GET", other.rpartition("/")[0]).json["items"] == []
    assert client("POST", other.rpartition("/")[0], {"text": "x", "label": "b"}).status == 404
    assert len(client("GET", slot.rpartition("/")[0]).json["items"]) == 1


def test_the_trash_is_below_its_own_ancestors_too(client: Client, table: Table) -> None:
    shelves = [make(client, SHELVES) for _ in range(2)]
    box = make(client, f"{shelves[0]}/boxes")
    slots = [make(client, f"{box}/slots", label=label) for label in "ab"]
    for slot in slots:
        assert client("DELETE", slot).status == 204
    (pk,) = {i["pk"]["S"] for i in table.items() if "!trash" in i["pk"]["S"]}
    assert pk == f"{client.tenant}#!trash#slot#{id_of(shelves[0])}#{id_of(box)}"
    deleted = {"deleted": "true", "limit": "1"}
    assert client("GET", f"{box}/slots", query=deleted).json["next_cursor"]
    other = box.replace(id_of(shelves[0]), id_of(shelves[1]))
    listed = client("GET", f"{other}/slots", query=deleted).json
    assert listed == {"items": [], "next_cursor": None}
    foreign = slots[0].replace(id_of(shelves[0]), id_of(shelves[1]))
    assert client("POST", f"{foreign}/restore").status == 404
    assert client("POST", f"{slots[0]}/restore").status == 200


def test_a_restored_grandchild_counts_at_its_parent(client: Client, table: Table) -> None:
    shelf = make(client, SHELVES)
    box = make(client, f"{shelf}/boxes")
    slot = make(client, f"{box}/slots", label="a")
    assert client("DELETE", slot).status == 204
    assert refs(table, box) == 0
    assert client("POST", f"{slot}/restore").status == 200
    assert refs(table, box) == 1
    client("DELETE", slot)
    client("DELETE", box)
    gone = client("POST", f"{slot}/restore")
    assert (gone.status, gone.json["code"]) == (409, "reference_gone")


def test_a_cascade_takes_references_along(client: Client, table: Table) -> None:
    course = client("POST", COURSES, {"title": "x", "slug": "x"}).json["id"]
    for _ in range(2):
        client("POST", ENROLLMENTS, {"course": course})
    client("POST", f"{COURSES}/{course}/lessons", {"title": "x", "position": 1})
    assert refs(table, course) == 3
    assert client("DELETE", f"{COURSES}/{course}").status == 204
    assert [i["pk"]["S"] for i in table.items()] == [f"{client.tenant}#!trash#course"]


def test_a_cascade_goes_along_a_chain_of_references(client: Client, table: Table) -> None:
    thread = first = make(client, THREADS)
    for _ in range(5):
        thread = make(client, THREADS, reply_to=id_of(thread))
    assert client("DELETE", first).status == 204
    assert table.items() == []


def test_a_circle_of_references_stays_until_it_is_broken(client: Client, table: Table) -> None:
    first = make(client, THREADS)
    second = make(client, THREADS, reply_to=id_of(first))
    assert client("PATCH", first, {"reply_to": id_of(second)}).status == 200
    kept = table.items()
    assert client("DELETE", first).status == 409
    assert table.items() == kept
    assert client("PATCH", first, {"reply_to": None}).status == 200
    assert client("DELETE", first).status == 204


def test_a_detached_reference_is_cleared_and_versioned(client: Client, table: Table) -> None:
    topic, other = make(client, TOPICS), make(client, TOPICS)
    both = make(client, REMARKS, topic=id_of(topic), second=id_of(topic))
    mixed = make(client, REMARKS, topic=id_of(topic), second=id_of(other))
    assert client.having(user="remover")("DELETE", topic).status == 204
    assert [client("GET", both).json[name] for name in ("topic", "second")] == [None, None]
    after = client("GET", mixed).json
    assert (after["topic"], after["second"]) == (None, id_of(other))
    assert (after["version"], after["updated_by"]) == (2, "remover")
    assert refs(table, other) == 1
    listed = client("GET", REMARKS, query={"topic": id_of(topic)})
    assert listed.json["items"] == []


def test_too_many_dependents_are_409_and_nothing_changes(
    client: Client, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependents, "MAX_DEPENDENTS", 3)
    shelf = make(client, SHELVES)
    boxes = [make(client, f"{shelf}/boxes") for _ in range(4)]
    kept = table.items()
    answer = client("DELETE", shelf)
    assert (answer.status, answer.json["code"]) == (409, "too_many_dependents")
    assert table.items() == kept
    client("DELETE", boxes[0])
    assert client("DELETE", shelf).status == 204


def test_the_bound_counts_dependents_of_dependents(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependents, "MAX_DEPENDENTS", 3)
    shelf = make(client, SHELVES)
    box = make(client, f"{shelf}/boxes")
    for number in range(3):
        make(client, f"{box}/slots", label=str(number))
    assert client("DELETE", shelf).status == 409
    assert len(client("GET", f"{box}/slots").json["items"]) == 3


def test_an_index_that_lags_behind_is_409_rather_than_a_loose_reference(
    client: Client, table: Table
) -> None:
    topic = make(client, TOPICS)
    make(client, REMARKS, topic=id_of(topic))
    (remark,) = [i for i in table.items() if "#remark" in i["pk"]["S"]]
    table.put({name: value for name, value in remark.items() if name[:3] != "gsi"})
    assert client("DELETE", topic).status == 409
    table.put(remark)
    assert client("DELETE", topic).status == 204


def test_a_dependent_that_changed_since_it_was_found_is_judged_anew(
    client: Client, table: Table, wire: Wire
) -> None:
    course, other = (
        client("POST", COURSES, {"title": "x", "slug": slug}).json["id"] for slug in ("a", "b")
    )
    enrollment = client("POST", ENROLLMENTS, {"course": course}).json["id"]

    def change(send: Any) -> None:
        item = table.item(f"{client.tenant}#enrollment", enrollment)
        assert item is not None
        table.put({**item, "version": {"N": "2"}, "course": {"S": other}})

    wire.next(*[lambda send: None] * 3, change)
    answer = client("DELETE", f"{COURSES}/{course}")
    assert answer.status == 409
    assert client("GET", f"{ENROLLMENTS}/{enrollment}").json["course"] == other


def test_a_target_that_vanished_does_not_keep_its_referrers_alive(
    client: Client, table: Table
) -> None:
    topic = make(client, TOPICS)
    remark = make(client, REMARKS, topic=id_of(topic))
    table._client.delete_item(
        TableName="samples",
        Key={"pk": {"S": f"{client.tenant}#topic"}, "sk": {"S": id_of(topic)}},
    )
    assert client("DELETE", remark).status == 204
    assert table.items() == [], "a count was written to an item that is gone"


def test_unique_values_are_reserved_changed_and_freed(client: Client, table: Table) -> None:
    ada = {"name": "Ada", "email": "ADA@example.com"}
    path = f"{INSTRUCTORS}/{client('POST', INSTRUCTORS, ada).json['id']}"
    taken = client("POST", INSTRUCTORS, {"name": "B", "email": "ada@EXAMPLE.com"})
    assert (taken.status, taken.errors) == (409, {"/email": "unique"})
    assert client("PATCH", path, {"email": "new@example.com"}).status == 200
    second = client("POST", INSTRUCTORS, ada)
    assert second.status == 201
    assert client("PATCH", path, {"email": "ada@example.com"}).status == 409
    assert client("DELETE", path).status == 204
    assert client("POST", INSTRUCTORS, {"name": "C", "email": "new@example.com"}).status == 201
    other = client.having(tenant=f"{client.tenant}0")
    assert other("POST", INSTRUCTORS, ada).status == 201


def threads(client: Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client("GET", THREADS).json["items"]
    return items


@pytest.mark.parametrize("leaf_first", [True, False])
def test_a_circle_is_refused_before_anything_goes(client: Client, leaf_first: bool) -> None:
    first = make(client, THREADS)
    leaf = make(client, THREADS, reply_to=id_of(first)) if leaf_first else ""
    second = make(client, THREADS, reply_to=id_of(first))
    third = make(client, THREADS, reply_to=id_of(second))
    assert client("PATCH", first, {"reply_to": id_of(third)}).status == 200
    leaf = leaf or make(client, THREADS, reply_to=id_of(first))
    before = threads(client)
    answer = client("DELETE", first)
    assert (answer.status, answer.json["code"]) == (409, "circular")
    assert threads(client) == before
    assert client("PATCH", first, {"reply_to": None}).status == 200
    assert client("DELETE", first).status == 204
    assert threads(client) == []


@pytest.mark.parametrize("tag", [None, '"2"', "*"])
def test_a_target_lets_go_of_what_goes_with_it(client: Client, tag: str | None) -> None:
    """As a team and the member who leads it."""
    question = make(client, THREADS)
    answers = [make(client, THREADS, reply_to=id_of(question)) for _ in range(2)]
    assert client("PATCH", question, {"best": id_of(answers[1])}).status == 200
    answer = client("DELETE", question, headers={"If-Match": tag} if tag else {})
    assert answer.status == 204
    assert threads(client) == []


def test_a_reply_lets_go_of_what_goes_with_it(client: Client) -> None:
    question = make(client, THREADS)
    reply = make(client, THREADS, reply_to=id_of(question))
    remark = make(client, THREADS, reply_to=id_of(reply))
    assert client("PATCH", reply, {"best": id_of(remark)}).status == 200
    assert client("DELETE", question).status == 204
    assert threads(client) == []


def test_a_stale_if_match_deletes_nothing_of_a_circle(client: Client) -> None:
    question = make(client, THREADS)
    reply = make(client, THREADS, reply_to=id_of(question))
    assert client("PATCH", question, {"best": id_of(reply)}).status == 200
    before = threads(client)
    assert client("DELETE", question, headers={"If-Match": '"1"'}).status == 412
    assert threads(client) == before


def test_an_item_that_changes_while_its_deletion_is_tried_again_goes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parent is gone, so its count is left out; then the item is another than before."""
    shelf = make(client, SHELVES)
    box = make(client, f"{shelf}/boxes")
    item = {"pk": {"S": f"{client.tenant}#box#{id_of(shelf)}"}, "sk": {"S": id_of(box)}}
    stamps = {name: {"S": "x"} for name in ("created_at", "created_by", "updated_at", "updated_by")}
    answers = [
        [dynamodb.Reason(True, None), dynamodb.Reason(False, None)],
        [dynamodb.Reason(True, {**item, **stamps, "version": {"N": "2"}})],
    ]
    transact = dynamodb.transact

    def meeting_others(tenant: Tenant, actions: list[dict[str, Any]]) -> None:
        if answers:
            reasons = answers.pop(0)
            assert len(reasons) == len(actions)
            raise dynamodb.CancelledError(reasons, uncertain=False)
        transact(tenant, actions)

    monkeypatch.setattr(dynamodb, "transact", meeting_others)
    assert client("DELETE", box).status == 204
    assert (answers, client("GET", box).status) == ([], 404)


def test_each_reference_of_its_own_that_is_cleared_moves_what_if_match_accepts() -> None:
    item = {"version": {"N": "7"}}
    match = deletion._after(2, IfMatch('"7"'), item)
    assert match is not None
    assert [version for version in range(12) if match.accepts(version)] == [9]
    for kept in (None, IfMatch("*")):
        assert deletion._after(2, kept, item) is kept
    unchanged = IfMatch('"7"')
    assert deletion._after(0, unchanged, item) is unchanged
