"""What stands before the emulator: only this run's processes get an answer.

Runs under the emulator's own interpreter, `python -I guard.py LAUNCHER`: whatever LAUNCHER serves
is served behind the guard, so that no launcher can forget it. The emulator itself answers
everybody, with `Access-Control-Allow-Origin: *`, and creates and runs functions: a page in the
developer's browser could run code. A request is answered if

- it carries the header that only processes of this run know, for calls that AWS takes unsigned
  (execute-api, sign-in, key sets) and for preflights, which carry an `Origin`; or
- its signature (version 4, of a header or of a presigned URL) is right for this run's secret key or
  for a session that STS gave away in this run, and nothing in it comes from a browser.

In both cases `Host` is the address that the emulator was started on. A signature is for a service
that is enabled. Signatures are computed anew: an access key id alone is no secret.
"""

from __future__ import annotations

import hmac
import json
import os
import runpy
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Fields = list[tuple[bytes, bytes]]

HEADER = "X-Nexus-Emulator"
"""Carries the run's token; it is taken off before the emulator sees the request."""
TOKEN = "EMULATOR_TOKEN"
"""Environment variable with that token; it is not handed on to what the emulator starts."""
FUNCTION_KEY = "000000000000"
"""Access key id of the functions that the emulator runs: the account's, with this run's secret."""

_NAME = HEADER.lower().encode()
_OF_BROWSERS = (b"origin", b"referer", b"sec-fetch-")
"""How names of headers begin that only browsers send; pages cannot leave them out."""
_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Run:
    """What the processes of one run share.

    Attributes:
        host: `127.0.0.1:PORT`, the only `Host` that is answered.
        token: value of `HEADER`.
        keys: access key id -> secret key.
        services: signing names of the services that are enabled, such as `dynamodb`.
    """

    host: str
    token: str
    keys: dict[str, str]
    services: frozenset[str]

    @classmethod
    def of_environment(cls) -> Run:
        """What `nexus_gen.local.emulator` hands over; the token leaves the environment."""
        secret = os.environ["AWS_SECRET_ACCESS_KEY"]
        return cls(
            host=f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}",
            token=os.environ.pop(TOKEN),
            keys={os.environ["AWS_ACCESS_KEY_ID"]: secret, FUNCTION_KEY: secret},
            services=frozenset(os.environ["SERVICES"].split(",")),
        )


class Guard:
    """An ASGI application that hands on what is this run's and refuses all else."""

    def __init__(self, application: Any, run: Run) -> None:
        self._application = application
        self._run = run
        self._sigv4: Any = import_module("ministack.core.sigv4")
        self._sts: Any = import_module("ministack.services.sts")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One HTTP request, one WebSocket, or the server's start and end."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        fields: Fields = [(name.lower(), value) for name, value in scope["headers"]]
        reason = self._foreign(scope, fields)
        if not reason and not any(name == _NAME for name, _ in fields):
            signature, secret = self._signature(scope, fields)
            reason = "it is not signed with a key of this run"
            if secret:
                body = await _body(receive) if scope["type"] == "http" else b""
                if body is None:
                    return  # the client is gone
                if scope["type"] == "http":
                    receive = _again(body, receive)
                reason = self._mismatch(scope, fields, signature, secret, body)
        if reason:
            await _refuse(scope, receive, send, reason)
            return
        kept = [(name, value) for name, value in fields if name != _NAME]
        await self._application({**scope, "headers": kept}, receive, _closed(send))

    def _foreign(self, scope: Message, fields: Fields) -> str:
        """Why a request is not this run's, as far as names and the header tell; else empty."""
        if [value for name, value in fields if name == b"host"] != [self._run.host.encode()]:
            return f"its Host is not {self._run.host}"
        if not scope["raw_path"].startswith(b"/"):
            return "its target is not a path"
        tokens = [value for name, value in fields if name == _NAME]
        if tokens:
            right = len(tokens) == 1 and hmac.compare_digest(tokens[0], self._run.token.encode())
            return "" if right else f"its {HEADER} is not this run's"
        if any(name.startswith(_OF_BROWSERS) for name, _ in fields):
            return "a browser sent it"
        return ""

    def _signature(self, scope: Message, fields: Fields) -> tuple[Any, str]:
        """The signature that a request carries, and the secret that it must be made with."""
        headers, query = _named(fields), _query(scope)
        if "authorization" in headers:
            algorithm, signature = (
                headers["authorization"].partition(" ")[0],
                self._sigv4.parse_header_signature(headers),
            )
            token = headers.get("x-amz-security-token")
        else:
            algorithm, signature = (
                query.get("X-Amz-Algorithm", [""])[0],
                self._sigv4.parse_query_signature(query),
            )
            token = query.get("X-Amz-Security-Token", [None])[0]
        if algorithm != _ALGORITHM or isinstance(signature, tuple):
            return None, ""
        if signature.service not in self._run.services:
            return None, ""
        return signature, self._secret(signature.access_key_id, token)

    def _secret(self, key: str, token: str | None) -> str:
        """The secret of an access key, of a session only with its token; empty where it has none.

        Sessions are in the emulator's memory alone: none outlives its process.
        """
        if key in self._run.keys:
            return self._run.keys[key]
        session = self._sts._sessions.get(key)
        if session is None or token is None or self._sts._session_expired(session):
            return ""
        if not hmac.compare_digest(str(session.get("SessionToken")).encode(), token.encode()):
            return ""
        return str(session.get("SecretAccessKey") or "")

    def _mismatch(
        self, scope: Message, fields: Fields, signature: Any, secret: str, body: bytes
    ) -> str:
        if not signature.signature.isascii():  # the emulator would fail on it
            return "its signature does not fit it"
        failure = self._sigv4.header_signature_failure(
            signature,
            secret,
            scope.get("method", "GET"),
            scope["raw_path"].decode("latin-1"),
            _query(scope),
            _named(fields),
            body,
            presigned=not any(name == b"authorization" for name, _ in fields),
        )
        return "" if failure is None else "its signature does not fit it"


class OwnCalls(urllib.request.BaseHandler):
    """Adds the run's header to what the emulator asks itself by HTTP: its user pools' keys."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Called by `urllib` with each request; a redirection does not carry the header on."""
        if request.host == self._run.host:
            request.add_unredirected_header(HEADER, self._run.token)
        return request


def _named(fields: Fields) -> dict[str, str]:
    """Name -> value; several of a name are one value with commas, as signatures take them."""
    named: dict[str, str] = {}
    for raw, value in fields:
        name = raw.decode("latin-1")
        text = _text(value)
        named[name] = f"{named[name]},{text}" if name in named else text
    return named


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _query(scope: Message) -> dict[str, list[Any]]:
    return {**parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)}


async def _body(receive: Receive) -> bytes | None:
    """The whole body, None where the client left before its end."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Receive a body that was read already, then what comes after it."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    return received


def _closed(send: Send) -> Send:
    """Send without the header that lets every page read the answer."""

    async def sent(message: Message) -> None:
        if message.get("headers"):
            headers = [
                (name, value)
                for name, value in message["headers"]
                if (name.lower(), value) != (b"access-control-allow-origin", b"*")
            ]
            message = {**message, "headers": headers}
        await send(message)

    return sent


async def _refuse(scope: Message, receive: Receive, send: Send, reason: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    text = f"This port answers the processes of one run only, and this request is none: {reason}."
    body = json.dumps({"__type": "UnrecognizedClientException", "message": text}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def main() -> None:
    """Run a launcher; what it serves is served behind the guard, and its files are its user's."""
    launcher = sys.argv[1]
    sys.argv[:] = [launcher]
    os.umask(0o077)
    run = Run.of_environment()
    server: Any = import_module("hypercorn.asyncio")
    serve = server.serve

    async def guarded(application: Any, *arguments: Any, **named: Any) -> None:
        await serve(Guard(application, run), *arguments, **named)

    server.serve = guarded
    urllib.request.install_opener(urllib.request.build_opener(OwnCalls(run)))
    runpy.run_path(launcher, run_name="__main__")


if __name__ == "__main__":
    main()
