"""Calls over HTTP with tokens of the emulated user pool."""

from __future__ import annotations

import contextlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import boto3

from nexus_gen.local.emulator import Emulator
from nexus_gen.local.estate import with_headers

PASSWORD = "Only-for-the-emulator-1!"
ORIGIN = "https://dev.diatonic.ai"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, its body decoded where it is JSON."""

    status: int
    headers: Message
    body: Any


@dataclass(frozen=True, slots=True)
class Api:
    """One stage of the REST API on the emulator.

    Attributes:
        secret: header that the emulator's guard wants; no function sees it.
    """

    base: str
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)

    def call(
        self,
        method: str,
        path: str,
        token: str | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request from the allowed origin."""
        sent = {"Origin": ORIGIN, "Content-Type": "application/json", **(headers or {})}
        if token is not None:
            sent["Authorization"] = token
        data = None if body is None else json.dumps(body).encode()
        answer = self.send(method, path, data, sent)
        return Answer(answer.status, answer.headers, decode(answer.body))

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        """Send one request as it is; the answer's body is bytes."""
        sent = {**headers, **self.secret}
        request = urllib.request.Request(f"{self.base}{path}", body, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


def decode(body: bytes) -> Any:
    """JSON where it is JSON, else the text."""
    try:
        return json.loads(body)
    except ValueError:
        return body.decode()


def client(
    emulator: Emulator,
    service: str,
    *,
    key: str = "",
    secret: str = "",
    token: str | None = None,
    config: Any = None,
) -> Any:
    """An SDK client of the emulator, with this run's key unless another is given."""
    known = emulator.credentials
    made = boto3.client(
        service,
        endpoint_url=emulator.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key or known.access_key_id,
        aws_secret_access_key=secret or known.secret_access_key,
        aws_session_token=token,
        config=config,
    )
    if service == "cognito-idp":
        with_headers(made, emulator.headers)  # nobody signs a sign-in
    return made


def stage(emulator: Emulator, name: str) -> Api:
    """The stage `name` of the one REST API there is."""
    (api,) = client(emulator, "apigateway").get_rest_apis()["items"]
    return stage_of(emulator, api["id"], name)


def stage_of(emulator: Emulator, api: str, name: str) -> Api:
    """The stage `name` of a REST API, by the API's id."""
    return Api(f"{emulator.endpoint}/_aws/execute-api/{api}/{name}", emulator.headers)


def sign_in(
    emulator: Emulator, outputs: dict[str, Any], organization: str, group: str
) -> dict[str, str]:
    """Tokens of a user, who is made where there is none yet: `IdToken`, `AccessToken`."""
    cognito = client(emulator, "cognito-idp")
    pool, name = outputs["cognito_user_pool_id"], f"{group}@{organization}.example"
    with contextlib.suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=name,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": name},
                {"Name": "custom:organization_id", "Value": organization},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True
    )
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)
    answer = cognito.initiate_auth(
        ClientId=outputs["cognito_user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
    )
    tokens: dict[str, str] = answer["AuthenticationResult"]
    return tokens
