"""Tables on the emulator, as Terraform would create them; data that is there stays."""

from __future__ import annotations

from typing import Any

from nexus_gen.model.table import Table, TableIndex


def ensure_table(
    dynamodb: Any, name: str, table: Table, *, key_arn: str, protected: bool, tags: dict[str, str]
) -> list[str]:
    """Create a table, or bring the one that is there to what `table` says.

    Returns what was changed of a table that was there: names of indexes added and dropped.

    Args:
        key_arn: KMS key that encrypts it.
        protected: whether it may not be deleted.
    """
    if _describe(dynamodb, name) is None:
        dynamodb.create_table(
            **definition(name, table),
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key_arn},
            DeletionProtectionEnabled=protected,
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
        )
    changed = _bring_up_to_date(dynamodb, name, table, protected)
    _settings(dynamodb, name, table)
    return changed


def definition(name: str, table: Table) -> dict[str, Any]:
    """`CreateTable` input: keys, indexes, billing."""
    made: dict[str, Any] = {
        "TableName": name,
        "BillingMode": table.billing,
        "AttributeDefinitions": [
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in table.key_attributes
        ],
        "KeySchema": _key_schema(table.partition, table.sort),
    }
    if table.indexes:
        made["GlobalSecondaryIndexes"] = [_index(index, table) for index in table.indexes]
    return made


def _index(index: TableIndex, table: Table) -> dict[str, Any]:
    return {
        "IndexName": index.name,
        "KeySchema": _key_schema(index.partition, index.sort),
        "Projection": {"ProjectionType": table.projection},
    }


def _key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _describe(dynamodb: Any, name: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = dynamodb.describe_table(TableName=name)["Table"]
    except dynamodb.exceptions.ResourceNotFoundException:
        return None
    return found


def _bring_up_to_date(dynamodb: Any, name: str, table: Table, protected: bool) -> list[str]:
    """One UpdateTable an index, as DynamoDB demands (Developer Guide, "Managing GSIs")."""
    found = _describe(dynamodb, name) or {}
    present = {index["IndexName"] for index in found.get("GlobalSecondaryIndexes", [])}
    wanted = {index.name: index for index in table.indexes}
    changed = []
    for surplus in sorted(present - wanted.keys()):
        update = [{"Delete": {"IndexName": surplus}}]
        dynamodb.update_table(TableName=name, GlobalSecondaryIndexUpdates=update)
        changed.append(f"-{surplus}")
    attributes = definition(name, table)["AttributeDefinitions"]
    for missing in [index for key, index in wanted.items() if key not in present]:
        update = [{"Create": _index(missing, table)}]
        dynamodb.update_table(
            TableName=name, AttributeDefinitions=attributes, GlobalSecondaryIndexUpdates=update
        )
        changed.append(f"+{missing.name}")
    if found.get("DeletionProtectionEnabled", False) != protected:
        dynamodb.update_table(TableName=name, DeletionProtectionEnabled=protected)
    return changed


def _settings(dynamodb: Any, name: str, table: Table) -> None:
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    if ttl.get("AttributeName") != table.ttl:
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": table.ttl}
        )
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    status = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    if (status == "ENABLED") != table.point_in_time_recovery:
        dynamodb.update_continuous_backups(
            TableName=name,
            PointInTimeRecoverySpecification={
                "PointInTimeRecoveryEnabled": table.point_in_time_recovery
            },
        )
