"""Threads of one container: each gets its tenant's credentials, and STS one request a tenant."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from nexus_runtime import aws, credentials, telemetry
from nexus_runtime.keys import Tenant

from .sts import DOWN, lifetime, sts_error
from .wire import Raw, Wire


@pytest.fixture(autouse=True)
def no_credentials(cloud: object) -> None:
    """A container that has met no tenant, and a request that has just begun."""
    credentials.reset()
    telemetry.trace.set(telemetry.Trace())


class Gate:
    """A fault that holds a request back until the test lets it go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, send: Callable[[], AWSResponse]) -> AWSResponse | None:
        self.reached.set()
        assert self.open.wait(10)
        return None


def ask(tenant: str) -> Callable[[], Any]:
    """A call for the credentials of a tenant."""
    return lambda: credentials.of(Tenant(tenant))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Requests to STS for the tenant `slow` wait until it opens."""
    gate = Gate()
    original = aws.signed_call

    def signed_call(service: str, operation: str, headers: Any, body: bytes) -> Any:
        if b"tenant-slow" in body:
            gate(lambda: AWSResponse("", 200, HTTPHeaders(), Raw(b"")))
        return original(service, operation, headers, body)

    monkeypatch.setattr(aws, "signed_call", signed_call)
    return gate


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Released by each thread that begins to wait for what another asked for."""
    semaphore = threading.Semaphore(0)
    original = credentials._awaited

    def awaited(renewal: Any) -> Any:
        semaphore.release()
        return original(renewal)

    monkeypatch.setattr(credentials, "_awaited", awaited)
    return semaphore


def together(gate: Gate, waiting: threading.Semaphore, threads: int) -> list[Any]:
    """What threads get that all want the credentials of `slow` before STS has answered."""
    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(ask("slow")) for _ in range(threads)]
        assert gate.reached.wait(10)
        assert all(waiting.acquire(timeout=10) for _ in range(threads - 1))
        gate.open.set()
    return [one.exception() or one.result() for one in running]


def test_many_threads_ask_sts_once(wire: Wire, gate: Gate, waiting: threading.Semaphore) -> None:
    assert len(set(together(gate, waiting, 16))) == 1
    assert wire.count("sts") == 1
    assert credentials._renewals == {}


def test_a_tenant_does_not_wait_for_anothers_credentials(wire: Wire, gate: Gate) -> None:
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask("slow"))
        assert gate.reached.wait(10)
        assert credentials.of(Tenant("other"))
        assert not slow.done()
        gate.open.set()
        assert slow.result() != credentials.of(Tenant("other"))


def test_old_credentials_serve_while_new_ones_are_fetched(
    wire: Wire, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifetime(monkeypatch, credentials.RENEW_BEFORE - 10)
    gate.open.set()
    old = credentials.of(Tenant("slow"))
    gate.open.clear()
    gate.reached.clear()
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(ask("slow"))
        assert gate.reached.wait(10)
        assert credentials.of(Tenant("slow")) is old
        gate.open.set()
        assert renewing.result() is not old


@pytest.mark.parametrize(("fault", "status"), [(sts_error(403, "AccessDenied"), 403), (DOWN, 503)])
def test_threads_that_wait_get_the_same_refusal(
    wire: Wire, gate: Gate, waiting: threading.Semaphore, fault: Any, status: int
) -> None:
    wire.next(*[fault] * credentials.ATTEMPTS, service="sts")
    problems = together(gate, waiting, 8)
    assert [problem.status for problem in problems] == [status] * 8
    assert wire.count("sts") <= credentials.ATTEMPTS
    assert credentials._renewals == {}


def test_credentials_are_never_anothers(wire: Wire) -> None:
    """Threads that take turns with many tenants, while credentials are forgotten around them."""
    tenants = [Tenant(f"org{number}") for number in range(8)]

    def work(start: int) -> list[tuple[str, Any]]:
        seen = []
        for turn in range(80):
            tenant = tenants[(start + turn) % len(tenants)]
            got = credentials.of(tenant)
            seen.append((tenant, got))
            if turn % 16 == 15:
                credentials.forget(tenant, got)
        return seen

    owners: dict[Any, set[str]] = {}
    with ThreadPoolExecutor(8) as pool:
        for tenant, got in itertools.chain.from_iterable(pool.map(work, range(8))):
            owners.setdefault(got, set()).add(tenant)
    assert all(len(tenants) == 1 for tenants in owners.values())
    vended = [parse_qs(one.body.decode()) for one in wire.requests]
    assert len(vended) == len(owners)
