"""The local gateway answers as API Gateway does before and after it calls a function."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from nexus_gen.local.functions import FunctionError
from nexus_gen.local.gateway import MAX_PAYLOAD, Gateway, Route, proxy_event, serve
from nexus_gen.local.tokens import TokenError

ORIGIN = "http://localhost:5173"


class Recorder:
    """A function that keeps the events it gets and answers with the last one."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.fails = False

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        if self.fails:
            raise FunctionError("died")
        self.events.append(event)
        return {"statusCode": 200, "headers": {"X-Seen": event["resource"]}, "body": "{}"}


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
def lines() -> list[str]:
    return []


@pytest.fixture
def gateway(function: Recorder, lines: list[str]) -> Gateway:
    gateway = Gateway((ORIGIN,), lines.append)
    gateway.verifier = OneToken()  # type: ignore[assignment]
    gateway.routes = [
        Route("/education/courses/{course_id}", function),  # type: ignore[arg-type]
        Route("/education/courses", function),  # type: ignore[arg-type]
        Route("/education/courses/new", function),  # type: ignore[arg-type]
    ]
    return gateway


def test_a_known_path_reaches_its_function_with_the_verified_claims(
    gateway: Gateway, function: Recorder
) -> None:
    answer = gateway.answer("GET", "/education/courses/abc", {"Authorization": "good"}, b"")
    assert answer["statusCode"] == 200
    (event,) = function.events
    assert event["resource"] == "/education/courses/{course_id}"
    assert event["pathParameters"] == {"course_id": "abc"}
    assert event["requestContext"]["authorizer"] == {"claims": {"sub": "user-1"}}


def test_a_static_part_wins_over_a_parameter(gateway: Gateway, function: Recorder) -> None:
    gateway.answer("GET", "/education/courses/new", {"Authorization": "good"}, b"")
    assert function.events[0]["resource"] == "/education/courses/new"


def test_an_unknown_path_is_what_api_gateway_says(gateway: Gateway, function: Recorder) -> None:
    answer = gateway.answer("GET", "/education/nothing", {"Authorization": "good"}, b"")
    assert (answer["statusCode"], json.loads(answer["body"])["message"]) == (
        403,
        "Missing Authentication Token",
    )
    assert function.events == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "bad"}])
def test_without_a_valid_token_the_function_is_not_called(
    gateway: Gateway, function: Recorder, headers: dict[str, str]
) -> None:
    answer = gateway.answer("GET", "/education/courses", {**headers, "Origin": ORIGIN}, b"")
    assert answer["statusCode"] == 401
    assert answer["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert function.events == []


def test_preflight_needs_no_token_and_names_the_origin(gateway: Gateway) -> None:
    answer = gateway.answer("OPTIONS", "/education/courses", {"Origin": ORIGIN}, b"")
    assert answer["statusCode"] == 200
    assert answer["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert "PATCH" in answer["headers"]["Access-Control-Allow-Methods"]
    assert "If-Match" in answer["headers"]["Access-Control-Allow-Headers"]


def test_a_foreign_origin_is_allowed_nothing(gateway: Gateway) -> None:
    answer = gateway.answer("OPTIONS", "/education/courses", {"Origin": "https://evil"}, b"")
    assert answer["headers"] == {"Vary": "Origin"}


def test_a_dead_function_is_a_502_and_a_log_line(
    gateway: Gateway, function: Recorder, lines: list[str]
) -> None:
    function.fails = True
    answer = gateway.answer("GET", "/education/courses", {"Authorization": "good"}, b"")
    assert answer["statusCode"] == 502
    assert any("died" in line for line in lines)


def test_every_request_is_one_log_line(gateway: Gateway, lines: list[str]) -> None:
    gateway.answer("GET", "/education/courses?limit=2", {"Authorization": "good"}, b"")
    (line,) = lines
    assert line.startswith("GET /education/courses?limit=2 -> 200 (")


def test_the_event_keeps_repeated_parameters_and_binary_bodies() -> None:
    event = proxy_event("GET", "/x", "a=1&a=2&b=", {}, b"\xff", "/x", {})
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""]}
    assert event["queryStringParameters"] == {"a": "2", "b": ""}
    assert (event["body"], event["isBase64Encoded"]) == ("/w==", True)


def test_an_event_without_parameters_has_nulls_as_on_aws() -> None:
    event = proxy_event("GET", "/x", "", {}, b"", "/x", {})
    assert event["queryStringParameters"] is None
    assert event["pathParameters"] is None
    assert event["body"] is None


@pytest.fixture
def url(gateway: Gateway) -> Iterator[str]:
    server = serve(gateway, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_speaks_http_on_loopback(url: str, function: Recorder) -> None:
    request = urllib.request.Request(
        f"{url}/education/courses", data=b'{"a": 1}', headers={"Authorization": "good"}
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.headers["X-Seen"] == "/education/courses"
    assert function.events[0]["httpMethod"] == "POST"
    assert function.events[0]["body"] == '{"a": 1}'


def test_a_payload_past_the_gateway_s_limit_is_refused_unread(url: str, function: Recorder) -> None:
    request = urllib.request.Request(
        f"{url}/education/courses", method="POST", headers={"Content-Length": str(MAX_PAYLOAD + 1)}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=5)
    assert refused.value.code == 413
    assert function.events == []
