"""Unique fields: no two live items of an organization share a value."""

from __future__ import annotations

from .api import Client
from .estate import Table
from .samples import COURSES, INSTRUCTORS, RACKS, course, instructor


def test_a_taken_value_is_409_and_nothing_is_written(client: Client, table: Table) -> None:
    client.post(COURSES, course(slug="algebra"))
    kept = table.items()
    answer = client.post(COURSES, course(slug="algebra"))
    assert answer.status == 409
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.errors.keys() == {"/slug"}
    assert table.items() == kept


def test_another_organization_may_use_the_same_value(client: Client, other: Client) -> None:
    for caller in (client, other):
        assert caller.post(COURSES, course(slug="algebra")).status == 201


def test_values_are_compared_in_normal_form(client: Client) -> None:
    client.post(INSTRUCTORS, instructor(email="ada@example.com"))
    assert client.post(INSTRUCTORS, instructor(email="ADA@Example.COM")).status == 409


def test_values_are_compared_in_unicode_normal_form_and_stored_as_sent(client: Client) -> None:
    rack = client.post(RACKS, {"name": "x"}).json["id"]
    boxes = f"{RACKS}/{rack}/boxes"
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    box = client.post(boxes, {"barcode": decomposed}).json
    assert box["barcode"] == decomposed
    assert client.post(boxes, {"barcode": composed}).status == 409
    assert client.patch(f"{boxes}/{box['id']}", {"barcode": composed}).json["barcode"] == composed
    assert client.post(boxes, {"barcode": decomposed}).status == 409
    assert client.patch(f"{boxes}/{box['id']}", {"barcode": "tea"}).status == 200
    assert client.post(boxes, {"barcode": decomposed}).status == 201
    assert client.post(boxes, {"barcode": "\u212b"}).status == 201
    assert client.post(boxes, {"barcode": "A\u030a"}).status == 409


def test_an_update_to_a_taken_value_is_409_and_changes_nothing(
    client: Client, table: Table
) -> None:
    client.post(INSTRUCTORS, instructor(email="ada@example.com"))
    id = client.post(INSTRUCTORS, instructor(email="bob@example.com")).json["id"]
    kept = table.items()
    patch = {"email": "ada@example.com", "name": "Bob"}
    answer = client.patch(f"{INSTRUCTORS}/{id}", patch)
    assert (answer.status, set(answer.errors)) == (409, {"/email"})
    assert sorted(map(str, table.items())) == sorted(map(str, kept))


def test_an_update_takes_the_new_value_and_frees_the_old_one(client: Client) -> None:
    id = client.post(INSTRUCTORS, instructor(email="old@example.com")).json["id"]
    path = f"{INSTRUCTORS}/{id}"
    assert client.patch(path, {"email": "new@example.com"}).status == 200
    assert client.get(path).json["email"] == "new@example.com"
    assert client.post(INSTRUCTORS, instructor(email="new@example.com")).status == 409
    assert client.post(INSTRUCTORS, instructor(email="old@example.com")).status == 201


def test_an_update_may_keep_the_value(client: Client) -> None:
    id = client.post(INSTRUCTORS, instructor(email="ada@example.com")).json["id"]
    patch = {"email": "ADA@example.com", "name": "Countess"}
    answer = client.patch(f"{INSTRUCTORS}/{id}", patch)
    assert (answer.status, answer.json["name"]) == (200, "Countess")
    assert client.post(INSTRUCTORS, instructor(email="ada@example.com")).status == 409


def test_two_items_may_swap_values_one_after_the_other(client: Client) -> None:
    paths = [
        f"{INSTRUCTORS}/{client.post(INSTRUCTORS, instructor(email=f'{x}@example.com')).json['id']}"
        for x in "ab"
    ]
    for path, value in ((0, "c"), (1, "a"), (0, "b")):
        answer = client.patch(paths[path], {"email": f"{value}@example.com"})
        assert answer.status == 200, value
    assert client.post(INSTRUCTORS, instructor(email="c@example.com")).status == 201


def test_a_deletion_frees_the_value(client: Client, table: Table) -> None:
    id = client.post(INSTRUCTORS, instructor(email="ada@example.com")).json["id"]
    assert client.delete(f"{INSTRUCTORS}/{id}").status == 204
    assert table.items() == []
    assert client.post(INSTRUCTORS, instructor(email="ada@example.com")).status == 201


def test_a_childs_value_is_unique_in_the_organization(client: Client) -> None:
    first, second = (client.post(RACKS, {"name": "x"}).json["id"] for _ in range(2))
    assert client.post(f"{RACKS}/{first}/boxes", {"barcode": "1"}).status == 201
    assert client.post(f"{RACKS}/{second}/boxes", {"barcode": "1"}).status == 409


def test_a_failed_create_leaves_its_value_free(client: Client) -> None:
    absent = "01K00000000000000000000000"
    answer = client.post(COURSES, course(slug="algebra", instructor=absent))
    assert answer.status in (400, 409, 422)
    assert client.post(COURSES, course(slug="algebra")).status == 201


def test_values_that_look_like_key_parts_do_not_meet(client: Client) -> None:
    rack = client.post(RACKS, {"name": "x"}).json["id"]
    for barcode in ("a", "a#", "#a", "a$23", "$23a", "-", "a#-"):
        answer = client.post(f"{RACKS}/{rack}/boxes", {"barcode": barcode})
        assert answer.status == 201, barcode
