"""GET of one item."""

from __future__ import annotations

import pytest

from .api import Client
from .samples import ABSENT, COURSES, SAMPLES, course, sample


@pytest.fixture
def path(client: Client) -> str:
    """Path of an item."""
    return f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"


def test_get_answers_200_with_the_item_and_its_etag(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.json["label"] == "first"
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize(
    "template", ["{}", "W/{}", '"other", {}', "*", '{} , "x"'], ids=lambda t: t
)
def test_get_answers_304_without_a_body_to_a_known_etag(
    client: Client, path: str, template: str
) -> None:
    tag = client.get(path).headers["etag"]
    answer = client.get(path, headers={"If-None-Match": template.format(tag)})
    assert (answer.status, answer.text) == (304, "")
    assert answer.headers["etag"] == tag


@pytest.mark.parametrize("tag", ['"999"', "W/", "", "1", '"1'])
def test_get_answers_200_to_another_etag(client: Client, path: str, tag: str) -> None:
    assert client.get(path, headers={"if-none-match": tag}).status == 200


def test_an_etag_changes_with_the_item(client: Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    client.patch(path, {"label": "second"})
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status == 200
    assert answer.headers["etag"] != tag


def test_an_absent_item_is_404(client: Client) -> None:
    answer = client.get(f"{COURSES}/{ABSENT}")
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert "etag" not in answer.headers


@pytest.mark.parametrize("id", ["x", "#", "..", "01k00000000000000000000000", "é" * 30, "0" * 3000])
def test_an_id_that_no_item_can_have_is_404_like_an_absent_one(client: Client, id: str) -> None:
    absent = client.get(f"{COURSES}/{ABSENT}", request_id="same")
    assert client.get(f"{COURSES}/{id}", request_id="same") == absent


def test_an_item_of_another_collection_is_404(client: Client, path: str) -> None:
    id = path.rpartition("/")[2]
    assert client.get(f"{COURSES}/{id}").status == 404


def test_reading_twice_gives_the_same_bytes(client: Client) -> None:
    id = client.post(COURSES, course(price="3.10", tags=["b", "a"])).json["id"]
    assert client.get(f"{COURSES}/{id}").text == client.get(f"{COURSES}/{id}").text
