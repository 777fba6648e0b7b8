"""The generated education function, on moto.

Fixtures that live longer than a test live as long as this package: they change what botocore does
and which modules Python knows, and a worker that runs tests of several packages must find both as
they were.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import uuid4

import boto3
import botocore.handlers
import pytest
from moto import mock_aws
from moto.core.models import botocore_stubber

from nexus_gen import pipeline
from nexus_gen.model import Model
from tests import sample
from tests.attacks import estate
from tests.attacks.estate import Estate

from .api import ORIGIN, Client, Handler
from .attack_target import Function
from .estate import REGION, TABLE, Table, create_cursor_key, table_definition
from .stored import Store
from .wire import Wire

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="package")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the spec, with the tests' entities added to the education vertical."""
    project = sample.copy_spec(tmp_path_factory.mktemp("project"))
    more = (Path(__file__).parent / "more_entities.yaml").read_text()
    with (project / "spec" / "verticals" / "education.yaml").open("a") as vertical:
        vertical.write(more)
    pipeline.build(project)
    return project


@pytest.fixture(scope="package")
def resources(project: Path) -> tuple[str, ...]:
    """Resource paths of the API."""
    (vertical,) = pipeline.compile(project).verticals
    operations = (operation for entity in vertical.entities for operation in entity.operations)
    return tuple(dict.fromkeys(operation.path for operation in operations))


@pytest.fixture(scope="package")
def shared_wire() -> Wire:
    """The hook that every client made from now on sends through; tests want `wire`."""
    return Wire()


@pytest.fixture
def wire(shared_wire: Wire) -> Iterator[Wire]:
    """What the function sends; no request may have crossed a tenant's border."""
    shared_wire.reset()
    yield shared_wire
    assert shared_wire.violations == []


class Aws(NamedTuple):
    """AWS in memory.

    Attributes:
        patch: undone when the last of these tests is done.
        dynamodb: a client of the tests' own, whose requests do not pass the wire.
    """

    patch: pytest.MonkeyPatch
    dynamodb: Any


@pytest.fixture(scope="package")
def aws(shared_wire: Wire) -> Iterator[Aws]:
    """AWS in memory, and the environment of a function."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL"):
            patch.delenv(name, raising=False)
        administrator = boto3.Session(region_name=REGION)
        patch.setenv("AWS_REGION", REGION)
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("TABLE_NAME", TABLE)
        patch.setenv("TENANT_ROLE_ARN", "arn:aws:iam::123456789012:role/test-education-tenant")
        patch.setenv("CURSOR_KEY_ARN", create_cursor_key(administrator.client("kms")))
        patch.setenv("CORS_ORIGINS", f"{ORIGIN},http://localhost:5173")
        patch.setenv("ENVIRONMENT", "test")
        patch.setenv("LOG_LEVEL", "INFO")
        dynamodb = administrator.client("dynamodb")
        hooks = [
            ("before-send", shared_wire) if hook[-1] is botocore_stubber else hook
            for hook in botocore.handlers.BUILTIN_HANDLERS
        ]
        patch.setattr(botocore.handlers, "BUILTIN_HANDLERS", hooks)
        yield Aws(patch, dynamodb)


@pytest.fixture(scope="package")
def handler(project: Path, aws: Aws) -> Iterator[Handler]:
    """The entry point, imported as Lambda does: the layer and the package on the path."""
    generated = project / "generated" / "lambda"
    aws.patch.syspath_prepend(generated / "shared" / "python")
    aws.patch.syspath_prepend(generated / "education-api")
    for name in _modules_of_the_function():
        aws.patch.delitem(sys.modules, name)
    yield importlib.import_module("education_api.handler").handler
    for name in _modules_of_the_function():
        del sys.modules[name]


def _modules_of_the_function() -> list[str]:
    packages = ("nexus_runtime", "education_api")
    return [name for name in sys.modules if name.partition(".")[0] in packages]


@pytest.fixture(scope="package")
def function_table(project: Path, aws: Aws) -> Table:
    """The table that the rendered Terraform declares; tests want `table`."""
    module = project / "generated" / "terraform" / "modules" / "education"
    return Table(aws.dynamodb, table_definition(module))


@pytest.fixture
def table(function_table: Table) -> Table:
    """The function's table, empty."""
    function_table.empty()
    return function_table


@pytest.fixture
def store(aws: Aws, table: Table) -> Store:
    """The function's table, to be written past the API."""
    return Store(aws.dynamodb, table)


@pytest.fixture
def tenant() -> str:
    """An organization that nothing else has."""
    return f"org-{uuid4().hex[:12]}"


@pytest.fixture
def client(
    handler: Handler, resources: tuple[str, ...], table: Table, wire: Wire, tenant: str
) -> Client:
    """An administrator of the organization."""
    return Client(handler, resources, tenant)


@pytest.fixture
def waited(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that retries would have waited. No test waits; nothing else takes a request's time,
    however busy the machine is."""
    waits: list[float] = []
    clock = SimpleNamespace(time=time.time, monotonic=lambda: sum(waits))
    for name in ("credentials", "dynamodb", "telemetry"):
        monkeypatch.setattr(sys.modules[f"nexus_runtime.{name}"], "time", clock)
    monkeypatch.setattr(sys.modules["nexus_runtime.dynamodb"], "sleep", waits.append)
    return waits


@pytest.fixture
def other(client: Client) -> Client:
    """An administrator of another organization, whose id begins like the first one's."""
    return client.having(tenant=f"{client.tenant}0", user="user-9")


@pytest.fixture(scope="package")
def model(project: Path) -> Model:
    """What the function was generated from."""
    return pipeline.compile(project)


@pytest.fixture
def function(client: Client) -> Function:
    """The function as a target of attacks."""
    return Function(client)


@pytest.fixture
def estates(function: Function, model: Model) -> dict[str, Estate]:
    """What three organizations own; the id of one is a prefix of another's."""
    return {tenant: estate.build(function, model, tenant) for tenant in ("org1", "org10", "org2")}
