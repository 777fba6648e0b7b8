"""Conditional requests, headers and paths."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_runtime.http import IfMatch, Page, Request, created, found, no_content, page
from nexus_runtime.identity import Identity
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem, QueryErrors

RECORD = {"id": "01K00000000000000000000000", "version": 3}
ME = Identity(Tenant("acme"), "u-1", frozenset())


def request(method: str = "GET", path: str = "/x", **event: Any) -> Request:
    """A request of an event."""
    return Request({"httpMethod": method, "path": path, **event}, "r-1", ME)


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("*", True),
        (" * ", True),
        ('"3"', True),
        ('W/"3"', False),
        ('W/"3", "3"', True),
        ('"1", "3"', True),
        ('"1","2"', False),
        ('"03"', False),
        ('"\xe9"', False),
        ('"' + "9" * 5000 + '"', False),
        ('"x", ' * 1500 + '"3"', True),
    ],
)
def test_if_match_names_versions(value: str, accepted: bool) -> None:
    assert IfMatch(value).accepts(3) is accepted


@pytest.mark.parametrize("value", ['"3 "', "3", "", ",", '"', '"٣"', '"3"; "4"', "*, *"])
def test_an_if_match_that_is_no_list_of_tags_is_400(value: str) -> None:
    with pytest.raises(Problem) as refused:
        IfMatch(value)
    assert (refused.value.status, refused.value.code) == (400, "if_match")


def test_a_missing_if_match_is_428_only_where_it_is_demanded() -> None:
    assert request().if_match(required=False) is None
    with pytest.raises(Problem) as refused:
        request().if_match(required=True)
    assert refused.value.status == 428


@pytest.mark.parametrize("value", ['"3"', 'W/"3"', '"1", W/"3"', "*"])
def test_a_known_version_is_304_for_get_only(value: str) -> None:
    headers: dict[str, Any] = {"headers": {"If-None-Match": value}}
    response = found(request(**headers), RECORD)
    assert (response.status, response.body, response.headers) == (304, None, {"ETag": '"3"'})
    assert found(request("PATCH", **headers), RECORD).status == 200


@pytest.mark.parametrize("value", ['"4"', "3", "", '"3', '"33"'])
def test_another_version_is_200(value: str) -> None:
    response = found(request(headers={"if-none-match": value}), RECORD)
    assert (response.status, response.headers) == (200, {"ETag": '"3"'})


def test_headers_are_found_by_any_case_and_joined() -> None:
    one = request(headers={"X-A": "1"}, multiValueHeaders={"X-A": ["1"], "x-b": ["2", "3"]})
    assert (one.header("x-a"), one.header("x-b"), one.header("x-c")) == ("1", "2, 3", None)
    assert request(headers={"X-A": "1"}, multiValueHeaders=None).header("x-a") == "1"
    assert request(headers=None).header("x-a") is None


def test_the_location_is_below_the_path_that_the_client_asked_for() -> None:
    staged = request("POST", "/notes", requestContext={"path": "/dev/notes/"})
    response = created(staged, RECORD)
    assert response.headers["Location"] == f"/dev/notes/{RECORD['id']}"
    assert created(request("POST", "/notes"), RECORD).headers["Location"].startswith("/notes/")


def test_a_repeated_query_parameter_is_an_error() -> None:
    twice = {"a": ["1", "2"]}
    errors = QueryErrors()
    request(queryStringParameters={"a": "2"}, multiValueQueryStringParameters=twice).query(errors)
    assert [(error["parameter"], error["code"]) for error in errors] == [("a", "repeated")]
    errors = QueryErrors()
    assert request(queryStringParameters=None).query(errors) == {}
    assert request(queryStringParameters={"a": "2"}).query(errors) == {"a": "2"}
    assert errors == []


def test_pages_and_empty_answers() -> None:
    assert page(request(), Page([], None)).body == '{"items":[],"next_cursor":null}'
    assert page(request(), Page([{"a": "é"}], "c")).body == (
        '{"items":[{"a":"é"}],"next_cursor":"c"}'
    )
    assert (no_content().status, no_content().body) == (204, None)
