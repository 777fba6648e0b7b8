"""The rendered policies behind the handlers: what IAM allows, and what it stops where they leak.

Policies are those of a mocked apply of the very output that the function is from.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core.models import botocore_stubber

from nexus_gen.model import Model
from nexus_gen.testing import IamDouble, VerticalRoles, roles_of
from nexus_gen.verify.tools import ToolAbsentError, how_to_get
from tests.attacks.estate import Estate
from tests.attacks.matrix import Attacks, routes_of
from tests.attacks.run import attack_everything
from tests.conftest import absent_tool

from .attack_target import Function
from .estate import REGION, TABLE, Table, table_definition
from .wire import Wire

TABLE_ARN = f"arn:aws:dynamodb:{REGION}:123456789012:table/{TABLE}"
OWN, THEIRS = "org1", "org10"


@pytest.fixture(scope="module")
def roles(project: Path, aws: object) -> VerticalRoles:
    """The roles of the function, for the tests' table and keys."""
    try:
        rendered = roles_of(project, "education")
    except ToolAbsentError as absent:
        absent_tool(absent.tool, how_to_get(absent.tool))
    return rendered.at(
        table_arn=TABLE_ARN,
        tenant_role_arn=os.environ["TENANT_ROLE_ARN"],
        cursor_key_arn=os.environ["CURSOR_KEY_ARN"],
    )


@pytest.fixture
def iam(
    roles: VerticalRoles,
    project: Path,
    table: Table,
    wire: Wire,
    function: Function,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[IamDouble]:
    """IAM enforced between the wire and moto, in a container that knows no credentials yet."""
    double = IamDouble((roles.function, roles.tenant), botocore_stubber)
    module = project / "generated" / "terraform" / "modules" / "education"
    double.learn_table(table_definition(module))
    for name, value in double.credentials_of(roles.function.arn).items():
        monkeypatch.setenv(name, value)
    wire.aws = double
    new_container()
    yield double
    new_container()
    assert double.errors == []


def runtime(module: str) -> Any:
    """A module of the runtime that the function imports."""
    return importlib.import_module(f"nexus_runtime.{module}")


def new_container() -> None:
    """Forget what the function remembers between requests."""
    for module in ("aws", "credentials", "cursors"):
        runtime(module).reset()


def test_handlers_need_nothing_that_the_policies_refuse(
    iam: IamDouble,
    function: Function,
    model: Model,
    estates: dict[str, Estate],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither for an organization's own work nor under attack do they even ask for more."""
    result = attack_everything(function, model, [(estates[OWN], estates[THEIRS])])
    with capsys.disabled():
        print(f"\nattack matrix, IAM enforced: {result.table(model).splitlines()[-1]}")
    assert not result.failures, "\n".join(result.failures)
    assert iam.judgements
    assert iam.denials == []


@pytest.fixture
def confused(function: Function, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes every handler porous: keys are of whom a request names, credentials are org1's."""

    def confuse() -> None:
        credentials = runtime("credentials")
        verified = runtime("keys").Tenant(OWN)
        original = credentials.of
        monkeypatch.setattr(credentials, "of", lambda tenant: original(verified))

    return confuse


def rightful_requests(function: Function, model: Model, estate: Estate) -> dict[str, Any]:
    """A request of each route that the organization may make, by the route's label."""
    attacks = Attacks(function, model, estate, estate)
    return {route.label: attacks.rightful(route) for route in routes_of(model)}


def test_a_porous_handler_reaches_nothing_of_another_organization(
    iam: IamDouble,
    function: Function,
    model: Model,
    estates: dict[str, Estate],
    confused: Callable[[], None],
    wire: Wire,
) -> None:
    requests = rightful_requests(function, model, estates[THEIRS])
    confused()
    before = function.dump()
    for label, request in requests.items():
        answer = function.send(THEIRS, request)
        assert answer.status == 403, (label, answer.text)
        assert not any(secret in answer.text for secret in estates[THEIRS].secrets), label
    assert function.dump() == before
    assert len(iam.denials) >= len(requests)
    wire.violations.clear()


def test_without_iam_it_would_reach_everything(
    function: Function,
    model: Model,
    estates: dict[str, Estate],
    confused: Callable[[], None],
    wire: Wire,
) -> None:
    """So the test above can fail."""
    requests = rightful_requests(function, model, estates[THEIRS])
    confused()
    reads = {label: one for label, one in requests.items() if one.method == "GET"}
    writes = {label: one for label, one in requests.items() if one.method == "POST"}
    for label, request in {**reads, **writes}.items():
        assert function.send(THEIRS, request).status in (200, 201), label
    assert wire.violations
    wire.violations.clear()


def key(organization: str, estate: Estate) -> dict[str, Any]:
    """Primary key of the organization's first topic."""
    topic = estate.items["education.Topic"][0]["topic_id"]
    return {"pk": {"S": f"{organization}#topic"}, "sk": {"S": topic}}


def in_table(**parameters: Any) -> dict[str, Any]:
    """Parameters of an operation on the function's table."""
    return {"TableName": TABLE, **parameters}


def operations(theirs: dict[str, Any], own: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Ways to reach a key, each an operation of the SDK and its parameters."""
    value = {":v": theirs["pk"]}
    index = {":v": {"S": f"{THEIRS}#remark#by_topic#{theirs['sk']['S']}"}}
    change = {"UpdateExpression": "SET x = :v", "ExpressionAttributeValues": value}
    condition = {"ConditionExpression": "attribute_not_exists(nothing)"}
    writes: dict[str, dict[str, Any]] = {
        "Put": in_table(Item=theirs),
        "Update": in_table(Key=theirs, **change),
        "Delete": in_table(Key=theirs),
        "ConditionCheck": in_table(Key=theirs, **condition),
    }
    put_own = {"Put": in_table(Item=own)}
    return {
        "get": ("get_item", in_table(Key=theirs)),
        "put": ("put_item", writes["Put"]),
        "update": ("update_item", writes["Update"]),
        "delete": ("delete_item", writes["Delete"]),
        "query": (
            "query",
            in_table(KeyConditionExpression="pk = :v", ExpressionAttributeValues=value),
        ),
        "query an index": (
            "query",
            in_table(
                IndexName="gsi1",
                KeyConditionExpression="gsi1pk = :v",
                ExpressionAttributeValues=index,
            ),
        ),
        "scan": ("scan", in_table()),
        "scan an index": ("scan", in_table(IndexName="gsi1")),
        "select": ("execute_statement", {"Statement": f'SELECT * FROM "{TABLE}"'}),
        "batch get": ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [own, theirs]}}}),
        "batch put": (
            "batch_write_item",
            {"RequestItems": {TABLE: [{"PutRequest": {"Item": one}} for one in (own, theirs)]}},
        ),
        "batch delete": (
            "batch_write_item",
            {"RequestItems": {TABLE: [{"DeleteRequest": {"Key": theirs}}]}},
        ),
        "transact get": (
            "transact_get_items",
            {"TransactItems": [{"Get": in_table(Key=one)} for one in (own, theirs)]},
        ),
        **{
            f"transact {kind}": (
                "transact_write_items",
                {"TransactItems": [put_own, {kind: parameters}]},
            )
            for kind, parameters in writes.items()
        },
    }


WAYS = list(operations({"pk": {"S": ""}, "sk": {"S": ""}}, {}))


@pytest.mark.parametrize("way", WAYS)
def test_a_handler_that_does_what_a_body_says_reaches_nothing_of_another_organization(
    iam: IamDouble, function: Function, estates: dict[str, Estate], way: str, wire: Wire
) -> None:
    """The most porous handler there can be: operation and key come from the body."""

    def handle(operation: str, parameters: dict[str, Any]) -> Any:
        aws, credentials = runtime("aws"), runtime("credentials")
        aws.signing.set(credentials.of(runtime("keys").Tenant(OWN)))
        return getattr(aws.client(), operation)(**parameters)

    own, theirs = key(OWN, estates[OWN]), key(THEIRS, estates[THEIRS])
    before = function.dump()
    with pytest.raises(ClientError) as caught:
        handle(*operations(theirs, own)[way])
    assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
    assert function.dump() == before
    if way not in ("scan", "scan an index", "select", "query an index"):
        handle(*operations({**own, "sk": {"S": "new"}}, own)[way])
    wire.violations.clear()
