"""What a request leaves in the log and in the metrics, and what it never does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .api import Client
from .samples import ABSENT, COURSES, SAMPLES, sample
from .wire import Wire, error

Capture = pytest.CaptureFixture[str]


def lines(capture: Capture) -> list[dict[str, Any]]:
    """What was printed since the last time: each line is one JSON object."""
    printed = capture.readouterr()
    assert printed.err == ""
    found: list[dict[str, Any]] = [json.loads(line) for line in printed.out.splitlines()]
    assert all(isinstance(line, dict) for line in found)
    return found


def test_a_request_is_one_line(client: Client, tenant: str, capsys: Capture) -> None:
    id = client.post(SAMPLES, sample()).json["id"]
    lines(capsys)
    client.get(f"{SAMPLES}/{id}", request_id="request-1")
    (line,) = lines(capsys)
    assert line["request_id"] == "request-1"
    assert line["tenant"] == tenant
    assert line["status"] == 200
    assert line["level"] == "INFO"
    assert line["route"] == f"GET {SAMPLES}/{{sample_id}}"


def test_a_line_is_a_metric_in_the_embedded_format(client: Client, capsys: Capture) -> None:
    client.get(SAMPLES)
    (line,) = lines(capsys)
    directive = line["_aws"]
    assert isinstance(directive["Timestamp"], int)
    (metrics,) = directive["CloudWatchMetrics"]
    assert metrics["Namespace"]
    for metric in metrics["Metrics"]:
        assert isinstance(line[metric["Name"]], int | float)
    for dimensions in metrics["Dimensions"]:
        assert len(dimensions) <= 30
        assert all(isinstance(line[name], str) for name in dimensions)
        assert not set(dimensions) & {"tenant", "request_id"}


def test_levels_follow_the_status(client: Client, wire: Wire, capsys: Capture) -> None:
    client.get(f"{COURSES}/{ABSENT}")
    wire.fault = lambda call, send: error("AccessDeniedException")
    client.get(SAMPLES)
    wire.fault = lambda call, send: error("ValidationException")
    client.get(SAMPLES)
    first, second, third = lines(capsys)
    assert (first["status"], first["level"]) == (404, "WARNING")
    assert second["status"] in (403, 500)
    assert [line["access_denied"] for line in (first, second, third)] == [0, 1, 0]
    assert (third["status"], third["level"], third["errors"]) == (500, "ERROR", 1)


def test_the_route_of_a_line_is_bounded(client: Client, capsys: Capture) -> None:
    for path in ("/education/unheard-of", f"{SAMPLES}/{ABSENT}", f"{SAMPLES}/x"):
        client.get(path)
    client.send("BREW", SAMPLES)
    routes = [line["route"] for line in lines(capsys)]
    assert len(routes) == 4
    for route in routes:
        assert ABSENT not in route
        assert "unheard-of" not in route


def test_no_line_holds_what_a_client_sent_or_stored(client: Client, capsys: Capture) -> None:
    canary = "canary"
    headers = {
        "Authorization": "Bearer canary-token",
        "Cookie": "canary-cookie",
        "X-Canary": "canary-header",
        "Idempotency-Key": "canary-key",
    }
    body = sample(label="canary-label", batch="canary-batch", notes={"canary-name": "canary-note"})
    created = client.post(SAMPLES, body, headers=headers)
    path = f"{SAMPLES}/{created.json['id']}"
    client.get(path, headers=headers)
    client.patch(path, {"label": "canary-second"}, headers={"If-Match": '"canary"'})
    client.patch(path, {"label": "canary-second"})
    client.get(SAMPLES, query={"batch": "canary-batch", "limit": "1"})
    client.get(SAMPLES, query={"canary-parameter": "canary", "cursor": "canary"})
    client.post(SAMPLES, {"canary-field": "canary-value"})
    client.post(SAMPLES, raw='{"canary": ')
    client.get(f"{SAMPLES}/canary-id")
    client.send("CANARY", SAMPLES)
    client.delete(path)
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) >= 10
    assert canary not in printed.out.lower()
    assert canary not in printed.err


def test_an_error_echoes_no_value_that_a_client_sent(client: Client) -> None:
    for answer in (
        client.post(SAMPLES, sample(label=["canary"], contact="canary", grade="canary")),
        client.post(SAMPLES, raw='{"label": "canary'),
        client.get(SAMPLES, query={"batch": "x" * 2100 + "canary"}),
        client.get(SAMPLES, query={"cursor": "canary"}),
        client.get(SAMPLES, query={"flagged": "canary", "grade": "a"}),
        client.get(f"{SAMPLES}/canary"),
        client.having(groups="canary").get(SAMPLES),
        client.get(SAMPLES, claims={**client.claims, "custom:organization_id": "canary/#"}),
    ):
        assert answer.status >= 400
        assert "canary" not in answer.text
        assert "canary" not in str(answer.headers)


def test_an_unexpected_failure_shows_nothing_and_logs_where_it_was(
    client: Client, wire: Wire, capsys: Capture
) -> None:
    def fail(*_: object) -> Any:
        raise ZeroDivisionError("canary-secret")

    wire.fault = fail
    answer = client.get(SAMPLES, request_id="request-9")
    assert answer.status == 500
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json["request_id"] == "request-9"
    assert "canary" not in answer.text
    assert "ZeroDivision" not in answer.text
    (line,) = lines(capsys)
    assert (line["request_id"], line["status"]) == ("request-9", 500)
    assert "canary-secret" not in json.dumps(line)
    assert "ZeroDivisionError" in json.dumps(line)
