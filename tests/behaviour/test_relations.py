"""Children and references."""

from __future__ import annotations

import pytest

from .api import Client
from .estate import Table
from .samples import (
    ABSENT,
    BOXES,
    COURSES,
    ENROLLMENTS,
    INSTRUCTORS,
    LABELS,
    RACKS,
    REMARKS,
    SLOTS,
    TOPICS,
    course,
    enrollment,
    instructor,
    lesson,
)
from .wire import Wire


def made(client: Client, path: str, body: dict[str, object]) -> str:
    """Id of a new item."""
    answer = client.post(path, body)
    assert answer.status == 201, answer.text
    id: str = answer.json["id"]
    return id


# Children


def test_children_live_below_their_parent(client: Client) -> None:
    first, second = (made(client, COURSES, course()) for _ in range(2))
    answer = client.post(f"{COURSES}/{first}/lessons", lesson())
    assert answer.headers["location"].endswith(f"{COURSES}/{first}/lessons/{answer.json['id']}")
    assert answer.json["course_id"] == first
    id = answer.json["id"]
    assert client.get(f"{COURSES}/{first}/lessons/{id}").json == answer.json
    assert client.get(f"{COURSES}/{first}/lessons").json["items"] == [answer.json]
    assert client.get(f"{COURSES}/{second}/lessons/{id}").status == 404
    assert client.get(f"{COURSES}/{second}/lessons").json["items"] == []
    assert client.delete(f"{COURSES}/{second}/lessons/{id}").status == 404


def test_children_are_sorted_within_their_parent(client: Client) -> None:
    id = made(client, COURSES, course())
    for position in (3, 1, 2):
        client.post(f"{COURSES}/{id}/lessons", lesson(position=position))
    answer = client.get(f"{COURSES}/{id}/lessons", query={"sort": "position"})
    assert [item["position"] for item in answer.json["items"]] == [1, 2, 3]


def test_a_child_of_an_absent_parent_is_404(client: Client, table: Table) -> None:
    answer = client.post(f"{COURSES}/{ABSENT}/lessons", lesson())
    assert answer.status == 404
    assert table.items() == []


def test_a_child_of_another_organizations_parent_is_404_as_of_an_absent_one(
    client: Client, other: Client, table: Table
) -> None:
    id = made(client, COURSES, course())
    kept = table.items()
    absent = other.post(f"{COURSES}/{ABSENT}/lessons", lesson(), request_id="same")
    assert other.post(f"{COURSES}/{id}/lessons", lesson(), request_id="same") == absent
    assert table.items() == kept


def test_deleting_a_parent_deletes_children_and_grandchildren(client: Client, table: Table) -> None:
    rack = made(client, RACKS, {"name": "x"})
    boxes = [made(client, f"{RACKS}/{rack}/boxes", {"barcode": str(n)}) for n in range(3)]
    for box in boxes[:2]:
        for position in range(2):
            made(client, f"{RACKS}/{rack}/boxes/{box}/slots", {"position": position})
    assert client.delete(f"{RACKS}/{rack}").status == 204
    assert table.items() == []


def test_a_grandchild_needs_both_ancestors(client: Client) -> None:
    rack, elsewhere = (made(client, RACKS, {"name": "x"}) for _ in range(2))
    box = made(client, f"{RACKS}/{rack}/boxes", {"barcode": "1"})
    slot = made(client, f"{RACKS}/{rack}/boxes/{box}/slots", {"position": 1})
    assert client.get(f"{RACKS}/{rack}/boxes/{box}/slots/{slot}").status == 200
    for wrong in (
        f"{RACKS}/{rack}/boxes/{ABSENT}/slots/{slot}",
        f"{RACKS}/{elsewhere}/boxes/{box}/slots/{slot}",
    ):
        assert client.get(wrong).status == 404, wrong
        assert client.delete(wrong).status == 404, wrong


@pytest.fixture
def nested(client: Client) -> dict[str, str]:
    """Path parameters of a label, three levels below a rack."""
    ids = {"rack_id": made(client, RACKS, {"name": "x"})}
    for collection, name, body in (
        (BOXES, "box_id", {"barcode": "1"}),
        (SLOTS, "slot_id", {"position": 1}),
        (LABELS, "label_id", {"text": "x"}),
    ):
        ids[name] = made(client, collection.format(**ids), body)
    return ids


@pytest.mark.parametrize("mixed", ["rack_id", "box_id", "slot_id"])
def test_below_ancestors_that_do_not_belong_together_is_nothing(
    client: Client, table: Table, wire: Wire, nested: dict[str, str], mixed: str
) -> None:
    """Requests are answered, and cost, what they do below an ancestor that is absent."""
    rack = made(client, RACKS, {"name": "y"})
    box = made(client, BOXES.format(rack_id=rack), {"barcode": "2"})
    slot = made(client, SLOTS.format(rack_id=rack, box_id=box), {"position": 2})
    foreign = {**nested, mixed: {"rack_id": rack, "box_id": box, "slot_id": slot}[mixed]}
    absent = {**nested, mixed: ABSENT}
    kept = table.items()
    for method, path, query, body in (
        ("GET", LABELS, {"limit": "1"}, None),
        ("GET", LABELS, {"color": "red", "limit": "1"}, None),
        ("GET", f"{LABELS}/{{label_id}}", {}, None),
        ("PATCH", f"{LABELS}/{{label_id}}", {}, {"text": "z"}),
        ("DELETE", f"{LABELS}/{{label_id}}", {}, None),
        ("POST", LABELS, {}, {"text": "z"}),
    ):
        answers, calls = [], []
        for ids in (foreign, absent):
            wire.reset()
            sent = {"query": query, "body": body, "request_id": "same"}
            answers.append(client.send(method, path.format(**ids), **sent))
            calls.append(wire.operations())
        assert answers[0] == answers[1]
        assert calls[0] == calls[1]
        assert len(calls[0]) == 1, (method, calls)
        if query:
            assert answers[0].json == {"items": [], "next_cursor": None}
        else:
            assert answers[0].status == 404
    assert table.items() == kept


def test_a_cursor_is_good_below_its_own_ancestors_only(
    client: Client, nested: dict[str, str]
) -> None:
    path = LABELS.format(**nested)
    made(client, path, {"text": "y"})
    cursor = client.get(path, query={"limit": "1"}).json["next_cursor"]
    assert client.get(path, query={"cursor": cursor}).json["items"]
    rack = made(client, RACKS, {"name": "y"})
    wrong = LABELS.format(**{**nested, "rack_id": rack})
    assert client.get(wrong, query={"cursor": cursor}).errors == {"cursor": "cursor"}


def test_a_change_keeps_the_index_entries_below_all_ancestors(
    client: Client, nested: dict[str, str]
) -> None:
    path = LABELS.format(**nested)
    assert client.patch(f"{path}/{nested['label_id']}", {"color": "blue"}).status == 200
    for color, found in (("red", []), ("blue", [nested["label_id"]])):
        items = client.get(path, query={"color": color}).json["items"]
        assert [item["id"] for item in items] == found


def test_deleting_the_outermost_ancestor_deletes_all_that_lies_below(
    client: Client, table: Table, nested: dict[str, str]
) -> None:
    elsewhere = made(client, RACKS, {"name": "y"})
    assert client.delete(f"{RACKS}/{nested['rack_id']}").status == 204
    assert [item["sk"]["S"] for item in table.items()] == [elsewhere]


def test_deleting_a_child_leaves_the_parent_deletable_in_one_step(client: Client) -> None:
    rack = made(client, RACKS, {"name": "x"})
    box = made(client, f"{RACKS}/{rack}/boxes", {"barcode": "1"})
    assert client.delete(f"{RACKS}/{rack}/boxes/{box}").status == 204
    assert client.delete(f"{RACKS}/{rack}").status == 204


def test_lessons_of_a_course_in_the_trash_are_out_of_reach(client: Client) -> None:
    id = made(client, COURSES, course())
    child = made(client, f"{COURSES}/{id}/lessons", lesson())
    assert client.delete(f"{COURSES}/{id}").status == 204
    assert client.get(f"{COURSES}/{id}/lessons/{child}").status == 404
    assert client.get(f"{COURSES}/{id}/lessons").json.get("items", []) == []


# References


@pytest.mark.parametrize("target", [ABSENT, "foreign"])
def test_a_reference_to_what_does_not_exist_is_refused(
    client: Client, other: Client, table: Table, target: str
) -> None:
    foreign = made(other, INSTRUCTORS, instructor())
    kept = table.primary_keys()
    id = foreign if target == "foreign" else target
    answer = client.post(COURSES, course(instructor=id))
    assert answer.status in (400, 409, 422)
    assert set(answer.errors) == {"/instructor"}
    assert table.primary_keys() == kept


def test_absent_and_foreign_targets_are_refused_in_the_same_bytes(
    client: Client, other: Client
) -> None:
    foreign = made(other, INSTRUCTORS, instructor())
    answers = [
        client.post(COURSES, course(slug="same", instructor=id), request_id="same")
        for id in (foreign, ABSENT)
    ]
    assert answers[0] == answers[1]


def test_a_reference_to_an_item_in_the_trash_is_refused(client: Client) -> None:
    id = made(client, COURSES, course())
    client.delete(f"{COURSES}/{id}")
    answer = client.post(ENROLLMENTS, enrollment(id))
    assert set(answer.errors) == {"/course"}


def test_restrict_keeps_a_target_that_is_referred_to(client: Client) -> None:
    teacher = made(client, INSTRUCTORS, instructor())
    id = made(client, COURSES, course(instructor=teacher))
    answer = client.delete(f"{INSTRUCTORS}/{teacher}")
    assert answer.status == 409
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert client.get(f"{INSTRUCTORS}/{teacher}").status == 200
    client.delete(f"{COURSES}/{id}")
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 204


def test_a_changed_reference_moves_the_restriction(client: Client) -> None:
    first, second = (made(client, INSTRUCTORS, instructor()) for _ in range(2))
    id = made(client, COURSES, course(instructor=first))
    answer = client.patch(f"{COURSES}/{id}", {"instructor": second})
    assert (answer.status, answer.json["instructor"]) == (200, second)
    assert client.delete(f"{INSTRUCTORS}/{first}").status == 204
    assert client.delete(f"{INSTRUCTORS}/{second}").status == 409
    assert client.patch(f"{COURSES}/{id}", {"instructor": None}).status == 200
    assert client.delete(f"{INSTRUCTORS}/{second}").status == 204


def test_an_update_to_an_absent_target_is_refused_and_changes_nothing(client: Client) -> None:
    teacher = made(client, INSTRUCTORS, instructor())
    id = made(client, COURSES, course(instructor=teacher))
    answer = client.patch(f"{COURSES}/{id}", {"instructor": ABSENT, "title": "x"})
    assert answer.status in (400, 409, 422)
    assert set(answer.errors) == {"/instructor"}
    assert client.get(f"{COURSES}/{id}").json["title"] == "Statistics"
    assert client.delete(f"{INSTRUCTORS}/{teacher}").status == 409


def test_cascade_deletes_what_refers(client: Client) -> None:
    id, other_id = (made(client, COURSES, course()) for _ in range(2))
    gone = [made(client, ENROLLMENTS, enrollment(id, learner=str(n))) for n in range(3)]
    kept = made(client, ENROLLMENTS, enrollment(other_id))
    assert client.delete(f"{COURSES}/{id}").status == 204
    for enrolled in gone:
        assert client.get(f"{ENROLLMENTS}/{enrolled}").status == 404
    assert [item["id"] for item in client.get(ENROLLMENTS).json["items"]] == [kept]


def test_detach_clears_the_reference(client: Client) -> None:
    topic = made(client, TOPICS, {"name": "x"})
    remarks = [made(client, REMARKS, {"text": str(n), "topic": topic}) for n in range(2)]
    assert client.delete(f"{TOPICS}/{topic}").status == 204
    for remark in remarks:
        item = client.get(f"{REMARKS}/{remark}").json
        assert (item["topic"], item["version"]) == (None, 2)
    assert client.get(REMARKS, query={"topic": topic}).json["items"] == []


def test_more_dependents_than_a_request_may_touch_are_409_and_all_stay(
    client: Client, table: Table
) -> None:
    topic = made(client, TOPICS, {"name": "x"})
    for number in range(101):
        made(client, REMARKS, {"text": str(number), "topic": topic})
    answer = client.delete(f"{TOPICS}/{topic}")
    assert answer.status == 409
    assert client.get(f"{TOPICS}/{topic}").status == 200


def test_a_filter_by_reference_finds_what_refers(client: Client) -> None:
    teacher = made(client, INSTRUCTORS, instructor())
    id = made(client, COURSES, course(instructor=teacher))
    made(client, COURSES, course())
    items = client.get(COURSES, query={"instructor": teacher}).json["items"]
    assert [item["id"] for item in items] == [id]
