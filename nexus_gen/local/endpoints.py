"""`/config.json` and the endpoints below `/_local/`, which docs/local-api.md describes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from nexus_gen.backends.client.metadata import metadata
from nexus_gen.backends.openapi.document import document
from nexus_gen.local.http import HttpAnswer, HttpRequest, json_answer, message
from nexus_gen.local.pool import PASSWORD, Pool, Tokens, User
from nexus_gen.model import Environment, Model

PREFIX = "/_local/"
EVENTS = "/_local/events"
SIGN_IN = "/_local/sign-in"
REFRESH = "/_local/refresh"
CONFIG = "/config.json"
"""What a frontend reads of its environment, at the place where a deployment has it."""
_REFUSED = {
    SIGN_IN: "no such user, or a wrong password",
    REFRESH: "no such refresh token, or one that has ended",
}


class Served:
    """What the endpoints tell; changed by a reload, `diagnostics` by each build.

    Attributes:
        version: grows with each reload; 0 before the first.
        diagnostics: what is wrong with the spec as it was saved last.
    """

    def __init__(self) -> None:
        self.environment = ""
        self.version = 0
        self.pool: Pool | None = None
        self.diagnostics: list[dict[str, Any]] = []
        self._model: Model | None = None
        self._texts: dict[str, bytes] = {}

    def serve(self, model: Model, environment: Environment, pool: Pool) -> None:
        """Tell of this model from now on."""
        self._model, self.environment, self.pool = model, environment.name, pool
        self._texts.clear()
        self.version += 1

    def status(self) -> dict[str, Any]:
        """What a stream of events begins with."""
        return {
            "version": self.version,
            "environment": self.environment,
            "diagnostics": self.diagnostics,
        }

    def config(self, url: str) -> dict[str, Any] | None:
        """What `nexus_frontend_config` holds of a deployment, and where to sign in; None before
        the first load.

        Args:
            url: of this server, by the name that the page knows it under.
        """
        if self._model is None or self.pool is None:
            return None
        return {
            "environment": self.environment,
            "region": self._model.product.region,
            "apiUrl": url,
            "userPoolId": self.pool.id,
            "userPoolClientId": self.pool.client_id,
            "local": {"signIn": f"{url}{SIGN_IN}", "refresh": f"{url}{REFRESH}"},
        }

    def metadata(self) -> bytes:
        """The model as JSON."""
        return self._text("metadata", metadata)

    def openapi(self) -> bytes:
        """The OpenAPI document as JSON; made when it is asked for, which costs more than a save."""
        return self._text("openapi", _openapi)

    def _text(self, name: str, make: Callable[[Model], Any]) -> bytes:
        if name not in self._texts:
            value = None if self._model is None else make(self._model)
            self._texts[name] = json.dumps(value, ensure_ascii=False).encode()
        return self._texts[name]


def _openapi(model: Model) -> Any:
    import yaml

    text = "".join(text for text, _ in document(model))
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class Endpoints:
    """Answers `/config.json`, and everything below `/_local/` but the stream of events."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._reads: dict[str, Callable[[], HttpAnswer]] = {
            "/_local/model.json": lambda: _json_bytes(served.metadata()),
            "/_local/openapi.json": lambda: _json_bytes(served.openapi()),
            "/_local/status": lambda: json_answer(200, served.status(), _FRESH),
            "/_local/users": self._users,
        }

    async def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request."""
        if request.path == CONFIG:
            return self._config(request)
        read = self._reads.get(request.path)
        if read is not None:
            return read() if request.method in ("GET", "HEAD") else _only("GET")
        if request.path not in _REFUSED:
            return message(404, f"There is no {request.path}; see docs/local-api.md.")
        if request.method != "POST":
            return _only("POST")
        return await self._sign_in(request)

    async def _sign_in(self, request: HttpRequest) -> HttpAnswer:
        pool = self._served.pool
        if pool is None:
            return _starting()
        try:
            form = json.loads(request.body)
            if request.path == SIGN_IN:
                username, password = form["username"], form.get("password", PASSWORD)
                tokens = await asyncio.to_thread(pool.sign_in, str(username), str(password))
            else:
                tokens = await asyncio.to_thread(pool.refresh, str(form["refreshToken"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            wanted = "username" if request.path == SIGN_IN else "refreshToken"
            return message(400, f'Send {{"{wanted}": ".."}} as JSON.')
        if tokens is None:
            return message(401, f"The user pool refuses: {_REFUSED[request.path]}.")
        return json_answer(200, _as_json(tokens), _FRESH)

    def _config(self, request: HttpRequest) -> HttpAnswer:
        config = self._served.config(f"http://{request.headers['host']}")
        if request.method not in ("GET", "HEAD"):
            return _only("GET")
        return _starting() if config is None else json_answer(200, config, _FRESH)

    def _users(self) -> HttpAnswer:
        pool = self._served.pool
        users = [] if pool is None else [_user(user) for user in pool.users]
        return json_answer(200, {"users": users, "password": PASSWORD}, _FRESH)


_FRESH = [("Cache-Control", "no-store")]


def _json_bytes(body: bytes) -> HttpAnswer:
    return HttpAnswer(200, [("Content-Type", "application/json"), *_FRESH], body)


def _starting() -> HttpAnswer:
    return message(503, "starting", [("Retry-After", "1")])


def _only(method: str) -> HttpAnswer:
    return message(405, f"Only {method}.", [("Allow", method)])


def _user(user: User) -> dict[str, Any]:
    return {"username": user.email, "organization": user.organization, "roles": [user.role]}


def _as_json(tokens: Tokens) -> dict[str, Any]:
    return {
        "idToken": tokens.id_token,
        "accessToken": tokens.access_token,
        "refreshToken": tokens.refresh_token,
        "expiresIn": tokens.expires_in,
        "user": tokens.user,
        "username": tokens.username,
        "organization": tokens.organization,
        "roles": list(tokens.roles),
    }
