"""Cross-origin headers on every answer, good or bad."""

from __future__ import annotations

import pytest

from .api import ORIGIN, Answer, Client, answered
from .samples import ABSENT, COURSES, SAMPLES, course, sample

EVIL = [
    "https://evil.example.com",
    f"{ORIGIN}.evil.com",
    "https://notdev.example.com",
    "http://dev.example.com",
    f"{ORIGIN}:444",
    f"{ORIGIN}/",
    ORIGIN.upper(),
    "null",
    "*",
    "",
    f"{ORIGIN},http://localhost:5173",
    "https://dev.example.com\r\nX-Injected: 1",
]


def answers(client: Client, origin: str) -> list[Answer]:
    """One answer of each kind to a request from an origin."""
    headers = {"Origin": origin}
    created = client.post(SAMPLES, sample(), headers=headers)
    path = f"{SAMPLES}/{created.json['id']}"
    known = {**headers, "If-None-Match": client.get(path).headers["etag"]}
    nobody = {"sub": "x"}
    return [
        created,
        client.get(path, headers=headers),
        client.get(path, headers=known),
        client.get(SAMPLES, headers=headers),
        client.patch(path, {"position": 1}, headers=headers),
        client.patch(path, {"position": 1}, headers={**headers, "If-Match": '"77"'}),
        client.post(SAMPLES, {}, headers=headers),
        client.post(SAMPLES, raw="x", headers={**headers, "Content-Type": "text/plain"}),
        client.post(SAMPLES, raw="x" * 1_100_000, headers=headers),
        client.get(f"{COURSES}/{ABSENT}", headers=headers),
        client.send("PUT", path, headers=headers),
        client.get(COURSES, headers=headers, claims=nobody),
        client.having(groups="").get(COURSES, headers=headers),
        client.delete(path, headers=headers),
    ]


def test_an_allowed_origin_may_read_every_answer(client: Client) -> None:
    for answer in answers(client, ORIGIN):
        assert answer.headers["access-control-allow-origin"] == ORIGIN, answer
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers


def test_the_second_origin_of_the_list_is_allowed_too(client: Client) -> None:
    answer = client.get(SAMPLES, headers={"Origin": "http://localhost:5173"})
    assert answer.headers["access-control-allow-origin"] == "http://localhost:5173"


@pytest.mark.parametrize("origin", EVIL, ids=repr)
def test_another_origin_is_told_nothing(client: Client, origin: str) -> None:
    for answer in answers(client, origin):
        assert not [name for name in answer.headers if name.startswith("access-control-")], answer
        assert "Origin" in answer.headers["vary"]


def test_the_headers_that_a_client_needs_are_exposed(client: Client) -> None:
    answer = client.post(COURSES, course())
    exposed = {name.strip().lower() for name in _header(answer, "expose-headers").split(",")}
    assert {"etag", "location", "retry-after", "x-request-id"} <= exposed


def test_a_preflight_that_reaches_the_function_names_methods_and_headers(client: Client) -> None:
    event = client.event("OPTIONS", COURSES, headers={"Access-Control-Request-Method": "POST"})
    del event["requestContext"]["authorizer"]
    answer = answered(client.handler(event, None))
    assert answer.status in (200, 204)
    assert {"GET", "POST"} <= set(_header(answer, "allow-methods").replace(" ", "").split(","))
    allowed = _header(answer, "allow-headers").lower()
    for name in ("authorization", "content-type", "if-match", "if-none-match", "idempotency-key"):
        assert name in allowed


def _header(answer: Answer, name: str) -> str:
    return answer.headers[f"access-control-{name}"]
