"""Everything that `nexus-gen dev` runs, wired together and taken down together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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


class LocalApi:
    """The running local API; `server.serve_forever()` answers requests."""

    def __init__(
        self, server: ThreadingHTTPServer, gateway: LocalGateway, root: Path, environment: str
    ) -> None:
        self.server = server
        self.estate: Estate | None = None
        self._gateway = gateway
        self._packages = root / "generated" / "lambda"
        self._environment = environment
        self._functions: dict[str, Function] = {}

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`"""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def load(self, model: Model, endpoint: str) -> Estate:
        """Serve what `model` and `generated/` say now; data that is there stays.

        Requests that are under way on the functions of before are answered by them or get 502.
        """
        estate = provision(model, endpoint, self._environment)
        outgoing = self._functions
        self._functions = _functions(model, self._packages, estate)
        self._gateway.routes = _routes(model, self._functions)
        self._gateway.verifier = TokenVerifier(estate.issuer_url, estate.client_id)
        self._gateway.sign_in = SignIn(estate.client_id)
        self.estate = estate
        _stop(outgoing)
        return estate

    def close(self) -> None:
        """Stop listening and end every function."""
        self.server.server_close()
        _stop(self._functions)


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

    sign_in: SignIn | None = None

    def _answer(self, method: str, target: str, headers: Any, body: bytes) -> dict[str, Any]:
        if target == SIGN_IN_PATH and method == "POST":
            return self._sign_in(headers, body)
        return super()._answer(method, target, headers, body)

    def _sign_in(self, headers: Any, body: bytes) -> dict[str, Any]:
        if self.sign_in is None:
            return self._refuse(503, "starting", headers)
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
    model: Model, root: Path, port: int, environment: str, log: Callable[[str], None]
) -> Iterator[tuple[LocalApi, str]]:
    """Start the emulator, create what the model says, load the generated functions, bind the port.

    Yields the API and the emulator's endpoint.

    Args:
        root: project folder; data is kept in its `.nexus/local`.
        port: of 127.0.0.1; 0 takes any free one.

    Raises:
        PortTakenError: `port` is not free.
        EmulatorError: the emulator is missing or did not start.
    """
    origins = next(e.cors_origins for e in model.environments if e.name == environment)
    gateway = LocalGateway(origins, log)
    try:
        server = serve(gateway, port)
    except OSError as error:
        raise PortTakenError(f"port {port} of 127.0.0.1 is taken") from error
    with ExitStack() as stack:
        api = LocalApi(server, gateway, root, environment)
        stack.callback(api.close)
        region = model.product.region
        command = [find_executable(root)]
        emulator = stack.enter_context(running(command, root / ".nexus" / "local", region))
        emulator_credentials_in_environment(emulator.environment(region))
        api.load(model, emulator.endpoint)
        yield api, emulator.endpoint


def _stop(functions: dict[str, Function]) -> None:
    for function in functions.values():
        function.stop()


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
