"""Requests that are refused before any data is touched, and what the refusal looks like."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .api import Answer, Client
from .estate import Table
from .samples import ABSENT, COURSES, JOURNALS, SAMPLES, course, sample


def assert_problem(answer: Answer, status: int) -> dict[str, Any]:
    """Hold that an answer is a problem as RFC 9457 has it; returns its members."""
    assert answer.status == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem: dict[str, Any] = answer.json
    assert problem["status"] == status
    assert {"type", "title", "detail", "code", "request_id"} <= set(problem)
    return problem


def test_a_problem_carries_the_request_id(client: Client) -> None:
    answer = client.get(f"{COURSES}/{ABSENT}", request_id="request-17")
    assert assert_problem(answer, 404)["request_id"] == "request-17"


def test_every_field_error_is_reported_at_its_pointer(client: Client, table: Table) -> None:
    body = {
        "label": "",
        "position": "1",
        "cost": "1.2345",
        "day": "2026-02-30",
        "flagged": 0,
        "contact": "nobody",
        "grade": "z",
        "place": {"rack": "x", "door": {"color": 1, "knob": 1}},
        "notes": {"a": 1, "b/c~d": None},
        "nonsense": 1,
        "id": ABSENT,
    }
    answer = client.post(SAMPLES, body)
    problem = assert_problem(answer, 400)
    assert set(answer.errors) == {
        "/label",
        "/position",
        "/cost",
        "/day",
        "/flagged",
        "/contact",
        "/grade",
        "/place/rack",
        "/place/room",
        "/place/door/color",
        "/place/door/knob",
        "/notes/a",
        "/notes/b~1c~0d",
        "/nonsense",
        "/id",
    }
    assert all(error["code"] and error["detail"] for error in problem["errors"])
    assert table.items() == []


def test_errors_in_lists_point_at_the_element(client: Client) -> None:
    tags = ["fine", "", 3, None, "x" * 41]
    answer = client.post(COURSES, course(tags=tags))
    assert set(answer.errors) == {"/tags/1", "/tags/2", "/tags/3", "/tags/4"}


def test_missing_required_fields_are_all_named(client: Client) -> None:
    answer = client.post(COURSES, {"level": "x"})
    assert set(answer.errors) == {"/title", "/slug", "/level"}


def test_a_patch_reports_all_errors_too(client: Client) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    answer = client.patch(path, {"label": 1, "grade": "z", "version": 7, "x": 1})
    assert set(answer.errors) == {"/label", "/grade", "/version", "/x"}


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "nothing",
        '{"label": "a",}',
        '{"label": NaN}',
        '{"label": "a", "label": "b"}',
        "{'label': 'a'}",
        '{"label": "\\ud800"}',
        '{"position": 1e999999999}',
        b"\xff\xfe",
        b'{"label": "\xe4"}',
        "[" * 100_000,
        '{"extra":' * 5000,
        "\ufeff{}",
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_a_malformed_body_is_400(client: Client, table: Table, raw: str | bytes) -> None:
    assert_problem(client.post(SAMPLES, raw=raw), 400)
    assert table.items() == []


@pytest.mark.parametrize("raw", ["[]", "null", "1", '"text"', "true"])
def test_a_body_that_is_no_object_is_400(client: Client, raw: str) -> None:
    assert_problem(client.post(SAMPLES, raw=raw), 400)


def test_broken_base64_is_400(client: Client) -> None:
    event = client.event("POST", SAMPLES, raw=b"{}")
    event["body"] = "!!!"
    response = client.handler(event, None)
    assert response["statusCode"] == 400


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/xml",
        "",
        "application/jsonx",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
    ],
)
def test_another_media_type_is_415(client: Client, table: Table, media_type: str) -> None:
    answer = client.post(SAMPLES, sample(), headers={"Content-Type": media_type})
    assert_problem(answer, 415)
    assert table.items() == []


def test_a_body_without_a_media_type_is_415(client: Client) -> None:
    event = client.event("POST", SAMPLES, body=sample())
    for headers in (event["headers"], event["multiValueHeaders"]):
        del headers["Content-Type"]
    assert client.handler(event, None)["statusCode"] == 415


def test_a_merge_patch_is_no_media_type_for_a_create(client: Client) -> None:
    headers = {"Content-Type": "application/merge-patch+json"}
    assert_problem(client.post(SAMPLES, sample(), headers=headers), 415)


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_body_over_one_megabyte_is_413(
    client: Client, table: Table, method: str, encoded: bool
) -> None:
    path = SAMPLES if method == "POST" else f"{SAMPLES}/{ABSENT}"
    text = json.dumps({"label": "x" * 1_048_577})
    answer = client.send(method, path, raw=text.encode() if encoded else text)
    assert_problem(answer, 413)
    assert table.items() == []


def test_the_bound_counts_bytes_and_not_characters(client: Client) -> None:
    text = json.dumps({"label": "😀" * 300_000}, ensure_ascii=False)
    assert len(text) < 1_000_000 < len(text.encode())
    assert_problem(client.post(SAMPLES, raw=text), 413)


def test_a_large_body_below_the_bound_is_read(client: Client) -> None:
    text = json.dumps({"label": "x" * 900_000})
    assert set(client.post(SAMPLES, raw=text).errors) == {"/label"}


def test_very_many_members_are_refused_before_they_are_read(client: Client) -> None:
    raw = json.dumps({f"k{number}": 1 for number in range(60_000)})
    answer = client.post(SAMPLES, raw=raw)
    assert_problem(answer, 400)
    assert len(answer.text) < 200_000


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        (COURSES, {"GET", "POST"}),
        (f"{COURSES}/{ABSENT}", {"GET", "PATCH", "DELETE"}),
        (f"{COURSES}/{ABSENT}/restore", {"POST"}),
        (f"{COURSES}/{ABSENT}/lessons", {"GET", "POST"}),
        (JOURNALS, {"GET", "POST"}),
        (f"{JOURNALS}/{ABSENT}", {"GET"}),
    ],
)
def test_a_wrong_method_is_405_with_allow(client: Client, path: str, allow: set[str]) -> None:
    for method in {"GET", "POST", "PATCH", "DELETE", "PUT"} - allow:
        answer = client.send(method, path, body={})
        assert_problem(answer, 405)
        named = {name.strip() for name in answer.headers["allow"].split(",")}
        assert named - {"OPTIONS", "HEAD"} == allow, method


def test_an_unknown_resource_is_404(client: Client) -> None:
    assert_problem(client.get("/education/unheard-of"), 404)


def test_answers_are_not_kept_by_caches(client: Client) -> None:
    id = client.post(SAMPLES, sample()).json["id"]
    for path in (SAMPLES, f"{SAMPLES}/{id}", f"{SAMPLES}/{ABSENT}"):
        control = client.get(path).headers.get("cache-control", "")
        assert "no-store" in control or "private" in control, path


def test_every_answer_carries_security_headers_and_the_request_id(client: Client) -> None:
    for answer in (
        client.get(SAMPLES, request_id="id-1"),
        client.get(f"{SAMPLES}/{ABSENT}", request_id="id-1"),
        client.post(SAMPLES, {}, request_id="id-1"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-request-id"] == "id-1"


@pytest.mark.parametrize(
    "damage",
    [
        {"headers": None, "multiValueHeaders": None},
        {"pathParameters": None},
        {"multiValueQueryStringParameters": None, "queryStringParameters": None},
        {"body": None},
        {"requestContext": {}},
    ],
    ids=lambda damage: "+".join(damage),
)
def test_an_event_with_parts_missing_is_answered(client: Client, damage: dict[str, Any]) -> None:
    for method, path in (("GET", COURSES), ("POST", COURSES), ("GET", f"{COURSES}/{ABSENT}")):
        event = {**client.event(method, path, body=sample()), **damage}
        assert client.handler(event, None)["statusCode"] < 500
