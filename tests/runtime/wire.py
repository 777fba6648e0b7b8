"""Between the runtime and moto: counts calls, lets transactions take time, and makes faults."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from moto.core.models import botocore_stubber

from nexus_gen.testing import Transactions
from nexus_gen.testing.call import Call

Fault = Callable[[Callable[[], AWSResponse]], AWSResponse | None]
"""Takes what carries the request out; gives an answer, or None to go on as usual. It may raise."""


class Wire:
    """A `before-send` handler in the place of moto's, which it calls.

    Attributes:
        calls: operations in order, `dynamodb.GetItem`.
        faults: what happens to the next requests of a service, one fault a request.
        transactions: how long DynamoDB's transactions take; no time, unless a test wants it.
        travel: passes the time that a request to DynamoDB takes on its way.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        """Forget calls and faults."""
        self.calls: list[str] = []
        self.requests: list[Any] = []
        self.faults: dict[str, Iterator[Fault]] = {}
        self.transactions = Transactions(duration=(0, 0))
        self.travel: Callable[[], object] = lambda: None

    def __call__(self, event_name: str, request: Any, **extra: Any) -> AWSResponse | None:
        if not botocore_stubber.enabled:
            return None
        service, operation = event_name.split(".")[1:]
        with self._lock:
            self.calls.append(f"{service}.{operation}")
            self.requests.append(request)
            fault = next(self.faults.get(service, iter(())), None)
        if service == "dynamodb":
            self.travel()

        def send() -> AWSResponse:
            if service == "dynamodb":
                call = Call.of(event_name, request)
                return self.transactions.carry_out(call, forward, lambda *_: ("pk", "sk"))
            with self._lock:
                return forward()

        def forward() -> AWSResponse:
            carried_out = botocore_stubber(event_name, request)
            assert carried_out is not None
            return carried_out

        spoiled = fault(send) if fault is not None else None
        return spoiled if spoiled is not None else send()

    def count(self, service: str = "dynamodb") -> int:
        """Requests to a service since the last reset."""
        return sum(call.startswith(service) for call in self.calls)

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """DynamoDB operations of a block, in order."""
        start = len(self.calls)
        seen: list[str] = []
        yield seen
        seen += [call.partition(".")[2] for call in self.calls[start:] if call[0] == "d"]

    def next(self, *faults: Fault, service: str = "dynamodb") -> None:
        """Spoil the next requests of a service."""
        self.faults[service] = iter(faults)


class Raw:
    """What botocore reads a body from."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self._body


def answer(status: int, error: str, **members: Any) -> Fault:
    """An error of DynamoDB in the place of carrying the request out."""
    body = {"__type": f"com.amazonaws.dynamodb.v20120810#{error}", "message": "canary", **members}
    raw: Any = Raw(json.dumps(body).encode())
    response = AWSResponse("https://dynamodb", status, HTTPHeaders(), raw)
    return lambda send: response


def lost(error: Exception) -> Fault:
    """The request is carried out, and its answer never arrives."""

    def fault(send: Callable[[], AWSResponse]) -> AWSResponse:
        send()
        raise error

    return fault


def lost_with_500(send: Callable[[], AWSResponse]) -> AWSResponse | None:
    """The request is carried out, and a 500 arrives for its answer."""
    send()
    return answer(500, "InternalServerError")(send)


def away(error: Exception) -> Fault:
    """The request is not carried out, and no answer arrives."""

    def fault(send: Callable[[], AWSResponse]) -> AWSResponse:
        raise error

    return fault


def contended(wire: Wire) -> Fault:
    """A write is refused for the sake of a transaction under way."""

    def fault(send: Callable[[], AWSResponse]) -> AWSResponse | None:
        if wire.calls[-1].endswith("TransactWriteItems"):
            reasons = [{"Code": "TransactionConflict", "Message": "canary"}]
            return answer(400, "TransactionCanceledException", CancellationReasons=reasons)(send)
        return answer(400, "TransactionConflictException")(send)

    return fault


def fine(send: Callable[[], AWSResponse]) -> None:
    """Nothing happens to the request."""
