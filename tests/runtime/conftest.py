"""The sample API on moto.

Fixtures that live longer than a test live as long as this package: they change what botocore does,
and a worker that runs tests of several packages must find it as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import botocore.handlers
import pytest
from moto import mock_aws
from moto.core.models import botocore_stubber

from nexus_runtime import aws, credentials, cursors, dynamodb

from .client import ORIGIN, Client
from .wire import Wire

REGION = "us-east-1"
SLOTS = ("gsi1", "gsi2", "gsi3")


@pytest.fixture(scope="package")
def shared_wire() -> Wire:
    """The one handler between the runtime and moto; tests want `wire`."""
    return Wire()


@pytest.fixture(scope="package")
def cloud(shared_wire: Wire) -> Iterator[pytest.MonkeyPatch]:
    """AWS in memory, and the environment of a function."""
    hooks = [
        ("before-send", shared_wire) if hook[-1] is botocore_stubber else hook
        for hook in botocore.handlers.BUILTIN_HANDLERS
    ]
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_REGION", REGION)
        patch.setenv("TABLE_NAME", "samples")
        patch.setenv("TENANT_ROLE_ARN", "arn:aws:iam::123456789012:role/samples-tenant")
        patch.setenv("CORS_ORIGINS", f"{ORIGIN}, http://localhost:5173")
        key = boto3.client("kms", region_name=REGION).create_key(
            KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC"
        )
        patch.setenv("CURSOR_KEY_ARN", key["KeyMetadata"]["Arn"])
        patch.setattr(botocore.handlers, "BUILTIN_HANDLERS", hooks)
        new_container()
        yield patch
        new_container()


def new_container() -> None:
    """Forget what a container remembers between requests."""
    aws.reset()
    credentials.reset()
    cursors.reset()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Retries do not wait; what they would have waited is kept."""
    pauses: list[float] = []
    monkeypatch.setattr(dynamodb, "sleep", pauses.append)
    return pauses


@pytest.fixture
def wire(cloud: pytest.MonkeyPatch, shared_wire: Wire) -> Iterator[Wire]:
    """Calls and faults of this test."""
    shared_wire.reset()
    yield shared_wire
    shared_wire.reset()


class Table:
    """The table behind the sample API."""

    def __init__(self) -> None:
        self._client: Any = boto3.client("dynamodb", region_name=REGION)

    def create(self) -> None:
        """Make it anew."""
        if "samples" in self._client.list_tables()["TableNames"]:
            self._client.delete_table(TableName="samples")
        names = ("", *SLOTS)
        keys = {
            name: [
                {"AttributeName": f"{name}pk", "KeyType": "HASH"},
                {"AttributeName": f"{name}sk", "KeyType": "RANGE"},
            ]
            for name in names
        }
        self._client.create_table(
            TableName="samples",
            KeySchema=keys[""],
            AttributeDefinitions=[
                {"AttributeName": f"{name}{part}", "AttributeType": "S"}
                for name in names
                for part in ("pk", "sk")
            ],
            GlobalSecondaryIndexes=[
                {"IndexName": n, "KeySchema": keys[n], "Projection": {"ProjectionType": "ALL"}}
                for n in SLOTS
            ],
            BillingMode="PAY_PER_REQUEST",
        )

    def items(self) -> list[dict[str, Any]]:
        """Every item."""
        found: list[dict[str, Any]] = self._client.scan(TableName="samples")["Items"]
        return found

    def item(self, pk: str, sk: str = "-") -> dict[str, Any] | None:
        """One item."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        found = self._client.get_item(TableName="samples", Key=key)
        item: dict[str, Any] | None = found.get("Item")
        return item

    def put(self, item: dict[str, Any]) -> None:
        """Write an item behind the API's back."""
        self._client.put_item(TableName="samples", Item=item)


@pytest.fixture(scope="package")
def shared_table(cloud: pytest.MonkeyPatch) -> Table:
    """The table; tests want `table`."""
    return Table()


@pytest.fixture
def table(shared_table: Table, wire: Wire) -> Table:
    """The table, empty."""
    shared_table.create()
    wire.reset()
    return shared_table


@pytest.fixture
def tenant() -> str:
    """An organization that no other test has."""
    return f"org-{uuid4().hex[:12]}"


@pytest.fixture
def client(table: Table, tenant: str) -> Client:
    """An administrator of the organization."""
    return Client(tenant)
