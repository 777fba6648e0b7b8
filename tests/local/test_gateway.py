"""The local gateway answers as API Gateway does before and after it calls a function."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from nexus_gen.local.functions import FunctionError, Result
from nexus_gen.local.gateway import Gateway, Handled, proxy_event
from nexus_gen.local.http import HttpRequest
from nexus_gen.local.routes import Route, Routes
from nexus_gen.local.tokens import TokenError

ORIGIN = "http://localhost:5173"


class Recorder:
    """A function that keeps the events it gets and answers with the last one."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.fails = False
        self.headers = [("X-Seen", "")]

    async def invoke(self, event: dict[str, Any]) -> Result:
        if self.fails:
            raise FunctionError("its process ended")
        self.events.append(event)
        headers = [(name, value or event["resource"]) for name, value in self.headers]
        return Result(200, headers, b"{}", [])


class OneToken:
    """Accepts the token `good`."""

    def claims(self, authorization: str) -> dict[str, str]:
        if authorization != "good":
            raise TokenError("bad")
        return {"sub": "user-1"}


@pytest.fixture
def function() -> Recorder:
    return Recorder()


@pytest.fixture
def gateway(function: Recorder) -> Gateway:
    gateway = Gateway()
    gateway.origins = frozenset({ORIGIN})
    gateway.verifier = OneToken()  # type: ignore[assignment]
    gateway.routes = Routes(
        Route(path, ("GET", "PATCH"), function)  # type: ignore[arg-type]
        for path in (
            "/education/courses/{course_id}",
            "/education/courses",
            "/education/courses/new",
            "/education/courses/{course_id}/lessons/{lesson_id}",
        )
    )
    return gateway


def request(
    method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> HttpRequest:
    path, _, query = target.partition("?")
    given = headers or {}
    return HttpRequest(method, path, query, given, list(given.items()), body)


def handle(gateway: Gateway, *arguments: Any) -> Handled:
    asked = request(*arguments)
    return asyncio.run(gateway.handle(asked, gateway.routes.find(asked.path)))


def headers_of(handled: Handled) -> dict[str, str]:
    return dict(handled.answer.headers)


def test_a_known_path_reaches_its_function_with_the_verified_claims(
    gateway: Gateway, function: Recorder
) -> None:
    handled = handle(gateway, "GET", "/education/courses/abc", {"authorization": "good"})
    assert handled.answer.status == 200
    (event,) = function.events
    assert event["resource"] == "/education/courses/{course_id}"
    assert event["pathParameters"] == {"course_id": "abc"}
    assert event["requestContext"]["authorizer"] == {"claims": {"sub": "user-1"}}
    assert event["requestContext"]["requestId"] == handled.id


@pytest.mark.parametrize(
    ("path", "resource", "parameters"),
    [
        ("/education/courses/new", "/education/courses/new", None),
        (
            "/education/courses/a%2Fb/lessons/%C3%A9",
            "/education/courses/{course_id}/lessons/{lesson_id}",
            {"course_id": "a/b", "lesson_id": "é"},
        ),
    ],
)
def test_a_static_part_wins_over_a_parameter_and_parameters_are_decoded(
    gateway: Gateway,
    function: Recorder,
    path: str,
    resource: str,
    parameters: dict[str, str] | None,
) -> None:
    handle(gateway, "GET", path, {"authorization": "good"})
    seen = function.events[0] if function.events else {}
    assert (seen.get("resource"), seen.get("pathParameters")) == (resource, parameters)


@pytest.mark.parametrize("path", ["/education/nothing", "/", "/education/courses//lessons/x", "//"])
def test_an_unknown_path_is_what_api_gateway_says(
    gateway: Gateway, function: Recorder, path: str
) -> None:
    handled = handle(gateway, "GET", path, {"authorization": "good"})
    assert (handled.answer.status, json.loads(handled.answer.body)) == (
        403,
        {"message": "Missing Authentication Token"},
    )
    assert function.events == []


@pytest.mark.parametrize("headers", [{}, {"authorization": "bad"}])
def test_without_a_valid_token_the_function_is_not_called(
    gateway: Gateway, function: Recorder, headers: dict[str, str]
) -> None:
    handled = handle(gateway, "GET", "/education/courses", {**headers, "origin": ORIGIN})
    assert handled.answer.status == 401
    assert headers_of(handled)["Access-Control-Allow-Origin"] == ORIGIN
    assert function.events == []


def test_preflight_names_the_headers_of_the_spec_besides(gateway: Gateway) -> None:
    plain = handle(gateway, "OPTIONS", "/education/courses", {"origin": ORIGIN})
    gateway.request_headers = ("traceparent", "baggage")
    traced = handle(gateway, "OPTIONS", "/education/courses", {"origin": ORIGIN})
    before, after = (
        dict(handled.answer.headers)["Access-Control-Allow-Headers"] for handled in (plain, traced)
    )
    assert after == f"{before},traceparent,baggage"


def test_preflight_needs_no_token_and_names_the_origin_and_the_methods_of_the_path(
    gateway: Gateway,
) -> None:
    handled = handle(gateway, "OPTIONS", "/education/courses", {"origin": ORIGIN})
    assert handled.answer.status == 204
    headers = headers_of(handled)
    assert headers["Access-Control-Allow-Origin"] == ORIGIN
    assert headers["Access-Control-Allow-Methods"] == "GET,PATCH"
    assert "If-Match" in headers["Access-Control-Allow-Headers"]


def test_a_foreign_origin_is_not_named(gateway: Gateway) -> None:
    for method in ("OPTIONS", "GET"):
        handled = handle(gateway, method, "/education/courses", {"origin": "https://evil"})
        headers = headers_of(handled)
        assert headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_a_dead_function_is_a_502_that_says_why(gateway: Gateway, function: Recorder) -> None:
    function.fails = True
    handled = handle(gateway, "GET", "/education/courses", {"authorization": "good"})
    assert (handled.answer.status, handled.error) == (502, "its process ended")


def test_the_event_keeps_repeated_parameters_and_binary_bodies() -> None:
    event = proxy_event(request("GET", "/x?a=1&a=2&b=", {}, b"\xff"), "1", "/x", {}, {})
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""]}
    assert event["queryStringParameters"] == {"a": "2", "b": ""}
    assert (event["body"], event["isBase64Encoded"]) == ("/w==", True)


def test_an_event_without_parameters_has_nulls_as_on_aws() -> None:
    event = proxy_event(request("GET", "/x"), "1", "/x", {}, {})
    assert event["queryStringParameters"] is None
    assert event["pathParameters"] is None
    assert event["body"] is None


COURSES = "/education/courses"
TOKEN = {"authorization": "good"}


def test_the_request_line_and_headers_take_10240_bytes_together(gateway: Gateway) -> None:
    used = len("GET /education/courses HTTP/1.1\r\n") + len("authorization: good\r\nx: \r\n")
    room = 10_240 - used
    assert handle(gateway, "GET", COURSES, {**TOKEN, "x": "v" * room}).answer.status == 200
    for target, value in ((COURSES, "v" * (room + 1)), (f"{COURSES}?q={'x' * room}", "")):
        handled = handle(gateway, "GET", target, {**TOKEN, "x": value, "origin": ORIGIN})
        assert handled.answer.status == 431
        assert json.loads(handled.answer.body) == {
            "message": "HTTP header is larger than 10240 bytes."
        }
        assert headers_of(handled)["Access-Control-Allow-Origin"] == ORIGIN
    cookies = {**TOKEN, "cookie": "v" * 20_000}
    assert handle(gateway, "GET", COURSES, cookies).answer.status == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 6_280_000, 200),
        (b"x" * 6_291_456, 413),
        (b'"' * 3_140_000, 200),
        (b'"' * 3_150_000, 413),
        (b"\x01" * 1_040_000, 200),
        (b"\x01" * 1_050_000, 413),
        (b"\xff" * 4_700_000, 200),
        (b"\xff" * 4_720_000, 413),
    ],
)
def test_an_event_past_lambda_s_limit_is_413(
    gateway: Gateway, function: Recorder, body: bytes, status: int
) -> None:
    handled = handle(gateway, "PATCH", COURSES, TOKEN, body)
    assert handled.answer.status == status
    assert len(function.events) == (status == 200)


def test_an_answer_with_more_headers_than_the_gateway_takes_is_502(
    gateway: Gateway, function: Recorder
) -> None:
    function.headers = [("X-Large", "v" * 10_240)]
    handled = handle(gateway, "GET", COURSES, TOKEN)
    assert handled.answer.status == 502
    assert json.loads(handled.answer.body) == {"message": "Internal server error"}
