"""Token vending: one tenant's credentials for one tenant's requests."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import EndpointConnectionError

from nexus_runtime import aws, credentials
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem

from .client import Client
from .wire import Raw, Wire, answer, away

NOTES = "/education/notes"
DOWN = away(EndpointConnectionError(endpoint_url="https://sts"))


@pytest.fixture(autouse=True)
def no_credentials(cloud: object) -> None:
    """A container that has met no tenant."""
    credentials.reset()


def sts_error(status: int, code: str) -> Callable[[Any], AWSResponse]:
    """An error of STS, as XML."""
    text = f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>{code}'
    body: Any = Raw(f"{text}</Code><Message>canary</Message></Error></ErrorResponse>".encode())
    return lambda send: AWSResponse("https://sts", status, HTTPHeaders(), body)


def lifetime(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """STS vends credentials that end after some seconds."""
    original = credentials._parse

    def parse(body: bytes) -> Any:
        ends = datetime.now(UTC) + timedelta(seconds=seconds)
        expiration = f"<Expiration>{ends:%Y-%m-%dT%H:%M:%SZ}</Expiration>".encode()
        return original(re.sub(rb"<Expiration>.*</Expiration>", expiration, body))

    monkeypatch.setattr(credentials, "_parse", parse)


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
    monkeypatch.setattr(credentials, "MAX_TENANTS", 2)
    for tenant in ("a", "b", "a", "c", "a"):
        credentials.of(Tenant(tenant))
    assert wire.count("sts") == 3
    credentials.of(Tenant("b"))
    assert wire.count("sts") == 4
    assert len(credentials._vended) == 2


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
    assert refused.status == 500
    assert "Expired" not in refused.text


def test_many_threads_ask_sts_once(wire: Wire) -> None:
    got: list[Any] = []
    threads = [
        threading.Thread(target=lambda: got.append(credentials.of(Tenant("acme"))))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 16
    assert len(set(got)) == 1
    assert wire.count("sts") == 1
