"""The local server as an ASGI application: the console, the API, and `/_local/`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from nexus_gen.local import requestlog
from nexus_gen.local.console import Console
from nexus_gen.local.endpoints import CONFIG, EVENTS, PREFIX, Endpoints, Served
from nexus_gen.local.events import Hub, encode
from nexus_gen.local.gateway import Gateway
from nexus_gen.local.http import MAX_PAYLOAD, HttpAnswer, HttpRequest, message
from nexus_gen.local.strangers import Strangers

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_NO_BODY = frozenset({204, 304})
_STREAM = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Application:
    """Dispatches by path; logs one line for each request of the API.

    Attributes:
        claim: token claim that carries the organization.
    """

    def __init__(
        self,
        gateway: Gateway,
        served: Served,
        hub: Hub,
        console: Console,
        strangers: Strangers,
        log: Callable[[str], None],
        colour: bool = False,
    ) -> None:
        self.claim = ""
        self._gateway = gateway
        self._served = served
        self._hub = hub
        self._console = console
        self._strangers = strangers
        self._endpoints = Endpoints(served)
        self._log = log
        self._colour = colour

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        if scope["type"] != "http":
            return
        request, too_large = await _read(scope, receive)
        refusal = self._strangers.refuse(request, page=self._is_page(request.path))
        if refusal is None and too_large:
            closing = ("Connection", "close")
            refusal = message(413, "Request Too Long", [closing, *self._gateway.cors(request)])
        if refusal is not None:
            await _send(send, request.method, refusal)
        elif request.path == EVENTS and request.method == "GET":
            await self._events(request, receive, send)
        else:
            await _send(send, request.method, await self._answer(request))

    def _is_page(self, path: str) -> bool:
        """Whether a path is the console's: whatever is neither the API nor an endpoint of ours."""
        return not _is_ours(path) and self._gateway.routes.find(path) is None

    async def _answer(self, request: HttpRequest) -> HttpAnswer:
        if _is_ours(request.path):
            return await self._local(request)
        if self._served.version == 0:
            return message(503, "starting", [("Retry-After", "1")])
        found = self._gateway.routes.find(request.path)
        if found is None:
            page = self._console.answer(request)
            if page is not None:
                return page
        handled = await self._gateway.handle(request, found)
        self._log(requestlog.line(request, handled, self.claim, colour=self._colour))
        if self._hub.heard:
            told = requestlog.event(request, handled, self.claim)
            self._hub.tell("request", told, told["session"])
        return handled.answer

    async def _local(self, request: HttpRequest) -> HttpAnswer:
        cors = self._gateway.cors(request)
        if request.method == "OPTIONS":
            allowed = [
                ("Access-Control-Allow-Headers", "Content-Type"),
                ("Access-Control-Allow-Methods", "GET,POST"),
            ]
            return HttpAnswer(204, [*cors, *allowed])
        answer = await self._endpoints.answer(request)
        return HttpAnswer(answer.status, [*answer.headers, *cors], answer.body)

    async def _events(self, request: HttpRequest, receive: Receive, send: Send) -> None:
        """Stream until the client goes or the server stops."""
        session = parse_qs(request.query).get("session", [""])[0]
        listener = self._hub.listen(session)
        gone = asyncio.ensure_future(_disconnect(receive))
        gone.add_done_callback(lambda _: self._hub.forget(listener))
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
        text: bytes | None = encode("status", self._served.status())
        while text is not None:
            await send({"type": "http.response.body", "body": text, "more_body": True})
            text = await self._hub.next(listener)
        gone.cancel()
        await send({"type": "http.response.body", "body": b""})


def _is_ours(path: str) -> bool:
    return path == CONFIG or path.startswith(PREFIX)


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read(scope: Scope, receive: Receive) -> tuple[HttpRequest, bool]:
    """The request, and whether its body is too large and so left out."""
    fields = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    headers = dict(fields)
    path = scope["raw_path"].decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    method = scope["method"]
    body: bytes | None = b""
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        body = await _body(receive)
    return HttpRequest(method, path, query, headers, fields, body or b""), body is None


async def _body(receive: Receive) -> bytes | None:
    """The body, None where it is too large: it is read to its end, for a client reads only then."""
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            return None
        part = event.get("body", b"")
        size += len(part)
        if size <= MAX_PAYLOAD:
            parts.append(part)
        if not event.get("more_body"):
            return b"".join(parts) if size <= MAX_PAYLOAD else None


async def _send(send: Send, method: str, answer: HttpAnswer) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    body = b"" if answer.status in _NO_BODY else answer.body
    if answer.status not in _NO_BODY:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
