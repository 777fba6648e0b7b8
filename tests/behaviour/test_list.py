"""GET of a collection: filters, order, pages."""

from __future__ import annotations

from typing import Any

import pytest

from .api import Client
from .samples import COURSES, ENROLLMENTS, SAMPLES, course, enrollment, sample


def labels(client: Client, **query: str) -> list[str]:
    """Labels of one page of samples."""
    answer = client.get(SAMPLES, query=query)
    assert answer.status == 200, answer.text
    return [item["label"] for item in answer.json["items"]]


def every_page(client: Client, path: str, **query: str) -> list[list[dict[str, Any]]]:
    """All pages of a list."""
    pages, cursor = [], None
    while True:
        answer = client.get(path, query={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status == 200, answer.text
        pages.append(answer.json["items"])
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return pages


def test_an_empty_list_is_one_empty_page(client: Client) -> None:
    answer = client.get(SAMPLES)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json == {"items": [], "next_cursor": None}


def test_without_a_query_items_come_in_order_of_creation(client: Client) -> None:
    for label in ("c", "a", "b"):
        client.post(SAMPLES, sample(label=label))
    assert labels(client) == ["c", "a", "b"]
    assert labels(client, sort="created_at") == ["c", "a", "b"]
    assert labels(client, sort="-created_at") == ["b", "a", "c"]


def test_an_item_of_a_list_is_what_get_gives(client: Client) -> None:
    id = client.post(COURSES, course(price="5.00", tags=["x"])).json["id"]
    assert client.get(COURSES).json["items"] == [client.get(f"{COURSES}/{id}").json]


def test_a_filter_selects_by_equality(client: Client) -> None:
    for label, batch in (("a", "one"), ("b", "two"), ("c", "one"), ("d", None)):
        client.post(SAMPLES, sample(label=label, batch=batch))
    assert labels(client, batch="one") == ["a", "c"]
    assert labels(client, batch="on") == []


def test_filters_combine_where_an_index_matches_both(client: Client) -> None:
    for label, flagged, grade in (("b", True, "a"), ("a", True, "a"), ("c", False, "a")):
        client.post(SAMPLES, sample(label=label, flagged=flagged, grade=grade))
    assert labels(client, flagged="true", grade="a") == ["a", "b"]
    assert labels(client, flagged="true", grade="a", sort="-label") == ["b", "a"]
    assert labels(client, flagged="false", grade="b") == []


ORDERED: dict[str, list[Any]] = {
    "label": ["!", "A", "Z", "a", "a b", "aa", "ä", "日本", "😀"],
    "position": [-(2**53) + 1, -1000, -999, -2, -1, 0, 1, 2, 9, 10, 100, 2**53 - 1],
    "reading": [-1e15, -10.5, -10, -3, -2, -1.25, -1.2, -1e-7, 0, 1e-7, 0.5, 1, 1.5, 2, 10, 1e20],
    "cost": [
        "-100.000",
        "-99.999",
        "-3.000",
        "-2.000",
        "-0.001",
        "0.000",
        "0.001",
        "9.900",
        "10.000",
    ],
    "taken_at": [
        "0001-01-01T00:00:00.000000Z",
        "1999-12-31T23:59:59.999999Z",
        "2000-01-01T00:00:00.000000Z",
        "2000-01-01T00:00:00.000001Z",
    ],
}


@pytest.mark.parametrize("field", ORDERED)
def test_a_sort_orders_by_value_with_unset_first(client: Client, field: str) -> None:
    values = ORDERED[field]
    shuffled = values[1::2] + values[::2]
    for value in shuffled:
        body = sample(**{field: value})
        assert client.post(SAMPLES, body).status == 201, body
    unset = [] if field == "label" else [None]
    if unset:
        client.post(SAMPLES, sample())
    ascending = [i[field] for i in client.get(SAMPLES, query={"sort": field}).json["items"]]
    descending = [i[field] for i in client.get(SAMPLES, query={"sort": f"-{field}"}).json["items"]]
    assert ascending == unset + values
    assert descending == ascending[::-1]


def test_equal_sort_values_come_in_order_of_creation(client: Client) -> None:
    for label in ("c", "a", "b"):
        client.post(SAMPLES, sample(label=label, position=5))
    assert labels(client, sort="position") == ["c", "a", "b"]


def test_an_index_follows_updates(client: Client) -> None:
    id = client.post(SAMPLES, sample(label="a", batch="one", position=3)).json["id"]
    client.post(SAMPLES, sample(label="b", batch="one", position=2))
    client.patch(f"{SAMPLES}/{id}", {"position": 1})
    assert labels(client, batch="one") == ["a", "b"]
    client.patch(f"{SAMPLES}/{id}", {"batch": None})
    assert labels(client, batch="one") == ["b"]


# Pages


def test_a_page_of_small_items_is_full_unless_it_is_the_last(client: Client) -> None:
    for number in range(7):
        client.post(SAMPLES, sample(label=str(number), batch="x" if number % 2 else "y"))
    assert [len(page) for page in every_page(client, SAMPLES, limit="3")] == [3, 3, 1]
    assert [len(page) for page in every_page(client, SAMPLES, limit="7")] == [7]
    assert [len(page) for page in every_page(client, SAMPLES, limit="2", batch="y")] == [2, 2]


@pytest.mark.parametrize("query", [{}, {"sort": "-created_at"}, {"sort": "position"}])
def test_pages_together_hold_each_item_once_in_order(client: Client, query: dict[str, str]) -> None:
    for number in range(11):
        client.post(SAMPLES, sample(label=str(number), position=number % 3))
    (whole,) = every_page(client, SAMPLES, limit="100", **query)
    pages = every_page(client, SAMPLES, limit="4", **query)
    assert [item for page in pages for item in page] == whole
    assert len(whole) == 11


def test_an_item_that_is_created_between_pages_moves_nothing(client: Client) -> None:
    for number in (2, 4, 6, 8):
        client.post(SAMPLES, sample(label=str(number)))
    first = client.get(SAMPLES, query={"sort": "label", "limit": "2"}).json
    client.post(SAMPLES, sample(label="1"))
    client.post(SAMPLES, sample(label="5"))
    assert labels(client, sort="label", limit="9", cursor=first["next_cursor"]) == ["5", "6", "8"]


def test_the_item_that_a_cursor_stands_on_may_be_deleted(client: Client) -> None:
    ids = [client.post(SAMPLES, sample(label=str(number))).json["id"] for number in range(4)]
    first = client.get(SAMPLES, query={"limit": "2"}).json
    client.delete(f"{SAMPLES}/{ids[1]}")
    assert labels(client, cursor=first["next_cursor"], limit="2") == ["2", "3"]


@pytest.mark.parametrize("limit", ["1", "100"])
def test_limits_between_1_and_100_are_served(client: Client, limit: str) -> None:
    client.post(SAMPLES, sample())
    assert len(labels(client, limit=limit)) == 1


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "", "1.5", "٣", " 3", "1e1", "9" * 400])
def test_another_limit_is_400(client: Client, limit: str) -> None:
    answer = client.get(SAMPLES, query={"limit": limit})
    assert answer.status == 400
    assert "limit" in answer.errors


# What no index serves


@pytest.mark.parametrize(
    "query",
    [
        {"level": "beginner", "instructor": "01K00000000000000000000000"},
        {"level": "beginner", "sort": "title"},
        {"sort": "title"},
        {"title": "x"},
        {"nonsense": "x"},
        {"created_by": "user-1"},
    ],
)
def test_a_combination_that_no_index_serves_is_400_and_names_the_legal_ones(
    client: Client, query: dict[str, str]
) -> None:
    answer = client.get(COURSES, query=query)
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    for legal in ("level", "instructor", "starts_on", "created_at"):
        assert legal in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "expert"),
        ("level", ""),
        ("instructor", "not-an-id"),
        ("sort", "-"),
        ("sort", "--starts_on"),
        ("sort", "starts_on,level"),
        ("sort", ""),
    ],
)
def test_a_filter_or_sort_that_cannot_be_is_400(client: Client, field: str, value: str) -> None:
    assert client.get(COURSES, query={field: value}).status == 400


@pytest.mark.parametrize(
    ("field", "value"), [("flagged", "yes"), ("flagged", "True"), ("day", "x")]
)
def test_a_filter_value_of_the_wrong_type_is_400(client: Client, field: str, value: str) -> None:
    query = {"grade": "a", field: value} if field == "flagged" else {field: value}
    answer = client.get(SAMPLES, query=query)
    assert answer.status == 400
    assert field in answer.errors


def test_a_parameter_that_is_given_twice_is_400(client: Client) -> None:
    answer = client.get(SAMPLES, query=[("batch", "a"), ("batch", "b")])
    assert answer.status == 400


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (
            [("limit", "0"), ("foo", "1"), ("level", "nope"), ("bar", "")],
            {"limit": "limit", "foo": "unknown", "level": "enum", "bar": "unknown"},
        ),
        ([("limit", "x"), ("sort", "x")], {"limit": "limit", "sort": "not_indexed"}),
        ([("deleted", "x"), ("foo", "1")], {"deleted": "deleted", "foo": "unknown"}),
        (
            [("deleted", "true"), ("level", "x"), ("sort", "x")],
            {"level": "unknown", "sort": "sort"},
        ),
        ([("limit", "0"), ("limit", "1"), ("foo", "1")], {"limit": "repeated", "foo": "unknown"}),
        # The filter that is meant may be the one that the order goes with.
        ([("levl", "beginner"), ("sort", "starts_on")], {"levl": "unknown"}),
        (
            [("limit", "0"), ("level", "nope"), ("sort", "created_at")],
            {"limit": "limit", "level": "enum", "sort": "not_indexed"},
        ),
    ],
)
def test_all_that_is_wrong_with_a_query_is_told_at_once(
    client: Client, query: list[tuple[str, str]], errors: dict[str, str]
) -> None:
    answer = client.get(COURSES, query=query)
    assert (answer.status, answer.json["code"]) == (400, "invalid_query")
    assert answer.errors == errors


def test_a_query_of_many_errors_is_an_answer_of_few(client: Client) -> None:
    answer = client.get(COURSES, query=[(f"p{number}", "") for number in range(3000)])
    assert (answer.status, len(answer.errors)) == (400, 20)


def test_filter_values_are_normalized_as_stored_ones_are(client: Client) -> None:
    course_id = client.post(COURSES, course()).json["id"]
    client.post(ENROLLMENTS, enrollment(course_id, learner="Zoë #1"))
    answer = client.get(ENROLLMENTS, query={"learner": "Zoë #1"})
    assert [item["learner"] for item in answer.json["items"]] == ["Zoë #1"]
