"""Every route under attack over HTTP, with real tokens: what handlers, IAM's roles and the gateway
make together. The emulator evaluates no leading keys; that layer is `tests/behaviour/test_iam.py`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from nexus_gen import pipeline
from nexus_gen.local.emulator import Emulator
from tests.attacks import estate
from tests.attacks.run import attack_everything
from tests.attacks.traffic import Answer, Request
from tests.e2e.http import PASSWORD, Api, client, sign_in, stage
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.e2e

PAIRS = (("org1", "org10"), ("org10", "org1"))


class Stage:
    """A stage of the API on the emulator, and a member with every role in each organization."""

    forges_claims = False

    def __init__(self, emulator: Emulator, api: Api, tokens: Mapping[str, str]) -> None:
        self._api = api
        self._tokens = tokens
        self._dynamodb = client(emulator, "dynamodb")

    def claims_of(self, tenant: str) -> Mapping[str, Any]:
        """The claims of the member's token."""
        claims: dict[str, Any] = json.loads(decoded(self._tokens[tenant].split(".")[1]))
        return claims

    def forged_tokens(self, own: str, theirs: str) -> Mapping[str, str]:
        """An unsigned token of theirs, and one of our own with its claims exchanged for theirs."""
        head, _, signature = self._tokens[own].split(".")
        payload = encoded(json.dumps(self.claims_of(theirs)).encode())
        nobody = encoded(json.dumps({"alg": "none", "typ": "JWT"}).encode())
        return {
            "without a signature": f"{nobody}.{payload}.",
            "whose claims were exchanged": f"{head}.{payload}.{signature}",
        }

    def send(self, tenant: str, request: Request) -> Answer:
        """Send a request over HTTP."""
        sent = {"Content-Type": "application/json"} if request.body is not None else {}
        if request.claims is not None:
            sent["Authorization"] = self._tokens[tenant]
        query = f"?{urlencode(request.query)}" if request.query else ""
        answer = self._api.send(
            request.method,
            f"{request.filled_path}{query}",
            None if request.body is None else json.dumps(request.body).encode(),
            {**sent, **request.headers},
        )
        return Answer(answer.status, _named(answer.headers), answer.body.decode())

    def dump(self) -> list[Mapping[str, Any]]:
        """Every item of the verticals' tables."""
        names = self._dynamodb.list_tables()["TableNames"]
        scan = self._dynamodb.get_paginator("scan")
        pages = (page for name in names for page in scan.paginate(TableName=name))
        return [item for page in pages for item in page["Items"]]


def _named(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def decoded(part: str) -> bytes:
    """A part of a token."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(part: bytes) -> str:
    """A part for a token."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def member_of(workspace: Workspace, organization: str) -> str:
    """The ID token of a new member with every role."""
    outputs = workspace.outputs(workspace.core)
    sign_in(workspace.emulator, outputs, organization, "admin")
    cognito, name = client(workspace.emulator, "cognito-idp"), f"admin@{organization}.example"
    for group, _ in pipeline.compile(workspace.folder).tenancy.roles:
        cognito.admin_add_user_to_group(
            UserPoolId=outputs["cognito_user_pool_id"], Username=name, GroupName=group
        )
    answer = cognito.initiate_auth(
        ClientId=outputs["cognito_user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
    )
    token: str = answer["AuthenticationResult"]["IdToken"]
    return token


@pytest.mark.parametrize("workspace", ["extended"], indirect=True)
def test_no_attack_over_http_reaches_another_organization(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    model = pipeline.compile(workspace.folder)
    tokens = {tenant: member_of(workspace, tenant) for tenant in ("org1", "org10")}
    target = Stage(workspace.emulator, stage(workspace.emulator, "dev"), tokens)
    estates = {tenant: estate.build(target, model, tenant) for tenant in tokens}
    pairs = [(estates[own], estates[theirs]) for own, theirs in PAIRS]
    result = attack_everything(target, model, pairs)
    with capsys.disabled():
        print(f"\nattack matrix, over HTTP\n{result.table(model)}")
    assert not result.failures, "\n".join(result.failures)
    assert result.uncovered(model) == []
