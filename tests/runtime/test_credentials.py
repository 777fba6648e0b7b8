"""Token vending: one tenant's credentials for one tenant's requests."""

from __future__ import annotations

import re
import threading
import time
import tracemalloc
from typing import Any
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import ReadTimeoutError

from nexus_runtime import aws, credentials, telemetry
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem

from .client import Client, answered
from .sample_api.handler import app
from .sts import DOWN, lifetime, sts_error
from .wire import Raw, Wire, answer

NOTES = "/education/notes"


@pytest.fixture(autouse=True)
def no_credentials(cloud: object) -> None:
    """A container that has met no tenant, and a request that has just begun."""
    credentials.reset()
    telemetry.trace.set(telemetry.Trace())


def test_a_role_session_is_tagged_with_the_organization_and_nothing_else(wire: Wire) -> None:
    credentials.of(Tenant("acme"))
    (request,) = wire.requests
    parameters = parse_qs(request.body.decode())
    assert {name: value for name, (value,) in parameters.items()} == {
        "Action": "AssumeRole",
        "Version": "2011-06-15",
        "RoleArn": "arn:aws:iam::123456789012:role/samples-tenant",
        "RoleSessionName": "tenant-acme",
        "DurationSeconds": "3600",
        "Tags.member.1.Key": "organization_id",
        "Tags.member.1.Value": "acme",
    }


@pytest.mark.parametrize("tenant", ["a", "_", "x" * 64, "A-b_9"])
def test_every_tenant_has_a_legal_session_name(tenant: str) -> None:
    assert re.fullmatch(r"[\w+=,.@-]{2,64}", credentials.session_name(Tenant(tenant)), re.ASCII)


def test_sts_is_asked_once_a_tenant(client: Client, wire: Wire) -> None:
    for tenant in (client.tenant, f"{client.tenant}0", client.tenant):
        assert client.having(tenant=tenant)("GET", NOTES).status == 200
    assert wire.count("sts") == 2


def test_requests_are_signed_with_the_credentials_of_their_own_tenant(
    client: Client, wire: Wire
) -> None:
    signers: dict[str, set[str]] = {}
    for tenant in (client.tenant, f"{client.tenant}0") * 2:
        client.having(tenant=tenant)("GET", NOTES)
        header = wire.requests[-1].headers["Authorization"]
        text = header.decode() if isinstance(header, bytes) else header
        signers.setdefault(tenant, set()).add(text.partition("Credential=")[2].split("/")[0])
        token = wire.requests[-1].headers["X-Amz-Security-Token"]
        expected = credentials.of(Tenant(tenant)).token
        assert (token.decode() if isinstance(token, bytes) else token) == expected
    one, other = signers.values()
    assert len(one) == len(other) == 1
    assert one != other


def test_without_a_tenant_nothing_is_signed(wire: Wire) -> None:
    def call() -> None:
        with pytest.raises(LookupError):
            aws.client().get_item(TableName="samples", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})

    thread_errors: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            thread_errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert thread_errors == []
    assert wire.count("dynamodb") == 0


@pytest.mark.parametrize(
    "fault", [sts_error(400, "Throttling"), sts_error(503, "ServiceUnavailable"), DOWN]
)
def test_sts_that_is_away_is_503_with_retry_after(client: Client, wire: Wire, fault: Any) -> None:
    wire.next(fault, fault, service="sts")
    answer = client("GET", NOTES)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert wire.count("dynamodb") == 0
    assert client("GET", NOTES).status == 200


def test_a_hiccup_of_sts_is_not_noticed(client: Client, wire: Wire) -> None:
    wire.next(DOWN, service="sts")
    assert client("GET", NOTES).status == 200


def test_an_sts_that_refuses_is_403_and_says_nothing(client: Client, wire: Wire) -> None:
    wire.next(sts_error(403, "AccessDenied"), service="sts")
    answer = client("GET", NOTES)
    assert answer.status == 403
    assert "canary" not in answer.text
    assert (wire.count("sts"), wire.count("dynamodb")) == (1, 0)


def test_a_function_without_a_tenant_role_reads_nothing(
    client: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TENANT_ROLE_ARN")
    assert client("GET", NOTES).status == 500
    assert wire.calls == []


def test_credentials_are_renewed_before_they_end(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifetime(monkeypatch, credentials.RENEW_BEFORE - 10)
    first = credentials.of(Tenant("acme"))
    assert credentials.of(Tenant("acme")) != first
    assert wire.count("sts") == 2


def test_credentials_that_live_are_kept_while_sts_is_away(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifetime(monkeypatch, credentials.RENEW_BEFORE - 10)
    first = credentials.of(Tenant("acme"))
    wire.next(DOWN, DOWN, DOWN, DOWN, service="sts")
    assert [credentials.of(Tenant("acme")) for _ in range(3)] == [first] * 3
    assert wire.count("sts") == 3, "STS was asked again at once"


def test_credentials_that_ended_are_never_used(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    lifetime(monkeypatch, -10)
    credentials.of(Tenant("acme"))
    wire.next(DOWN, DOWN, service="sts")
    with pytest.raises(Problem) as refused:
        credentials.of(Tenant("acme"))
    assert refused.value.status == 503


def test_the_least_recently_used_tenant_is_forgotten(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.of(Tenant("a"))
    monkeypatch.setattr(credentials, "MAX_BYTES", 2 * credentials._cache.size)
    for tenant in ("b", "a", "c", "a"):
        credentials.of(Tenant(tenant))
    assert wire.count("sts") == 3
    credentials.of(Tenant("b"))
    assert wire.count("sts") == 4
    assert len(credentials._cache) == 2


def test_the_newest_credentials_are_kept_however_large(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "MAX_BYTES", 1)
    for tenant in ("a", "a", "b", "b"):
        credentials.of(Tenant(tenant))
    assert wire.count("sts") == 2
    assert len(credentials._cache) == 1


@pytest.mark.parametrize("token", [1_000, 4_096])
def test_memory_is_bounded_by_what_is_counted(token: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many tenants as there may be, and more: the count is never below what they take."""
    monkeypatch.setattr(credentials, "MAX_BYTES", 2 * 2**20)
    cache = credentials._Cache()
    tracemalloc.start()
    try:
        for number in range(4_000):
            keys = f"ASIA{number:016}", f"{number:040}", f"{number}".rjust(token, "t")
            vended = credentials._Vended(ReadOnlyCredentials(*keys), number + 0.5, number + 0.25)
            cache.put(Tenant(f"organization-{number}"), vended)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken <= cache.size <= credentials.MAX_BYTES
    assert cache.size > 0.9 * credentials.MAX_BYTES
    assert len(cache) < 4_000


def test_ten_thousand_tenants_are_kept() -> None:
    """With tokens of 1,000 characters, which is more than STS gives for one tag as a rule."""
    entry = credentials.OVERHEAD + 20 + 40 + 1_000 + 64
    assert 10_000 * entry <= credentials.MAX_BYTES


def test_credentials_that_dynamodb_calls_stale_are_fetched_anew_once(
    client: Client, wire: Wire
) -> None:
    assert client("GET", NOTES).status == 200
    stale = answer(400, "ExpiredTokenException")
    wire.next(stale)
    assert client("GET", NOTES).status == 200
    assert wire.count("sts") == 2
    wire.next(stale, stale)
    refused = client("GET", NOTES)
    assert (refused.status, refused.json["code"]) == (503, "unavailable")
    assert int(refused.headers["retry-after"]) > 0
    assert "Expired" not in refused.text


def test_newer_credentials_are_not_forgotten_with_stale_ones(wire: Wire) -> None:
    stale = credentials.of(Tenant("acme"))
    credentials.forget(Tenant("acme"), stale)
    newer = credentials.of(Tenant("acme"))
    credentials.forget(Tenant("acme"), stale)
    assert credentials.of(Tenant("acme")) is newer


@pytest.mark.parametrize(
    "code",
    ["RequestExpired", "SignatureDoesNotMatch", "ExpiredToken"],
)
def test_a_clock_that_is_off_is_503_and_no_data(client: Client, wire: Wire, code: str) -> None:
    skewed = sts_error(403, code)
    wire.next(skewed, skewed, service="sts")
    answer = client("GET", NOTES)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert wire.count("dynamodb") == 0


@pytest.mark.parametrize("body", [b"", b"<html>", b"<a/>", b'{"x": 1}'])
def test_an_answer_without_credentials_is_503(client: Client, wire: Wire, body: bytes) -> None:
    def garbage(send: Any) -> AWSResponse:
        raw: Any = Raw(body)
        return AWSResponse("https://sts", 200, HTTPHeaders(), raw)

    wire.next(garbage, garbage, service="sts")
    assert client("GET", NOTES).status == 503
    assert wire.count("dynamodb") == 0


class Running:
    """Lambda's context of a function that is about to be stopped."""

    aws_request_id = "lambda-request"

    def __init__(self, seconds: float) -> None:
        self._milliseconds = int(seconds * 1000)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds that are left."""
        return self._milliseconds


def test_a_slow_sts_is_503_before_lambda_stops_the_function(
    client: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock of the test's own: each request to STS takes as long as one may."""
    clock = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])

    def slow(send: Any) -> AWSResponse:
        clock[0] += aws.CONNECT_TIMEOUT + aws.READ_TIMEOUT
        raise ReadTimeoutError(endpoint_url="https://sts")

    for seconds in (15.0, 29.0, 9.0):
        started = clock[0]
        wire.next(*[slow] * 9, service="sts")
        event = client.having(tenant=f"{client.tenant}-{seconds:.0f}").event("GET", NOTES)
        answered_ = answered(app.handle(event, Running(seconds)))
        assert (answered_.status, answered_.json["code"]) == (503, "unavailable")
        assert "retry-after" in answered_.headers
        assert clock[0] - started < max(seconds, 8.0)
    assert wire.count("dynamodb") == 0
