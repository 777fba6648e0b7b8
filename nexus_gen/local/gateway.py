"""API Gateway on this machine: HTTP in, proxy events to functions, their answers out.

The event is the REST API's Lambda proxy event (payload format 1.0), as AWS documents it under "Set
up Lambda proxy integrations in API Gateway".
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from nexus_gen.local.functions import Function, FunctionError
from nexus_gen.local.tokens import TokenError, TokenVerifier

MAX_PAYLOAD = 10 * 1024 * 1024
"""Bytes of a request that API Gateway accepts."""

_GATEWAY_HEADERS = "Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Route:
    """One path of the API and the function behind it."""

    path: str
    function: Function

    def match(self, parts: list[str]) -> dict[str, str] | None:
        """Path parameters if the request's path parts fit, else None."""
        pattern = self.path.strip("/").split("/")
        if len(pattern) != len(parts):
            return None
        parameters = {}
        for expected, actual in zip(pattern, parts, strict=True):
            if expected.startswith("{"):
                parameters[expected[1:-1]] = actual
            elif expected != actual:
                return None
        return parameters


class Gateway:
    """Routes, authorizes and invokes; holds no state of a request.

    `routes` and `verifier` may be replaced while it serves.

    Args:
        origins: what the CORS answers of the gateway itself allow.
        log: called with one line a request.
    """

    def __init__(self, origins: tuple[str, ...], log: Callable[[str], None]) -> None:
        self.routes: list[Route] = []
        self.verifier: TokenVerifier | None = None
        self._origins = origins
        self._log = log

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> dict[str, Any]:
        """Proxy response (`statusCode`, `headers`, `body`) for one HTTP request."""
        started = time.perf_counter()
        response = self._answer(method, target, headers, body)
        elapsed = (time.perf_counter() - started) * 1000
        self._log(f"{method} {target} -> {response['statusCode']} ({elapsed:.1f} ms)")
        return response

    def _answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> dict[str, Any]:
        url = urlsplit(target)
        parts = [unquote(part) for part in url.path.strip("/").split("/")]
        found = self._find(parts)
        if found is None:
            return self._refuse(403, "Missing Authentication Token", headers)
        route, parameters = found
        if method == "OPTIONS":
            return self._preflight(headers)
        try:
            if self.verifier is None:
                raise TokenError("no user pool yet")
            claims = self.verifier.claims(headers.get("Authorization", ""))
        except TokenError:
            return self._refuse(401, "Unauthorized", headers)
        event = proxy_event(method, url.path, url.query, headers, body, route.path, parameters)
        event["requestContext"]["authorizer"] = {"claims": claims}
        try:
            return route.function.invoke(event)
        except FunctionError as error:
            self._log(f"function failed: {error}")
            return self._refuse(502, "Internal server error", headers)

    def _find(self, parts: list[str]) -> tuple[Route, dict[str, str]] | None:
        # Static parts win over parameters, as in API Gateway.
        for route in sorted(self.routes, key=lambda route: route.path.count("{")):
            parameters = route.match(parts)
            if parameters is not None:
                return route, parameters
        return None

    def _refuse(self, status: int, message: str, headers: Mapping[str, str]) -> dict[str, Any]:
        return {
            "statusCode": status,
            "headers": {"Content-Type": "application/json", **self._cors(headers)},
            "body": f'{{"message":"{message}"}}',
        }

    def _preflight(self, headers: Mapping[str, str]) -> dict[str, Any]:
        allowed = self._cors(headers)
        if "Access-Control-Allow-Origin" in allowed:
            allowed["Access-Control-Allow-Methods"] = "GET,POST,PATCH,DELETE,OPTIONS"
            allowed["Access-Control-Allow-Headers"] = _GATEWAY_HEADERS
            allowed["Access-Control-Max-Age"] = "600"
        return {"statusCode": 200, "headers": allowed, "body": ""}

    def _cors(self, headers: Mapping[str, str]) -> dict[str, str]:
        origin = headers.get("Origin", "")
        if origin not in self._origins:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin}


def proxy_event(
    method: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    body: bytes,
    resource: str,
    parameters: dict[str, str],
) -> dict[str, Any]:
    """The event that a REST API sends to a function; a body that is not UTF-8 goes as Base64."""
    pairs = parse_qsl(query, keep_blank_values=True)
    multi: dict[str, list[str]] = {}
    for name, value in pairs:
        multi.setdefault(name, []).append(value)
    try:
        text, encoded = body.decode("utf-8"), False
    except UnicodeDecodeError:
        text, encoded = base64.b64encode(body).decode("ascii"), True
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": dict(headers),
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(pairs) or None,
        "multiValueQueryStringParameters": multi or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": path,
            "requestId": str(uuid.uuid4()),
            "stage": "local",
            "identity": {"sourceIp": "127.0.0.1", "userAgent": headers.get("User-Agent", "")},
        },
        "body": text or None,
        "isBase64Encoded": encoded,
    }


def serve(gateway: Gateway, port: int) -> ThreadingHTTPServer:
    """An HTTP server on 127.0.0.1 (port 0: any free one); the caller runs `serve_forever`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "nexus-gen"

        def _respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if length > MAX_PAYLOAD:
                self.close_connection = True
                self._send({"statusCode": 413, "headers": {}, "body": ""})
                return
            body = self.rfile.read(length)
            self._send(gateway.answer(self.command, self.path, self.headers, body))  # type: ignore[arg-type]  # email.message.Message is a read-only mapping of str

        def _send(self, response: dict[str, Any]) -> None:
            body = (response.get("body") or "").encode("utf-8")
            self.send_response(response["statusCode"])
            for name, value in (response.get("headers") or {}).items():
                self.send_header(name, str(value))
            for name, values in (response.get("multiValueHeaders") or {}).items():
                for value in values:
                    self.send_header(name, str(value))
            if response["statusCode"] not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if response["statusCode"] not in (204, 304) and self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The gateway logs one line a request itself."""

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        setattr(Handler, f"do_{method}", Handler._respond)
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
