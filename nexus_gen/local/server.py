"""Everything that `nexus-gen dev` runs, wired together and taken down together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from nexus_gen.local.emulator import find_executable, running
from nexus_gen.local.estate import (
    PASSWORD,
    Estate,
    emulator_credentials_in_environment,
    provision,
)
from nexus_gen.local.functions import Function
from nexus_gen.local.gateway import Gateway, Route, serve
from nexus_gen.local.tokens import TokenVerifier
from nexus_gen.model import Model

SIGN_IN_PATH = "/_local/sign-in"


class PortTakenError(Exception):
    """Another process listens on the wanted port."""


@dataclass(frozen=True, slots=True)
class LocalApi:
    """The running local API; `server.serve_forever()` answers requests."""

    server: ThreadingHTTPServer
    estate: Estate

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`"""
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class SignIn:
    """Exchanges an e-mail address and a password for an ID token of the emulated pool."""

    def __init__(self, client_id: str) -> None:
        import boto3

        self._cognito = boto3.client("cognito-idp")
        self._client_id = client_id

    def token(self, email: str, password: str) -> str | None:
        """The ID token, or None where the pool refuses."""
        try:
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": email, "PASSWORD": password},
            )
        except self._cognito.exceptions.ClientError:
            return None
        token: str = answer["AuthenticationResult"]["IdToken"]
        return token


class LocalGateway(Gateway):
    """The gateway, and one path of its own: sign-in, which Cognito's hosted pages do on AWS."""

    sign_in: SignIn

    def _answer(self, method: str, target: str, headers: Any, body: bytes) -> dict[str, Any]:
        if target == SIGN_IN_PATH and method == "POST":
            return self._sign_in(headers, body)
        return super()._answer(method, target, headers, body)

    def _sign_in(self, headers: Any, body: bytes) -> dict[str, Any]:
        try:
            form = json.loads(body)
            token = self.sign_in.token(str(form["email"]), str(form.get("password", PASSWORD)))
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._refuse(400, 'send {\\"email\\": ...} as JSON', headers)
        if token is None:
            return self._refuse(401, "no such user, or a wrong password", headers)
        answer = {"id_token": token}
        cors = {"Content-Type": "application/json", **self._cors(headers)}
        return {"statusCode": 200, "headers": cors, "body": json.dumps(answer)}


@contextmanager
def local_api(
    model: Model,
    root: Path,
    port: int,
    environment: str,
    log: Callable[[str], None],
) -> Iterator[LocalApi]:
    """Start the emulator, create what the model says, load the generated functions, bind the port.

    Args:
        root: project folder; data is kept in its `.nexus/local`.

    Raises:
        PortTakenError: `port` is not free.
        EmulatorError: the emulator is missing or did not start.
    """
    with ExitStack() as stack:
        region = model.product.region
        state = root / ".nexus" / "local"
        emulator = stack.enter_context(running([find_executable(root)], state, region))
        emulator_credentials_in_environment(emulator.environment(region))
        estate = provision(model, emulator.endpoint, environment)
        functions = _functions(model, root / "generated" / "lambda", estate)
        for function in functions.values():
            stack.callback(function.stop)
        origins = next(e.cors_origins for e in model.environments if e.name == environment)
        gateway = LocalGateway(
            _routes(model, functions),
            TokenVerifier(estate.issuer_url, estate.client_id),
            origins,
            log,
        )
        gateway.sign_in = SignIn(estate.client_id)
        try:
            server = serve(gateway, port)
        except OSError as error:
            raise PortTakenError(f"port {port} of 127.0.0.1 is taken") from error
        stack.callback(server.server_close)
        yield LocalApi(server, estate)


def _functions(model: Model, packages: Path, estate: Estate) -> dict[str, Function]:
    layer = packages / "shared" / "python"
    return {
        vertical.name.raw: Function(
            packages / f"{vertical.name.kebab}-api", layer, estate.functions[vertical.name.raw]
        )
        for vertical in model.verticals
    }


def _routes(model: Model, functions: dict[str, Function]) -> list[Route]:
    paths = {
        operation.path: functions[vertical.name.raw]
        for vertical in model.verticals
        for entity in vertical.entities
        for operation in entity.operations
    }
    return [Route(path, function) for path, function in paths.items()]
