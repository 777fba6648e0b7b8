"""API Gateway on this machine: requests in, proxy events to functions, their answers out.

The event is the REST API's Lambda proxy event (payload format 1.0), as AWS documents it under "Set
up Lambda proxy integrations in API Gateway".
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from nexus_gen.local.functions import Function, FunctionError
from nexus_gen.local.http import (
    MAX_EVENT,
    MAX_HEADERS,
    Headers,
    HttpAnswer,
    HttpRequest,
    header_bytes,
    message,
)
from nexus_gen.local.routes import Found, Route, Routes
from nexus_gen.local.tokens import TokenError, TokenVerifier
from nexus_gen.local.wire import Call

_PREFLIGHT_HEADERS = "Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key"
_PREFLIGHT_SECONDS = "600"

_SURELY_FITS = 1_000_000
"""Bytes of a body that fit into an event however they are escaped: each takes at most six."""


@dataclass(frozen=True, slots=True)
class Handled:
    """An answer, and what is known about how it came to be.

    Attributes:
        claims: of the caller, empty where there was no valid token.
        calls: what the function sent to AWS.
        error: why the gateway answered for the function, else empty.
    """

    id: str
    answer: HttpAnswer
    ms: float
    claims: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    error: str = ""


class Gateway:
    """Routes, authorizes and invokes; holds no state of a request.

    Attributes:
        routes: replaced as a whole by a reload.
        verifier: of tokens; without one, every token is refused.
        origins: what the CORS answers of the gateway itself allow.
        request_headers: what pages may send besides what the API needs.
    """

    def __init__(self) -> None:
        self.routes = Routes()
        self.verifier: TokenVerifier | None = None
        self.origins: frozenset[str] = frozenset()
        self.request_headers: tuple[str, ...] = ()

    async def handle(self, request: HttpRequest, found: Found | None) -> Handled:
        """Answer one request as API Gateway would; `found` is what `routes` says of its path."""
        started = time.perf_counter()
        request_id = str(uuid.uuid4())
        if _request_head_bytes(request) > MAX_HEADERS:
            answer = self._refuse(431, "HTTP header is larger than 10240 bytes.", request)
            return _handled(request_id, answer, started)
        if found is None:
            answer = self._refuse(403, "Missing Authentication Token", request)
            return _handled(request_id, answer, started)
        route, parameters = found
        if request.method == "OPTIONS":
            return _handled(request_id, self._preflight(request, route), started)
        try:
            claims = self._claims(request)
        except TokenError as error:
            answer = self._refuse(401, "Unauthorized", request)
            return _handled(request_id, answer, started, error=str(error))
        event = proxy_event(request, request_id, route.path, parameters, claims)
        return await self._invoke(route.function, event, request, started)

    async def _invoke(
        self, function: Function, event: dict[str, Any], request: HttpRequest, started: float
    ) -> Handled:
        context = event["requestContext"]
        claims, request_id = context["authorizer"]["claims"], context["requestId"]
        if len(request.body) > _SURELY_FITS and _event_bytes(event) > MAX_EVENT:
            answer = self._refuse(413, "Request Too Long", request)
            return _handled(request_id, answer, started, claims, error="Lambda takes 6 MB")
        try:
            result = await function.invoke(event)
        except FunctionError as error:
            answer = self._refuse(502, "Internal server error", request)
            return _handled(request_id, answer, started, claims, error=str(error))
        if header_bytes(result.headers) > MAX_HEADERS:
            answer = self._refuse(502, "Internal server error", request)
            return _handled(request_id, answer, started, claims, error="its headers are too large")
        answer = HttpAnswer(result.status, result.headers, result.body)
        return _handled(request_id, answer, started, claims, result.calls)

    def _claims(self, request: HttpRequest) -> dict[str, str]:
        if self.verifier is None:
            raise TokenError("there is no user pool yet")
        return self.verifier.claims(request.headers.get("authorization", ""))

    def _refuse(self, status: int, text: str, request: HttpRequest) -> HttpAnswer:
        return message(status, text, self.cors(request))

    def _preflight(self, request: HttpRequest, route: Route) -> HttpAnswer:
        """What the MOCK integration of `modules/routes/cors.tf` answers."""
        headers = [
            ("Access-Control-Allow-Headers", ",".join([_PREFLIGHT_HEADERS, *self.request_headers])),
            ("Access-Control-Allow-Methods", ",".join(route.methods)),
            ("Access-Control-Max-Age", _PREFLIGHT_SECONDS),
            *self.cors(request),
        ]
        return HttpAnswer(204, headers)

    def cors(self, request: HttpRequest) -> Headers:
        """CORS headers of an answer that no function made."""
        origin = request.headers.get("origin", "")
        allowed = [("Access-Control-Allow-Origin", origin)] if origin in self.origins else []
        return [("Vary", "Origin"), *allowed]


def _request_head_bytes(request: HttpRequest) -> int:
    """Bytes of the request line and the headers; cookies of other local servers, which a browser
    sends to every port of this machine, are none that AWS would see."""
    line = f"{request.method} {request.target} HTTP/1.1\r\n"
    return len(line) + header_bytes([field for field in request.fields if field[0] != "cookie"])


def _event_bytes(event: dict[str, Any]) -> int:
    return len(json.dumps(event, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _handled(
    request_id: str,
    answer: HttpAnswer,
    started: float,
    claims: dict[str, str] | None = None,
    calls: list[Call] | None = None,
    error: str = "",
) -> Handled:
    elapsed = (time.perf_counter() - started) * 1000
    return Handled(request_id, answer, elapsed, claims or {}, calls or [], error)


def proxy_event(
    request: HttpRequest,
    request_id: str,
    resource: str,
    parameters: dict[str, str],
    claims: dict[str, str],
) -> dict[str, Any]:
    """The event that a REST API sends to a function; a body that is not UTF-8 goes as Base64."""
    pairs = parse_qsl(request.query, keep_blank_values=True) if request.query else []
    try:
        text, encoded = request.body.decode("utf-8"), False
    except UnicodeDecodeError:
        text, encoded = base64.b64encode(request.body).decode("ascii"), True
    return {
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": request.headers or None,
        "multiValueHeaders": _multiple(request.fields) or None,
        "queryStringParameters": dict(pairs) or None,
        "multiValueQueryStringParameters": _multiple(pairs) or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": request.method,
            "path": request.path,
            "requestId": request_id,
            "requestTimeEpoch": int(time.time() * 1000),
            "protocol": "HTTP/1.1",
            "stage": "local",
            "authorizer": {"claims": claims},
            "identity": {
                "sourceIp": "127.0.0.1",
                "userAgent": request.headers.get("user-agent", ""),
            },
        },
        "body": text or None,
        "isBase64Encoded": encoded,
    }


def _multiple(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values
