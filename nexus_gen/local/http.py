"""Requests and answers as the parts of the local server see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_PAYLOAD = 10 * 1024 * 1024
"""Bytes of a request's body that API Gateway accepts (developer guide, "Quotas for configuring and
running a REST API": payload size)."""

MAX_HEADERS = 10_240
"""Bytes of the request line and all headers, or of an answer's headers, that API Gateway takes (the
same page; its refusal as users report it is 431, "HTTP header is larger than 10240 bytes.")."""

MAX_EVENT = 6_291_456
"""Bytes of JSON that Lambda takes as an event ("Request must be smaller than 6291456 bytes for the
InvokeFunction operation"; its quotas page says 6 MB)."""

MAX_RESULT = 6_291_556
"""Bytes of JSON that Lambda takes from a function (error Function.ResponseSizeTooLarge)."""

Headers = list[tuple[str, str]]


def header_bytes(headers: Headers) -> int:
    """Bytes of header fields as HTTP/1.1 writes them: `name: value`, and the end of the line."""
    return sum(len(name) + len(value) + 4 for name, value in headers)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request.

    Attributes:
        path: as it was sent, percent-encoded.
        query: what follows `?`, as it was sent.
        headers: name in lower case -> its last value.
        fields: every header in order, names in lower case.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    fields: Headers
    body: bytes

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One answer."""

    status: int
    headers: Headers
    body: bytes = b""


def json_answer(status: int, value: Any, headers: Headers | None = None) -> HttpAnswer:
    """An answer whose body is JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return HttpAnswer(status, [("Content-Type", "application/json"), *(headers or [])], body)


def message(status: int, text: str, headers: Headers | None = None) -> HttpAnswer:
    """An error in API Gateway's form, `{"message": ".."}`."""
    return json_answer(status, {"message": text}, headers)
