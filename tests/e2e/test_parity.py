"""`nexus-gen dev` creates what an applied Terraform creates: both described by the emulator."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_gen import pipeline
from nexus_gen.local.emulator import DURABLE, Emulator, find_interpreter, running
from nexus_gen.local.estate import Provisioner, emulator_credentials_in_environment
from nexus_gen.model import Model
from nexus_gen.model.resource_names import prefix
from tests.e2e.http import client
from tests.e2e.workspace import REGION, ROOT, Workspace

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize("workspace", ["extended"], indirect=True, scope="module"),
]

ENVIRONMENT = "dev"
RANDOM = {
    "TableId",
    "CreationDateTime",
    "LastUpdateToPayPerRequestDateTime",
    "KMSMasterKeyArn",
    "ItemCount",
    "TableSizeBytes",
}
"""What no two tables have in common, and what tables hold."""


@pytest.fixture(scope="module")
def model(workspace: Workspace) -> Model:
    return pipeline.compile(workspace.folder)


@pytest.fixture(scope="module")
def local(
    model: Model, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Emulator, dict[str, dict[str, str]]]]:
    """An emulator that holds what `nexus-gen dev` creates, and its functions' variables."""
    state: Path = tmp_path_factory.mktemp("local")
    before = dict(os.environ)
    with running((find_interpreter(ROOT), DURABLE), state, REGION) as emulator:
        try:
            emulator_credentials_in_environment(emulator.environment(REGION))
            (environment,) = [each for each in model.environments if each.name == ENVIRONMENT]
            made = Provisioner(emulator.endpoint, emulator.headers).provision(model, environment)
            yield emulator, made.variables
        finally:
            os.environ.clear()
            os.environ.update(before)


def described(emulator: Emulator, name: str) -> dict[str, Any]:
    """Everything that the emulator says of a table, but for what is random."""
    dynamodb = client(emulator, "dynamodb")
    table = dynamodb.describe_table(TableName=name)["Table"]
    tags = dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]
    found = {
        **table,
        "TimeToLive": dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
        "PointInTimeRecovery": recovery["PointInTimeRecoveryStatus"],
        "Tags": [tag for tag in tags if tag["Key"] == "Vertical"],
    }
    return {key: value for key, value in ordered(found).items() if key not in RANDOM}


def ordered(value: Any) -> Any:
    """Lists of named things in the order of their names, which is no setting."""
    if isinstance(value, dict):
        return {key: ordered(inner) for key, inner in value.items() if key not in RANDOM}
    if isinstance(value, list):
        return sorted((ordered(inner) for inner in value), key=repr)
    return value


def test_tables_are_equal(
    workspace: Workspace, model: Model, local: tuple[Emulator, dict[str, dict[str, str]]]
) -> None:
    for vertical in model.verticals:
        name = f"{prefix(model, ENVIRONMENT)}-{vertical.name.kebab}"
        applied = described(workspace.emulator, name)
        assert applied["TableStatus"] == "ACTIVE"
        assert len(applied["GlobalSecondaryIndexes"]) == vertical.index_slots
        assert described(local[0], name) == applied


def test_functions_have_the_same_settings(
    workspace: Workspace, model: Model, local: tuple[Emulator, dict[str, dict[str, str]]]
) -> None:
    functions = client(workspace.emulator, "lambda")
    for vertical in model.verticals:
        name = f"{prefix(model, ENVIRONMENT)}-{vertical.name.kebab}-api"
        configuration = functions.get_function_configuration(FunctionName=name)
        applied = configuration["Environment"]["Variables"]
        made = dict(local[1][vertical.name.raw])
        for variables in (applied, made):
            arn = variables.pop("CURSOR_KEY_ARN")
            assert arn.startswith(f"arn:aws:kms:{REGION}:")
        assert made == applied
        (environment,) = [each for each in model.environments if each.name == ENVIRONMENT]
        assert configuration["Timeout"] == environment.functions.timeout_seconds


def test_keys_are_of_the_same_kind(
    workspace: Workspace, model: Model, local: tuple[Emulator, dict[str, dict[str, str]]]
) -> None:
    base = prefix(model, ENVIRONMENT)
    for alias in (f"alias/{base}", f"alias/{base}-cursor"):
        applied, made = (
            client(emulator, "kms").describe_key(KeyId=alias)["KeyMetadata"]
            for emulator in (workspace.emulator, local[0])
        )
        for setting in ("KeyUsage", "KeySpec", "Enabled", "KeyState"):
            assert made[setting] == applied[setting], (alias, setting)
