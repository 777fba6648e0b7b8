"""The function under attack: handlers in this process, on moto."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from tests.attacks.traffic import OWN, Answer, Request

from .api import Client, Context, answered
from .estate import TABLE


class Function:
    """The generated education function."""

    forges_claims = True

    def __init__(self, client: Client) -> None:
        self._client = client

    def _member(self, tenant: str) -> Client:
        groups = "admin,instructor,member"
        return self._client.having(tenant=tenant, user=f"user-of-{tenant}", groups=groups)

    def claims_of(self, tenant: str) -> Mapping[str, Any]:
        """What the authorizer passes on of a member with every role."""
        return self._member(tenant).claims

    def send(self, tenant: str, request: Request) -> Answer:
        """Send a request as a member of an organization."""
        member = self._member(tenant)
        event = member.event(
            request.method,
            request.filled_path,
            body=request.body,
            query=request.query,
            headers=request.headers,
            claims=member.claims if request.claims is OWN else request.claims,
            request_id="the-same",
        )
        if request.claims is None:
            del event["requestContext"]["authorizer"]
        answer = answered(member.handler(event, Context("the-same")))
        return Answer(answer.status, answer.headers, answer.text)

    def forged_tokens(self, own: str, theirs: str) -> Mapping[str, str]:
        """None: what arrives here was checked by API Gateway."""
        return {}

    def dump(self) -> list[Mapping[str, Any]]:
        """Every item of the table, from moto's memory: a Scan costs a second."""
        (tables,) = (backend.tables for _, _, backend in dynamodb_backends.iter_backends())
        items = (item.to_json()["Attributes"] for item in tables[TABLE].all_items())
        return list(items)
