"""Values that mean something to keys, expressions and URLs are data like any other."""

from __future__ import annotations

import pytest

from tests.sizes import chance, size

from .api import Client
from .estate import Table
from .samples import ABSENT, COURSES, INSTRUCTORS, SAMPLES, course, instructor, lesson, sample

HOSTILE = [
    "#",
    "a#b",
    "#!slug#x",
    ":v",
    "attribute_exists(pk)",
    'a"b',
    "a'b",
    "a\\b",
    "$",
    "$23",
    "%23",
    "%",
    "*",
    "..",
    "/",
    "a b",
    " ",
    "\u200b",
    "\ufeff",
    "ß",
    "é",
    "e\u0301",
    "日本語",
    "😀",
    "\uffff",
    "{}",
    "null",
    "true",
    "0",
    "NULL",
    "size",
    "pk",
    "<script>",
    "${jndi:ldap://x}",
    "'; DROP TABLE x; --",
]
_DRAW = chance("hostile values")
HOSTILE += ["".join(_DRAW.choices(HOSTILE, k=3)) for _ in range(size(ci=0, soak=400))]
pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("value", ["\t", "\n", "\x00", "\x7f", "\u2028"], ids=ascii)
def test_a_line_holds_no_control_character(client: Client, value: str) -> None:
    for where in ({"label": value}, {"batch": value}, {"notes": {value: "x"}}):
        answer = client.post(SAMPLES, sample(**where))
        (name,) = where
        assert (answer.status, set(answer.errors)) == (400, {f"/{name}"})
    assert client.get(SAMPLES, query={"batch": value}).status == 400


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_value_is_stored_matched_sorted_and_paged_as_it_is(client: Client, value: str) -> None:
    for label in (value, "zzz", "!"):
        answer = client.post(SAMPLES, sample(label=label, batch=value, notes={value: value}))
        assert answer.status == 201, answer.text
    id = client.get(SAMPLES, query={"batch": value}).json["items"][0]["id"]
    item = client.get(f"{SAMPLES}/{id}").json
    assert (item["label"], item["batch"], item["notes"]) == (value, value, {value: value})
    page = client.get(SAMPLES, query={"sort": "label", "limit": "1"}).json
    labels = [item["label"] for item in page["items"]]
    while page["next_cursor"]:
        query = {"sort": "label", "limit": "1", "cursor": page["next_cursor"]}
        page = client.get(SAMPLES, query=query).json
        labels += [item["label"] for item in page["items"]]
    assert labels == sorted([value, "zzz", "!"])


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_filter_finds_exactly_its_value(client: Client, value: str) -> None:
    near = {value, f"{value}#", f"#{value}", f"{value} ", value + value}
    for batch in near:
        client.post(SAMPLES, sample(batch=batch))
    items = client.get(SAMPLES, query={"batch": value}).json["items"]
    assert [item["batch"] for item in items] == [value]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_an_id_is_only_ever_an_id(client: Client, value: str) -> None:
    item = client.post(SAMPLES, sample()).json
    absent = client.get(f"{SAMPLES}/{ABSENT}", request_id="same")
    for id in (value, item["id"] + value, f"{client.tenant}#sample"):
        event = client.event("GET", f"{SAMPLES}/{ABSENT}", request_id="same")
        event["pathParameters"] = {"sample_id": id}
        response = client.handler(event, None)
        assert (response["statusCode"], response["body"]) == (404, absent.text)


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_parents_id_does_not_reach_into_other_partitions(client: Client, value: str) -> None:
    parent = client.post(COURSES, course()).json["id"]
    id = client.post(f"{COURSES}/{parent}/lessons", lesson()).json["id"]
    for method, path in (
        ("GET", f"{COURSES}/{ABSENT}/lessons/{id}"),
        ("DELETE", f"{COURSES}/{ABSENT}/lessons/{id}"),
        ("POST", f"{COURSES}/{ABSENT}/lessons"),
    ):
        event = client.event(method, path, body=lesson())
        event["pathParameters"]["course_id"] = value
        assert client.handler(event, None)["statusCode"] == 404
    assert client.get(f"{COURSES}/{parent}/lessons/{id}").status == 200


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_names_in_a_query_are_never_expressions(client: Client, value: str) -> None:
    client.post(SAMPLES, sample())
    for query in ({value: "x"}, {"sort": value}, {"sort": f"-{value}"}):
        assert client.get(SAMPLES, query=query).status == 400


def test_the_longest_value_that_the_spec_allows_is_a_key(client: Client) -> None:
    for value in ("😀" * 491, "#" * 491, "x" * 491):
        assert client.post(SAMPLES, sample(batch=value)).status == 201
        found = client.get(SAMPLES, query={"batch": value}).json["items"]
        assert [item["batch"] for item in found] == [value]


def test_a_value_too_long_for_a_key_is_400_and_not_a_failure(client: Client, table: Table) -> None:
    too_long = "😀" * 492
    answer = client.post(SAMPLES, sample(batch=too_long))
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert table.items() == []
    assert client.get(SAMPLES, query={"batch": too_long}).status == 400


@pytest.mark.parametrize("length", [2048, 10_000])
def test_long_ids_filters_and_keys_are_refused(client: Client, length: int) -> None:
    long = "x" * length
    assert client.get(f"{SAMPLES}/{long}").status == 404
    assert client.get(SAMPLES, query={"batch": long}).status == 400
    assert client.get(SAMPLES, query={long: "x"}).status == 400
    assert client.get(SAMPLES, query={"cursor": long}).status == 400
    headers = {"Idempotency-Key": long + "x"}
    assert client.post(SAMPLES, sample(), headers=headers).status == 400


@pytest.mark.parametrize("key", ["a#b", "#", "!", "a b", "$23", "é", '"quoted"'], ids=ascii)
def test_idempotency_keys_are_data_too(client: Client, key: str) -> None:
    body, headers = sample(), {"Idempotency-Key": key}
    first = client.post(SAMPLES, body, headers=headers)
    assert first.status in (201, 400)
    assert client.post(SAMPLES, body, headers=headers).text == first.text or first.status == 400


def test_an_idempotency_key_cannot_name_a_unique_marker(client: Client) -> None:
    client.post(INSTRUCTORS, instructor(email="a@example.com"))
    headers = {"Idempotency-Key": "instructor#!email#a@example.com"}
    assert client.post(INSTRUCTORS, instructor(), headers=headers).status in (201, 400)
    answer = client.post(INSTRUCTORS, instructor(email="a@example.com"))
    assert answer.status == 409
