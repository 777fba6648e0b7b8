"""Every way to reach a tenant's items and objects through DynamoDB and S3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .world import BUCKET, TABLE, TABLE_ARN, item, key, object_key

Attempt = Callable[[Any, str, str], Any]
"""Of a client, the organization that makes it, and the one whose things it is after."""


def _query(client: Any, partition: str, condition: str, **options: Any) -> Any:
    return client.query(
        TableName=TABLE,
        KeyConditionExpression=condition,
        ExpressionAttributeValues={":v": {"S": partition}},
        **options,
    )


def _put(organization: str, id: str) -> dict[str, Any]:
    return {"Put": {"TableName": TABLE, "Item": item(organization, id)}}


def _update(organization: str) -> dict[str, Any]:
    return {
        "TableName": TABLE,
        "Key": key(organization),
        "UpdateExpression": "SET title = :t",
        "ExpressionAttributeValues": {":t": {"S": "x"}},
    }


def _check(organization: str) -> dict[str, Any]:
    condition = {"ConditionExpression": "attribute_not_exists(pk)"}
    return {"ConditionCheck": {"TableName": TABLE, "Key": key(organization, "9"), **condition}}


DYNAMODB: dict[str, Attempt] = {
    "get": lambda c, own, theirs: c.get_item(TableName=TABLE, Key=key(theirs)),
    "get by ARN": lambda c, own, theirs: c.get_item(TableName=TABLE_ARN, Key=key(theirs)),
    "put": lambda c, own, theirs: c.put_item(TableName=TABLE, Item=item(theirs, "2")),
    "update": lambda c, own, theirs: c.update_item(**_update(theirs)),
    "delete": lambda c, own, theirs: c.delete_item(TableName=TABLE, Key=key(theirs)),
    "query": lambda c, own, theirs: _query(c, f"{theirs}#course", "pk = :v"),
    "query by a placeholder": lambda c, own, theirs: _query(
        c, f"{theirs}#course", "#k = :v", ExpressionAttributeNames={"#k": "pk"}
    ),
    "query an index": lambda c, own, theirs: _query(
        c, f"{theirs}#course#by_level", "gsi1pk = :v", IndexName="gsi1"
    ),
    "query of old": lambda c, own, theirs: c.query(
        TableName=TABLE,
        KeyConditions={
            "pk": {"AttributeValueList": [{"S": f"{theirs}#course"}], "ComparisonOperator": "EQ"}
        },
    ),
    "batch get": lambda c, own, theirs: c.batch_get_item(
        RequestItems={TABLE: {"Keys": [key(theirs)]}}
    ),
    "batch get of both": lambda c, own, theirs: c.batch_get_item(
        RequestItems={TABLE: {"Keys": [key(own, "0"), key(theirs)]}}
    ),
    "batch put": lambda c, own, theirs: c.batch_write_item(
        RequestItems={TABLE: [{"PutRequest": {"Item": item(theirs, "3")}}]}
    ),
    "batch put of both": lambda c, own, theirs: c.batch_write_item(
        RequestItems={
            TABLE: [
                {"PutRequest": {"Item": item(own, "4")}},
                {"PutRequest": {"Item": item(theirs, "5")}},
            ]
        }
    ),
    "batch delete": lambda c, own, theirs: c.batch_write_item(
        RequestItems={TABLE: [{"DeleteRequest": {"Key": key(theirs)}}]}
    ),
    "transact put": lambda c, own, theirs: c.transact_write_items(
        TransactItems=[_put(own, "6"), _put(theirs, "7")]
    ),
    "transact update": lambda c, own, theirs: c.transact_write_items(
        TransactItems=[{"Update": _update(theirs)}]
    ),
    "transact delete": lambda c, own, theirs: c.transact_write_items(
        TransactItems=[_put(own, "8"), {"Delete": {"TableName": TABLE, "Key": key(theirs)}}]
    ),
    "transact condition check": lambda c, own, theirs: c.transact_write_items(
        TransactItems=[_put(own, "8"), _check(theirs)]
    ),
    "transact get": lambda c, own, theirs: c.transact_get_items(
        TransactItems=[
            {"Get": {"TableName": TABLE, "Key": key(own, "0")}},
            {"Get": {"TableName": TABLE, "Key": key(theirs)}},
        ]
    ),
}
"""An organization may do it to its own items, nobody to another's."""


def _statement(text: str) -> dict[str, str]:
    return {"Statement": text}


NEVER: dict[str, Attempt] = {
    "scan": lambda c, own, theirs: c.scan(TableName=TABLE),
    "scan an index": lambda c, own, theirs: c.scan(TableName=TABLE, IndexName="gsi1"),
    "select": lambda c, own, theirs: c.execute_statement(
        **_statement(f"SELECT * FROM \"{TABLE}\" WHERE pk = '{own}#course'")
    ),
    "select from an index": lambda c, own, theirs: c.execute_statement(
        **_statement(f'SELECT sk FROM "{TABLE}"."gsi1" WHERE gsi1pk = \'{own}#course\'')
    ),
    "insert": lambda c, own, theirs: c.execute_statement(
        **_statement(f"INSERT INTO \"{TABLE}\" VALUE {{'pk': '{own}#course', 'sk': 'x'}}")
    ),
    "batch of statements": lambda c, own, theirs: c.batch_execute_statement(
        Statements=[_statement(f"DELETE FROM {TABLE} WHERE pk = '{own}#course' AND sk = '1'")]
    ),
    "transaction of statements": lambda c, own, theirs: c.execute_transaction(
        TransactStatements=[
            _statement(f"UPDATE {TABLE} SET a = 1 WHERE pk = '{own}#course' AND sk = '1'")
        ]
    ),
    "describe the table": lambda c, own, theirs: c.describe_table(TableName=TABLE),
    "delete the table": lambda c, own, theirs: c.delete_table(TableName=TABLE),
    "list tables": lambda c, own, theirs: c.list_tables(),
    "another table": lambda c, own, theirs: c.get_item(TableName="other", Key=key(own)),
}
"""Nobody may do it."""

S3: dict[str, Attempt] = {
    "get object": lambda c, own, theirs: c.get_object(Bucket=BUCKET, Key=object_key(theirs)),
    "head object": lambda c, own, theirs: c.head_object(Bucket=BUCKET, Key=object_key(theirs)),
    "put object": lambda c, own, theirs: c.put_object(
        Bucket=BUCKET, Key=object_key(theirs), Body=b"y"
    ),
    "copy from": lambda c, own, theirs: c.copy_object(
        Bucket=BUCKET,
        Key=f"organizations/{own}/copy",
        CopySource={"Bucket": BUCKET, "Key": object_key(theirs)},
    ),
    "copy to": lambda c, own, theirs: c.copy_object(
        Bucket=BUCKET,
        Key=f"organizations/{theirs}/copy",
        CopySource={"Bucket": BUCKET, "Key": object_key(own)},
    ),
    "list": lambda c, own, theirs: c.list_objects_v2(
        Bucket=BUCKET, Prefix=f"organizations/{theirs}/"
    ),
    "list of old": lambda c, own, theirs: c.list_objects(
        Bucket=BUCKET, Prefix=f"organizations/{theirs}/"
    ),
    "begin an upload": lambda c, own, theirs: c.create_multipart_upload(
        Bucket=BUCKET, Key=object_key(theirs)
    ),
    "delete objects": lambda c, own, theirs: c.delete_objects(
        Bucket=BUCKET, Delete={"Objects": [{"Key": object_key(own)}, {"Key": object_key(theirs)}]}
    ),
    "delete object": lambda c, own, theirs: c.delete_object(Bucket=BUCKET, Key=object_key(theirs)),
}
"""An organization may do it to its own objects, nobody to another's."""

S3_NEVER: dict[str, Attempt] = {
    "list everything": lambda c, own, theirs: c.list_objects_v2(Bucket=BUCKET),
    "list organizations": lambda c, own, theirs: c.list_objects_v2(
        Bucket=BUCKET, Prefix="organizations/", Delimiter="/"
    ),
    "list by a prefix of an id": lambda c, own, theirs: c.list_objects_v2(
        Bucket=BUCKET, Prefix=f"organizations/{own}"
    ),
    "list versions": lambda c, own, theirs: c.list_object_versions(Bucket=BUCKET),
    "a version": lambda c, own, theirs: c.get_object(
        Bucket=BUCKET, Key=object_key(own), VersionId="1"
    ),
}
"""Nobody may do it."""
