"""What stands around a function in AWS, made in moto as the rendered Terraform describes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hcl2

REGION = "us-east-1"
TABLE = "test-education"


def table_definition(module: Path) -> dict[str, Any]:
    """`create_table` arguments of the table that a vertical's Terraform module declares."""
    tables = [
        body
        for file in sorted(module.glob("*.tf"))
        for block in hcl2.loads(file.read_text()).get("resource", ())
        for kind, named in block.items()
        if kind.strip('"') == "aws_dynamodb_table"
        for body in named.values()
    ]
    if len(tables) != 1:
        raise AssertionError(f"{module} declares {len(tables)} tables")
    return _arguments(tables[0])


def _arguments(table: dict[str, Any]) -> dict[str, Any]:
    attributes = [
        {"AttributeName": _text(block["name"]), "AttributeType": _text(block["type"])}
        for block in table["attribute"]
    ]
    indexes = [
        {
            "IndexName": _text(block["name"]),
            "KeySchema": _key_schema(block),
            "Projection": {"ProjectionType": _text(block["projection_type"])},
        }
        for block in table.get("global_secondary_index", ())
    ]
    definition: dict[str, Any] = {
        "TableName": TABLE,
        "AttributeDefinitions": attributes,
        "KeySchema": _key_schema(table),
        "BillingMode": "PAY_PER_REQUEST",
    }
    if indexes:
        definition["GlobalSecondaryIndexes"] = indexes
    return definition


def _key_schema(block: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"AttributeName": _text(block["hash_key"]), "KeyType": "HASH"},
        {"AttributeName": _text(block["range_key"]), "KeyType": "RANGE"},
    ]


def _text(value: str) -> str:
    """A literal of python-hcl2, which keeps the quotes."""
    return value.strip('"')


class Table:
    """The table of the function under test."""

    def __init__(self, dynamodb: Any, definition: dict[str, Any]) -> None:
        self._definition = definition
        self._client = dynamodb
        self._exists = False

    def empty(self) -> None:
        """Put an empty table in the place of whatever is there."""
        if self._exists:
            self._client.delete_table(TableName=TABLE)
        self._client.create_table(**self._definition)
        self._exists = True

    def items(self) -> list[dict[str, Any]]:
        """Every item, as the low-level client gives it."""
        found: list[dict[str, Any]] = self._client.scan(TableName=TABLE)["Items"]
        return found

    def primary_keys(self) -> set[tuple[str, str]]:
        """Primary keys of every item."""
        found = self._client.scan(TableName=TABLE, ProjectionExpression="pk, sk")["Items"]
        return {(item["pk"]["S"], item["sk"]["S"]) for item in found}

    def expire_everything(self) -> None:
        """Move the expiry of every item that has one into the past."""
        for item in self.items():
            if "ttl" in item:
                self._client.put_item(TableName=TABLE, Item={**item, "ttl": {"N": "1"}})

    def add_attribute(self, name: str, text: str) -> None:
        """Give every item an attribute that no entity declares."""
        for item in self.items():
            self._client.put_item(TableName=TABLE, Item={**item, name: {"S": text}})


def create_cursor_key(kms: Any) -> str:
    """ARN of a KMS key for HMAC."""
    created = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    arn: str = created["KeyMetadata"]["Arn"]
    return arn
