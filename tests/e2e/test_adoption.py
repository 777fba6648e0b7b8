"""Tables that are there already, with items in them, on the emulator with the real provider.

Only what has to do with the table is applied: core is not there, and nothing is called over HTTP.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_gen import pipeline
from nexus_gen.model.table import Table, table_of
from tests import sample
from tests.e2e.emulator.start import corrected
from tests.e2e.http import client
from tests.e2e.workspace import REGION, ROOT, Workspace
from tests.outputs.terraform_cli import create_terraform

pytestmark = pytest.mark.e2e

TABLE = "aws-devops-dev-courses"
MODULE = "module.nexus.module.education"
ITEM = {"pk": {"S": "org1#course"}, "sk": {"S": "kept"}}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Core's root with the backend in it, on an empty emulator; nothing is applied."""
    (tmp_path / "terraform").mkdir()
    with corrected(tmp_path / "emulator") as emulator:
        terraform = create_terraform(tmp_path / "terraform")
        variables = {**terraform.variables, **emulator.environment(REGION)}
        space = Workspace("extended", tmp_path, emulator, replace(terraform, variables=variables))
        shutil.copytree(ROOT / "examples/core", space.core)
        sample.copy_spec(tmp_path)
        yield space


def adopt(space: Workspace, how: str) -> Table:
    """Build with the table adopted; the table that the spec needs."""
    name = "{project}-{environment}-courses"
    line = "vertical: education\n"
    space.edit_spec(line, f'{line}table: {{adopt: {how}, name: "{name}"}}\n')
    space.join()
    return table_of(pipeline.compile(space.folder).verticals[0])


def create(space: Workspace, table: Table, indexes: int, **changes: Any) -> Any:
    """The table as somebody made it before us, with one item; a DynamoDB client."""
    dynamodb = client(space.emulator, "dynamodb")

    def keys(partition: str, sort: str) -> list[dict[str, str]]:
        return [
            {"AttributeName": partition, "KeyType": "HASH"},
            {"AttributeName": sort, "KeyType": "RANGE"},
        ]

    chosen = table.indexes[:indexes]
    attributes = replace(table, indexes=chosen).key_attributes
    definition = {
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"} for name in attributes
        ],
        "KeySchema": keys(table.partition, table.sort),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": index.name,
                "KeySchema": keys(index.partition, index.sort),
                "Projection": {"ProjectionType": "ALL"},
            }
            for index in chosen
        ],
    }
    dynamodb.create_table(**{**definition, **changes})
    dynamodb.update_time_to_live(
        TableName=TABLE,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": table.ttl},
    )
    return dynamodb


def apply(space: Workspace, resource: str) -> dict[str, dict[str, Any]]:
    """Apply one resource and what it needs; address -> attributes of all that is then there."""
    target = f"-target={MODULE}.{resource}"
    space.run("apply", space.root, "apply", "-auto-approve", target, *space.variables())
    shown = json.loads(space.run("show", space.root, "show", "-json"))
    found: dict[str, dict[str, Any]] = {}
    modules = [shown["values"]["root_module"]]
    while modules:
        module = modules.pop()
        modules += module.get("child_modules", [])
        found |= {one["address"]: one["values"] for one in module.get("resources", [])}
    return found


def test_an_imported_table_keeps_its_items_and_gets_what_it_lacks(workspace: Workspace) -> None:
    table = adopt(workspace, "import")
    dynamodb = create(workspace, table, indexes=1)
    dynamodb.put_item(TableName=TABLE, Item=ITEM)
    found = apply(workspace, "aws_dynamodb_table.education")
    imported = found[f"{MODULE}.aws_dynamodb_table.education"]
    assert imported["name"] == TABLE
    indexes = {index["name"] for index in imported["global_secondary_index"]}
    assert indexes == {index.name for index in table.indexes}
    assert dynamodb.get_item(TableName=TABLE, Key=ITEM)["Item"] == ITEM
    assert dynamodb.list_tables()["TableNames"] == [TABLE]


def test_a_referenced_table_is_used_with_its_owner_s_key_and_stays_as_it_is(
    workspace: Workspace,
) -> None:
    table = adopt(workspace, "reference")
    key = client(workspace.emulator, "kms").create_key()["KeyMetadata"]["Arn"]
    encrypted = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
    dynamodb = create(workspace, table, len(table.indexes), SSESpecification=encrypted)
    before = dynamodb.describe_table(TableName=TABLE)["Table"]
    found = apply(workspace, "aws_iam_role_policy.tenant")
    own, _, decrypt = json.loads(found[f"{MODULE}.aws_iam_role_policy.tenant"]["policy"])[
        "Statement"
    ]
    assert own["Resource"] == [before["TableArn"], f"{before['TableArn']}/index/*"]
    assert decrypt["Resource"] == key
    assert not [
        address
        for address in found
        if address.endswith(".aws_dynamodb_table.education") and "data." not in address
    ]
    assert dynamodb.describe_table(TableName=TABLE)["Table"] == before


def test_a_table_with_other_keys_is_left_alone(workspace: Workspace) -> None:
    table = adopt(workspace, "import")
    dynamodb = create(
        workspace,
        table,
        indexes=0,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[],
    )
    dynamodb.put_item(TableName=TABLE, Item={"id": {"S": "kept"}})
    target = f"-target={MODULE}.aws_dynamodb_table.education"
    done = workspace.terraform.run(
        workspace.root, "apply", "-auto-approve", "-no-color", target, *workspace.variables()
    )
    assert done.returncode == 1
    assert "has the keys id, not pk and sk" in " ".join(done.stderr.split())
    assert dynamodb.get_item(TableName=TABLE, Key={"id": {"S": "kept"}})["Item"]
