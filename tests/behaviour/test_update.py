"""PATCH: JSON Merge Patch, versions and conditions."""

from __future__ import annotations

from typing import Any

import pytest

from .api import Client
from .estate import Table
from .samples import ABSENT, COURSES, ENROLLMENTS, SAMPLES, course, enrollment, lesson, sample


def created(client: Client, **fields: Any) -> str:
    """Path of a new sample."""
    answer = client.post(SAMPLES, sample(**fields))
    assert answer.status == 201, answer.text
    return f"{SAMPLES}/{answer.json['id']}"


@pytest.fixture
def graded(client: Client) -> str:
    """Path of a new enrollment, whose entity demands If-Match."""
    id = client.post(COURSES, course()).json["id"]
    return f"{ENROLLMENTS}/{client.post(ENROLLMENTS, enrollment(id)).json['id']}"


def test_update_answers_200_with_the_item_and_a_new_etag(client: Client) -> None:
    path = created(client, batch="one")
    before = client.get(path)
    answer = client.having(user="editor").patch(path, {"label": "second"})
    assert answer.status == 200
    assert answer.json == {
        **before.json,
        "label": "second",
        "version": 2,
        "updated_by": "editor",
        "updated_at": answer.json["updated_at"],
    }
    assert answer.json["updated_at"] > before.json["updated_at"]
    assert answer.headers["etag"] != before.headers["etag"]
    read = client.get(path)
    assert (read.json, read.headers["etag"]) == (answer.json, answer.headers["etag"])


@pytest.mark.parametrize("media_type", ["application/json", "application/merge-patch+json"])
def test_both_media_types_are_taken(client: Client, media_type: str) -> None:
    answer = client.patch(created(client), {"position": 2}, headers={"Content-Type": media_type})
    assert answer.status == 200


def test_null_clears_an_optional_field(client: Client) -> None:
    path = created(client, batch="one", position=1)
    assert client.patch(path, {"batch": None}).json["batch"] is None
    assert client.get(path).json["position"] == 1


def test_null_brings_a_field_back_to_its_default(client: Client) -> None:
    path = created(client, grade="a")
    assert client.patch(path, {"grade": None}).json["grade"] == "b"


def test_null_for_a_required_field_is_400(client: Client) -> None:
    path = created(client)
    answer = client.patch(path, {"label": None})
    assert (answer.status, list(answer.errors)) == (400, ["/label"])
    assert client.get(path).json["label"] == "first"


def test_objects_and_maps_merge_member_by_member(client: Client) -> None:
    place = {"room": "A1", "rack": 3, "door": {"color": "red"}}
    path = created(client, place=place, notes={"a": "1", "b": "2"})
    patch = {"place": {"rack": None, "door": {"color": "blue"}}, "notes": {"a": None, "c": "3"}}
    item = client.patch(path, patch).json
    assert item["place"] == {"room": "A1", "rack": None, "door": {"color": "blue"}}
    assert item["notes"] == {"b": "2", "c": "3"}
    assert client.get(path).json == item


def test_numbers_that_a_patch_leaves_alone_are_kept_to_the_digit(client: Client) -> None:
    path = created(client, size={"height": 2.5}, doses={"a": 0.1, "b": 1e-7, "c": 3})
    answer = client.patch(path, {"size": {"depth": 2}, "doses": {"b": None, "d": 0.30}})
    assert answer.status == 200
    assert answer.json["size"] == {"height": 2.5, "depth": 2}
    assert answer.json["doses"] == {"a": 0.1, "c": 3, "d": 0.3}
    assert client.patch(path, {"doses": {"e": -0.5}}).errors == {"/doses/e": "minimum"}


def test_json_fields_merge_as_rfc_7396_says(client: Client) -> None:
    path = created(client, extra={"a": {"b": 1, "c": 2}, "d": [1, 2]})
    item = client.patch(path, {"extra": {"a": {"b": None, "e": 3}, "d": [9]}}).json
    assert item["extra"] == {"a": {"c": 2, "e": 3}, "d": [9]}
    assert client.patch(path, {"extra": [None]}).json["extra"] == [None]
    assert client.patch(path, {"extra": {"x": {"y": None}}}).json["extra"] == {"x": {}}
    assert client.get(path).json["extra"] == {"x": {}}


def test_lists_are_replaced(client: Client) -> None:
    id = client.post(COURSES, course(tags=["a", "b"])).json["id"]
    assert client.patch(f"{COURSES}/{id}", {"tags": ["c"]}).json["tags"] == ["c"]
    assert client.patch(f"{COURSES}/{id}", {"tags": []}).json["tags"] == []


def test_what_merges_into_something_illegal_is_400(client: Client) -> None:
    path = created(client, place={"room": "A1"}, notes={str(n): "" for n in range(5)})
    bad = {"place": {"room": None}, "notes": {"more": "x"}}
    answer = client.patch(path, bad)
    assert answer.status == 400
    assert set(answer.errors) == {"/place/room", "/notes"}


def test_a_patch_of_nothing_is_200_and_writes_nothing(client: Client, table: Table) -> None:
    path = created(client, batch="one")
    before, kept = client.get(path), table.items()
    for patch in ({}, {"label": "first"}, {"batch": "one", "position": None}):
        answer = client.patch(path, patch)
        assert (answer.status, answer.json) == (200, before.json)
        assert answer.headers["etag"] == before.headers["etag"]
    assert table.items() == kept


def test_an_immutable_field_cannot_change(client: Client) -> None:
    item = client.post(COURSES, course()).json
    path = f"{COURSES}/{item['id']}"
    answer = client.patch(path, {"slug": "other", "title": "New"})
    assert (answer.status, list(answer.errors)) == (400, ["/slug"])
    assert client.get(path).json == item


@pytest.mark.parametrize("body", ["[]", '"x"', "1", "null", "true"])
def test_a_patch_that_is_no_object_is_400(client: Client, body: str) -> None:
    assert client.patch(created(client), None, raw=body).status == 400


def test_an_absent_item_is_404(client: Client) -> None:
    assert client.patch(f"{SAMPLES}/{ABSENT}", {"label": "x"}).status == 404


# If-Match


def test_if_match_of_the_present_version_is_taken(client: Client) -> None:
    path = created(client)
    tag = client.get(path).headers["etag"]
    assert client.patch(path, {"label": "x"}, headers={"If-Match": tag}).status == 200


@pytest.mark.parametrize("tag", ['"99"', '"x"', '""', '"01"', 'W/"1"', 'W/"1", "99"'])
def test_if_match_of_another_version_is_412_and_changes_nothing(client: Client, tag: str) -> None:
    path = created(client)
    before = client.get(path).json
    answer = client.patch(path, {"label": "x"}, headers={"If-Match": tag})
    assert answer.status == 412
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert client.get(path).json == before


def test_if_match_is_checked_where_nothing_would_change(client: Client) -> None:
    headers = {"If-Match": '"99"'}
    assert client.patch(created(client), {"label": "first"}, headers=headers).status == 412


@pytest.mark.parametrize(
    "tag",
    ["W/", "1", "", '"1', '1"', "'1'", 'w/"1"', '"1" "2"', '"1"x', '"1", *', "*, *", '"1\x7f"'],
)
def test_an_if_match_that_is_no_list_of_tags_is_400_and_changes_nothing(
    client: Client, tag: str
) -> None:
    path = created(client)
    before = client.get(path).json
    for answer in (
        client.patch(path, {"label": "x"}, headers={"If-Match": tag}),
        client.delete(path, headers={"If-Match": tag}),
        client.patch(f"{SAMPLES}/{ABSENT}", {"label": "x"}, headers={"If-Match": tag}),
    ):
        assert (answer.status, answer.json["code"]) == (400, "if_match")
        assert "If-Match" in answer.json["detail"]
    assert client.get(path).json == before


def test_a_long_if_match_is_read_in_one_pass(client: Client) -> None:
    path = created(client)
    for tag in ('"1",' * 2000 + "x", ", " * 4000, '"' * 8000):
        assert client.patch(path, {"label": "x"}, headers={"If-Match": tag}).status == 400


@pytest.mark.parametrize("template", ["*", '"77", {}', "{},{}", ' , {} ,, W/"3",', '"a,b",{}'])
def test_if_match_takes_any_and_lists(client: Client, template: str) -> None:
    path = created(client)
    tag = client.get(path).headers["etag"]
    headers = {"if-match": template.format(tag, tag)}
    assert client.patch(path, {"label": "x"}, headers=headers).status == 200


def test_a_stale_etag_is_412(client: Client) -> None:
    path = created(client)
    stale = client.get(path).headers["etag"]
    client.patch(path, {"label": "x"})
    assert client.patch(path, {"label": "y"}, headers={"If-Match": stale}).status == 412


def test_a_missing_if_match_is_428_where_the_spec_demands_it(client: Client, graded: str) -> None:
    answer = client.patch(graded, {"note": "x"})
    assert answer.status == 428
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert client.get(graded).json["note"] is None
    tag = client.get(graded).headers["etag"]
    assert client.patch(graded, {"note": "x"}, headers={"If-Match": tag}).status == 200


def test_a_missing_if_match_is_428_for_a_delete_too(client: Client, graded: str) -> None:
    assert client.delete(graded).status == 428
    assert client.delete(graded, headers={"If-Match": '"9"'}).status == 412
    assert client.delete(graded, headers={"If-Match": '"1"'}).status == 204


def test_a_stale_if_match_on_delete_is_412_and_keeps_the_item(client: Client) -> None:
    path = created(client)
    for tag in ('"9"', 'W/"1"'):
        assert client.delete(path, headers={"If-Match": tag}).status == 412
    assert client.get(path).status == 200


def test_a_child_is_updated_below_its_parent_only(client: Client) -> None:
    first, second = (client.post(COURSES, course()).json["id"] for _ in range(2))
    id = client.post(f"{COURSES}/{first}/lessons", lesson()).json["id"]
    patch = {"position": 4}
    assert client.patch(f"{COURSES}/{second}/lessons/{id}", patch).status == 404
    assert client.patch(f"{COURSES}/{first}/lessons/{id}", patch).json["position"] == 4
