"""What `nexus-gen dev` creates is what the rendered Terraform says.

The end-to-end tests compare the two on the emulator; these compare every setting of the rendered
files, so that a change of a template without its local counterpart is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import hcl2
import pytest
from moto import mock_aws

from nexus_gen import pipeline
from nexus_gen.local import estate, gateway
from nexus_gen.local.tables import ensure_table
from nexus_gen.model import Environment, Model, Vertical
from nexus_gen.model.table import table_of
from nexus_runtime import cors
from tests import sample

ROOT = Path(__file__).parents[2]
PLAIN = """vertical: plain
entities:
  Thing:
    fields: {name: {type: string, required: true}}
    access: {read: [member], create: [member]}
"""
NOT_LOCAL = {"tags", "deletion_protection_enabled", "server_side_encryption"}
"""Settings of the table that are compared one by one, for their values are references."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's spec, and a vertical whose table has no index."""
    folder = tmp_path_factory.mktemp("parity")
    sample.copy_spec(folder)
    (folder / "spec/verticals/plain.yaml").write_text(PLAIN)
    pipeline.build(folder)
    return folder


@pytest.fixture(scope="module")
def model(project: Path) -> Model:
    return pipeline.compile(project)


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield boto3.client("dynamodb", region_name="us-east-1")


def blocks(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Bodies of the resources of one kind."""
    for file in sorted(folder.glob("*.tf")):
        for resource in hcl2.loads(file.read_text()).get("resource", ()):
            for found, named in resource.items():
                if found.strip('"') == kind:
                    yield from (plain(body) for body in named.values())


def plain(value: Any) -> Any:
    """Literals without the quotes that python-hcl2 keeps, and without its markers."""
    if isinstance(value, dict):
        return {
            name.strip('"'): plain(inner)
            for name, inner in value.items()
            if not name.startswith("__")
        }
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.strip('"') if isinstance(value, str) else value


def environment(model: Model, name: str) -> Environment:
    (found,) = [each for each in model.environments if each.name == name]
    return found


def described(dynamodb: Any, name: str) -> dict[str, Any]:
    """A table as the SDK describes it, in the words of Terraform's resource."""
    table = dynamodb.describe_table(TableName=name)["Table"]
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    found = {
        "name": "${local.name}",
        "billing_mode": table["BillingModeSummary"]["BillingMode"],
        **keys(table["KeySchema"]),
        "attribute": [
            {"name": each["AttributeName"], "type": each["AttributeType"]}
            for each in table["AttributeDefinitions"]
        ],
        "point_in_time_recovery": [{"enabled": recovery == "ENABLED"}],
        "ttl": [
            {
                "attribute_name": ttl["AttributeName"],
                "enabled": ttl["TimeToLiveStatus"] == "ENABLED",
            }
        ],
    }
    indexes = [
        {
            "name": index["IndexName"],
            **keys(index["KeySchema"]),
            "projection_type": index["Projection"]["ProjectionType"],
        }
        for index in table.get("GlobalSecondaryIndexes", ())
    ]
    return {**found, "global_secondary_index": indexes} if indexes else found


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    named = {part["KeyType"]: part["AttributeName"] for part in schema}
    return {"hash_key": named["HASH"], "range_key": named["RANGE"]}


def make(dynamodb: Any, name: str, vertical: Vertical, *, protected: bool = False) -> list[str]:
    return ensure_table(
        dynamodb,
        name,
        table_of(vertical),
        key_arn="arn:aws:kms:us-east-1:123456789012:key/data",
        protected=protected,
        tags=estate.table_tags(vertical),
    )


def test_tables_have_the_keys_indexes_and_settings_of_the_rendered_ones(
    project: Path, model: Model, dynamodb: Any
) -> None:
    assert len(model.verticals) == 2
    for vertical in model.verticals:
        module = project / "generated/terraform/modules" / vertical.name.kebab
        (rendered,) = blocks(module, "aws_dynamodb_table")
        make(dynamodb, vertical.name.kebab, vertical)
        wanted = {name: value for name, value in rendered.items() if name not in NOT_LOCAL}
        assert described(dynamodb, vertical.name.kebab) == wanted


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_encryption_protection_and_tags_are_the_rendered_ones(
    project: Path, model: Model, dynamodb: Any, name: str
) -> None:
    for vertical in model.verticals:
        module = project / "generated/terraform/modules" / vertical.name.kebab
        (rendered,) = blocks(module, "aws_dynamodb_table")
        chosen = environment(model, name)
        settings = (project / f"generated/terraform/environments/{name}.tfvars").read_text()
        make(dynamodb, vertical.name.kebab, vertical, protected=chosen.deletion_protection)
        table = dynamodb.describe_table(TableName=vertical.name.kebab)["Table"]
        assert rendered["server_side_encryption"] == [
            {"enabled": True, "kms_key_arn": "${var.data_key_arn}"}
        ]
        assert table["SSEDescription"]["Status"] == "ENABLED"
        assert table["SSEDescription"]["KMSMasterKeyArn"].endswith("key/data")
        assert rendered["deletion_protection_enabled"] == "${var.deletion_protection}"
        protected = str(table["DeletionProtectionEnabled"]).lower()
        assert [protected] == [
            line.split("=")[1].strip()
            for line in settings.splitlines()
            if line.strip().startswith("deletion_protection")
        ]
        tags = dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
        assert {tag["Key"]: tag["Value"] for tag in tags} == rendered["tags"]


def test_functions_get_the_rendered_environment_variables(project: Path, model: Model) -> None:
    for vertical in model.verticals:
        module = project / "generated/terraform/modules" / vertical.name.kebab
        (function,) = blocks(module, "aws_lambda_function")
        (rendered,) = function["environment"]
        made = estate.function_variables("table", "role", "key", environment(model, "dev"))
        assert rendered["variables"].keys() == made.keys()
        assert rendered["variables"]["LOG_LEVEL"] == made["LOG_LEVEL"]


def test_keys_are_of_the_rendered_kinds(project: Path) -> None:
    data, cursor = blocks(project / "generated/terraform/modules/shared", "aws_kms_key")
    for rendered, made in ((data, estate.DATA_KEY), (cursor, estate.CURSOR_KEY)):
        assert made == {
            "KeyUsage": rendered.get("key_usage", "ENCRYPT_DECRYPT"),
            "KeySpec": rendered.get("customer_master_key_spec", "SYMMETRIC_DEFAULT"),
        }


def test_preflight_names_the_headers_of_the_rendered_one(project: Path) -> None:
    text = (project / "generated/terraform/modules/routes/cors.tf").read_text()
    assert f'= "{gateway._PREFLIGHT_HEADERS}"' in text
    assert cors.ACCEPTED.replace(", ", ",") == gateway._PREFLIGHT_HEADERS
    assert f"'{gateway._PREFLIGHT_SECONDS}'" in text
    assert "{ statusCode = 204 }" in text


def test_a_table_of_another_time_is_brought_up_to_date_with_its_data(
    model: Model, dynamodb: Any
) -> None:
    education, plain_vertical = model.verticals
    assert make(dynamodb, "table", plain_vertical) == []
    item = {"pk": {"S": "acme#course"}, "sk": {"S": "1"}}
    dynamodb.put_item(TableName="table", Item=item)
    assert make(dynamodb, "table", education, protected=True) == ["+gsi1", "+gsi2", "+gsi3"]
    assert make(dynamodb, "table", education, protected=True) == []
    made = described(dynamodb, "table")
    make(dynamodb, "new", education)
    fresh = described(dynamodb, "new")
    by_name = lambda each: each["name"]  # noqa: E731
    assert sorted(made.pop("attribute"), key=by_name) == sorted(fresh.pop("attribute"), key=by_name)
    assert made == fresh
    assert make(dynamodb, "table", plain_vertical) == ["-gsi1", "-gsi2", "-gsi3"]
    assert dynamodb.get_item(TableName="table", Key=item)["Item"] == item
