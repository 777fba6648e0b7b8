"""What IAM is asked when a request reaches DynamoDB.

Actions, resources and condition keys are those of the Service Authorization Reference, "Actions,
resources, and condition keys for Amazon DynamoDB". `dynamodb:LeadingKeys` holds the partition keys
that a request names, of the table or of the index that it queries (Amazon DynamoDB Developer Guide,
"Using IAM policy conditions for fine-grained access control"). A Scan and a PartiQL statement name
none. An UpdateItem that moves an item to another partition of an index names the table's key only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from nexus_gen.testing.call import Call
from nexus_gen.verify.iam import Request, UnmodelledError

CONDITION_KEYS = frozenset({"dynamodb:leadingkeys", "dynamodb:enclosingoperation"})
"""Keys of DynamoDB that requests carry here, in lower case."""

LEADING_KEYS = "dynamodb:LeadingKeys"
ENCLOSING = "dynamodb:EnclosingOperation"

PartitionKeys = Mapping[str | None, str]
"""Name of the partition key of each index of a table, and under None of the table itself."""

_ONE_ITEM = frozenset({"GetItem", "PutItem", "UpdateItem", "DeleteItem"})
_ON_TABLES = frozenset(
    {
        "Scan",
        "CreateTable",
        "DeleteTable",
        "DescribeTable",
        "DescribeTimeToLive",
        "ListTables",
        "UpdateTable",
        "UpdateTimeToLive",
    }
)
_TRANSACTED = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
_PARTIQL = {
    "SELECT": "PartiQLSelect",
    "INSERT": "PartiQLInsert",
    "UPDATE": "PartiQLUpdate",
    "DELETE": "PartiQLDelete",
}
_STATEMENT = re.compile(
    r"\s*(?:SELECT\b.*?\bFROM|INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"
    r'"?(?P<table>[\w.-]+)"?(?:\s*\.\s*"?(?P<index>[\w.-]+)"?)?',
    re.IGNORECASE | re.DOTALL,
)
_EQUAL = re.compile(r"(?P<name>#?[\w.-]+)\s*=\s*(?P<value>:\w+)")
_EQUAL_REVERSED = re.compile(r"(?P<value>:\w+)\s*=\s*(?P<name>#?[\w.-]+)")


class Reader(NamedTuple):
    """Reads requests for the tables of one account in one Region.

    Attributes:
        partition_keys: of a table by its Region and name.
    """

    account: str
    region: str
    partition_keys: Callable[[str, str], PartitionKeys]

    def requests(self, call: Call) -> Iterator[Request]:
        """What IAM is asked about a call, one request for each action and resource."""
        parameters = call.json
        operation = call.operation
        if operation in _ONE_ITEM:
            yield self._item(operation, parameters)
        elif operation == "Query":
            yield self._query(parameters)
        elif operation in ("BatchGetItem", "BatchWriteItem"):
            yield from self._batch(operation, parameters)
        elif operation in ("TransactGetItems", "TransactWriteItems"):
            yield from self._transaction(operation, parameters)
        elif operation in ("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"):
            yield from self._statements(operation, parameters)
        elif operation in _ON_TABLES:
            yield self._on_table(operation, parameters)
        else:
            raise UnmodelledError(f"dynamodb {operation}")

    def _arn(self, table: str, index: str | None = None) -> str:
        below = f"/index/{index}" if index else ""
        if table.startswith("arn:"):
            return f"{table}{below}"
        return f"arn:aws:dynamodb:{self.region}:{self.account}:table/{table}{below}"

    def _leading(self, table: str, items: list[Mapping[str, Any]]) -> tuple[str, ...]:
        """The partition keys of items or primary keys; one without is DynamoDB's to refuse."""
        name = self._partition_key(table, None)
        return tuple(_value(item[name]) for item in items if name in item)

    def _partition_key(self, table: str, index: str | None) -> str:
        """The name of a partition key; of a table or index that is not there, nothing's name."""
        return self.partition_keys(self.region, table_name(table)).get(index, "")

    def _item(self, operation: str, parameters: Mapping[str, Any]) -> Request:
        table = parameters["TableName"]
        item = parameters.get("Key") or parameters.get("Item") or {}
        context = _context(self._leading(table, [item]))
        return Request(f"dynamodb:{operation}", self._arn(table), context)

    def _query(self, parameters: Mapping[str, Any]) -> Request:
        table, index = parameters["TableName"], parameters.get("IndexName")
        leading = tuple(_queried(parameters, self._partition_key(table, index)))
        return Request("dynamodb:Query", self._arn(table, index), _context(leading))

    def _batch(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[Request]:
        for table, given in parameters["RequestItems"].items():
            items = given["Keys"] if operation == "BatchGetItem" else [_written(w) for w in given]
            context = _context(self._leading(table, items))
            yield Request(f"dynamodb:{operation}", self._arn(table), context)

    def _transaction(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[Request]:
        """Permission for each action that a transaction holds (Amazon DynamoDB Developer Guide,
        "Using IAM with DynamoDB transactions")."""
        for transacted in parameters["TransactItems"]:
            for kind, action in transacted.items():
                if kind not in _TRANSACTED:
                    raise UnmodelledError(f"`{kind}` in {operation}")
                one = self._item(_TRANSACTED[kind], action)
                yield Request(one.action, one.resource, {**one.context, ENCLOSING: operation})

    def _statements(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[Request]:
        listed = parameters.get("Statements") or parameters.get("TransactStatements")
        for statement in listed or [parameters]:
            text = statement["Statement"]
            found = _STATEMENT.match(text)
            if found is None:
                raise UnmodelledError(f"the PartiQL statement `{text}`")
            action = _PARTIQL[text.split(maxsplit=1)[0].upper()]
            context = {ENCLOSING: operation} if operation == "ExecuteTransaction" else {}
            resource = self._arn(found["table"], found["index"])
            yield Request(f"dynamodb:{action}", resource, context)

    def _on_table(self, operation: str, parameters: Mapping[str, Any]) -> Request:
        """An operation on a table or index as a whole: it names no leading key."""
        table = parameters.get("TableName")
        index = parameters.get("IndexName")
        resource = "*" if table is None else self._arn(table, index)
        return Request(f"dynamodb:{operation}", resource)


def table_name(table: str) -> str:
    """The name of a table that may be given by its ARN."""
    return table.rpartition(":table/")[2]


class TableKeys(NamedTuple):
    """Key attributes of a table: names of its primary key's, and partition keys by index."""

    primary: tuple[str, ...]
    partition: dict[str | None, str]


def table_keys(description: Mapping[str, Any]) -> TableKeys:
    """Keys of a table and its indexes, from CreateTable's input or DescribeTable."""
    found: dict[str | None, str] = {None: _hash_key(description["KeySchema"])}
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        for index in description.get(kind) or ():
            found[index["IndexName"]] = _hash_key(index["KeySchema"])
    return TableKeys(tuple(part["AttributeName"] for part in description["KeySchema"]), found)


def _hash_key(schema: list[Mapping[str, str]]) -> str:
    return next(part["AttributeName"] for part in schema if part["KeyType"] == "HASH")


def _context(leading: tuple[str, ...]) -> dict[str, str | tuple[str, ...]]:
    return {LEADING_KEYS: leading} if leading else {}


def _value(attribute: Mapping[str, Any]) -> str:
    (value,) = attribute.values()
    return str(value)


def _written(write: Mapping[str, Any]) -> Mapping[str, Any]:
    put, delete = write.get("PutRequest", {}), write.get("DeleteRequest", {})
    item: Mapping[str, Any] = put.get("Item") or delete.get("Key") or {}
    return item


def _queried(parameters: Mapping[str, Any], partition_key: str) -> Iterator[str]:
    """What a Query equates the partition key with."""
    legacy = parameters.get("KeyConditions", {}).get(partition_key)
    if legacy:
        yield from (_value(value) for value in legacy["AttributeValueList"])
    expression = parameters.get("KeyConditionExpression", "")
    names = parameters.get("ExpressionAttributeNames", {})
    values = parameters.get("ExpressionAttributeValues", {})
    for pattern in (_EQUAL, _EQUAL_REVERSED):
        for found in pattern.finditer(expression):
            name = found["name"]
            if names.get(name, name) == partition_key and found["value"] in values:
                yield _value(values[found["value"]])
