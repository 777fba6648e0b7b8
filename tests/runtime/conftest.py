"""The sample API on moto.

Fixtures that live longer than a test live as long as this package: they change what botocore does,
and a worker that runs tests of several packages must find it as it was.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import boto3
import botocore.handlers
import pytest
from moto import mock_aws
from moto.core.models import botocore_stubber

from nexus_gen.testing import Transactions
from nexus_gen.testing.virtual_time import VirtualClock
from nexus_runtime import aws, credentials, cursors, dynamodb, telemetry

from .client import ORIGIN, Client
from .wire import Wire

REGION = "us-east-1"
T = TypeVar("T")
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
    """Retries do not wait; what they would have waited is kept, and gone from their time."""
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        telemetry.current().deadline -= seconds

    monkeypatch.setattr(dynamodb, "sleep", pause)
    return pauses


class Contention(NamedTuple):
    """Requests at once: each call takes 1 to 3 ms on its way, each transaction 5 to 10 ms.

    Their time, which is also that of retries and of budgets, is virtual.
    """

    wire: Wire
    clock: VirtualClock

    def seed(self, seed: int) -> None:
        """Draw anew; a seed gives the same course of events again."""
        random.seed(seed)
        ways = random.Random(seed)
        self.wire.transactions = Transactions(seed=seed, sleep=self.clock.sleep)
        self.wire.travel = lambda: self.clock.sleep(ways.uniform(0.001, 0.003))

    def at_once(self, count: int, work: Callable[[int], T]) -> list[T]:
        """Answers of requests that begin at one moment."""
        return self.clock.run([partial(work, number) for number in range(count)])


@pytest.fixture
def contention(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Contention:
    """DynamoDB whose transactions take time, and the function's time with it."""
    clock = VirtualClock()
    times = SimpleNamespace(monotonic=lambda: clock.now, time=time.time)
    for module in (telemetry, dynamodb, credentials):
        monkeypatch.setattr(module, "time", times)
    monkeypatch.setattr(dynamodb, "sleep", clock.sleep)
    contention = Contention(wire, clock)
    contention.seed(1)
    return contention


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
