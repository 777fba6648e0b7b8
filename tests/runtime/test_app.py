"""The entry point: routing, authorisation, headers, errors and the log."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from nexus_runtime import dynamodb
from nexus_runtime.app import App
from nexus_runtime.http import Route, no_content

from .client import ORIGIN, Client, answered
from .sample_api.handler import app
from .wire import Wire

NOTES = "/education/notes"
COURSES = "/education/courses"


class Context:
    """Lambda's context."""

    aws_request_id = "lambda-request"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds that are left."""
        return 10_000


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_unknown_path_is_404_and_a_wrong_method_405_with_allow(client: Client) -> None:
    assert client("GET", "/education/nothing").status == 404
    answer = client("PUT", NOTES, {})
    assert (answer.status, answer.headers["allow"]) == (405, "GET, POST")
    item = client("POST", f"{NOTES}/01K00000000000000000000000", {})
    assert (item.status, item.headers["allow"]) == (405, "GET, PATCH, DELETE")


@pytest.mark.parametrize("event", [{}, {"resource": None}, {"resource": ["x"]}, {"httpMethod": 7}])
def test_an_event_that_is_no_request_is_404(event: dict[str, Any]) -> None:
    assert app.handle(event, None)["statusCode"] == 404


@pytest.mark.parametrize("groups", ["", "adminx", "Admin", "instructor", "admin ", " admin"])
def test_a_role_is_matched_exactly(client: Client, groups: str) -> None:
    note = client("POST", NOTES, {"text": "x"}).json["id"]
    assert client.having(groups=groups, user="u-2")("GET", f"{NOTES}/{note}").status == 403
    assert client.having(groups=groups, user="u-2")("DELETE", f"{NOTES}/{note}").status == 404
    assert client("GET", f"{NOTES}/{note}").status == 200


def test_authorisation_comes_before_parsing(client: Client, wire: Wire) -> None:
    stranger = client.having(groups="stranger")
    assert stranger("POST", NOTES, raw="{").status == 403
    assert stranger("POST", NOTES, raw="x" * 2_000_000).status == 403
    unclaimed = client.event("POST", NOTES, raw="{", claims={})
    assert app.handle(unclaimed, None)["statusCode"] == 403
    del unclaimed["requestContext"]["authorizer"]
    answer = answered(app.handle(unclaimed, None))
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert wire.calls == []


def test_every_answer_carries_the_same_safe_headers(client: Client) -> None:
    answers = [
        client("POST", NOTES, {"text": "x"}),
        client("GET", NOTES),
        client("GET", "/nothing"),
        client("POST", NOTES, {}),
    ]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["vary"] == "Origin"
        assert answer.headers["x-request-id"]
    assert [answer.headers["cache-control"] for answer in answers] == [
        "private, no-cache",
        "private, no-cache",
        "no-store",
        "no-store",
    ]


def test_a_problem_has_all_its_members(client: Client) -> None:
    answer = client("POST", NOTES, {"text": 1, "other": 2, "id": "x"})
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json
    assert problem.pop("request_id") == answer.headers["x-request-id"]
    errors = problem.pop("errors")
    assert problem == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The body does not fit the schema.",
        "code": "invalid",
    }
    assert {error["pointer"]: error["code"] for error in errors} == {
        "/text": "type",
        "/other": "unknown",
        "/id": "read_only",
    }
    assert all(error["detail"] for error in errors)


def test_an_unexpected_error_is_500_and_its_details_are_in_the_log_only(
    client: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("canary-text")

    monkeypatch.setattr(dynamodb, "get", fail)
    answer = client("GET", f"{NOTES}/01K00000000000000000000000")
    assert (answer.status, answer.json["code"]) == (500, "internal")
    for secret in ("canary", "RuntimeError", "Traceback", ".py"):
        assert secret not in answer.text
    (line,) = lines(capsys)
    assert (line["level"], line["exception"], line["errors"]) == ("ERROR", "RuntimeError", 1)
    assert any("collection.py" in frame for frame in line["stack"])
    assert "canary" not in json.dumps(line)
    assert line["request_id"] == answer.json["request_id"]


def test_a_line_is_a_log_record_and_a_metric(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    note = client("POST", NOTES, {"text": "canary-body"}).json["id"]
    capsys.readouterr()
    client("GET", f"{NOTES}/{note}", headers={"Authorization": "canary-token"})
    (line,) = lines(capsys)
    assert line["route"] == f"GET {NOTES}/{{note_id}}"
    assert (line["status"], line["tenant"], line["dynamodb_calls"]) == (200, client.tenant, 1)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert abs(line["_aws"]["Timestamp"] / 1000 - time.time()) < 60
    for metric in directive["Metrics"]:
        assert isinstance(line[metric["Name"]], int | float)
    for dimensions in directive["Dimensions"]:
        assert all(isinstance(line[name], str) for name in dimensions)
    assert "canary" not in json.dumps(line)


def test_the_request_id_is_api_gateways_or_lambdas(client: Client) -> None:
    event = client.event("GET", "/nothing")
    event["requestContext"]["requestId"] = "gateway-request"
    assert answered(app.handle(event, Context())).json["request_id"] == "gateway-request"
    del event["requestContext"]["requestId"]
    assert answered(app.handle(event, Context())).json["request_id"] == "lambda-request"
    assert answered(app.handle(event, None)).json["request_id"] == "unknown"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "*", "https://dev.example.com.evil.example", "", " ",
     "https://dev.example.com ", "HTTPS://DEV.EXAMPLE.COM", "http://dev.example.com", "x" * 8192],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "OPTIONS", "PUT"])
def test_another_origin_gets_no_permission(client: Client, origin: str, method: str) -> None:
    answer = client(method, NOTES, headers={"Origin": origin})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["vary"] == "Origin"


def test_an_allowed_origin_may_read_answers_and_errors(client: Client) -> None:
    for answer in (client("GET", NOTES), client("GET", "/nothing"), client("PUT", NOTES)):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Location", "Retry-After", "Idempotency-Replayed"} <= set(exposed)
        assert "access-control-allow-credentials" not in answer.headers
    second = client("GET", NOTES, headers={"Origin": "http://localhost:5173"})
    assert second.headers["access-control-allow-origin"] == "http://localhost:5173"


def test_a_preflight_is_answered_without_identity(client: Client) -> None:
    event = client.event("OPTIONS", NOTES)
    del event["requestContext"]["authorizer"]
    answer = answered(app.handle(event, None))
    assert (answer.status, answer.text) == (204, "")
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    assert "If-Match" in answer.headers["access-control-allow-headers"]


def test_a_star_in_the_setting_allows_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "*,null, ")
    for origin in ("*", "null", "https://evil.example"):
        answer = client("GET", NOTES, headers={"Origin": origin})
        assert "access-control-allow-origin" not in answer.headers


def test_headers_of_8_kb_are_no_trouble(client: Client) -> None:
    big = "x" * 8192
    for name in ("If-None-Match", "If-Match", "X-Other", "Accept", "Cookie"):
        assert client("GET", NOTES, headers={name: big}).status == 200
    assert client("POST", NOTES, {"text": "x"}, headers={"Idempotency-Key": big}).status == 400
    assert client("POST", NOTES, {"text": "x"}, headers={"Content-Type": big}).status == 415


def test_pages_send_and_read_the_headers_of_the_spec_besides(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORS_ORIGINS", ORIGIN)
    more = App(
        vertical="education",
        tenant_claim="custom:organization_id",
        collections=[],
        routes=[Route("GET", NOTES, ["admin"], False, lambda request: no_content())],
        request_headers=["traceparent", "baggage"],
        exposed_headers=["Server-Timing"],
    )
    plain, traced = (
        answered(api.handle(client.event("OPTIONS", NOTES, headers={"Origin": ORIGIN}), None))
        for api in (app, more)
    )
    accepted, exposed = "access-control-allow-headers", "access-control-expose-headers"
    assert traced.headers[accepted] == plain.headers[accepted] + ", traceparent, baggage"
    assert traced.headers[exposed] == plain.headers[exposed] + ", Server-Timing"
