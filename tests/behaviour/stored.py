"""The table as somebody other than the API reads and writes it."""

from __future__ import annotations

from typing import Any

from .api import Answer
from .estate import TABLE, Table

Item = dict[str, Any]

GONE = None
"""In the place of an attribute: the item does not have it."""


class Store:
    """The table as somebody other than the API writes it."""

    def __init__(self, dynamodb: Any, table: Table) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def item(self, id: str) -> Item:
        """The stored item of an id, live or in the trash."""
        (found,) = (item for item in self._table.items() if item["sk"]["S"] == id)
        return found

    def spoil(self, id: str, **attributes: dict[str, Any] | None) -> Item:
        """Replace or remove attributes of an item; the item as it is then."""
        return self.write({**self.item(id), **attributes})

    def write(self, item: Item) -> Item:
        """Put an item, its attributes that are None left out."""
        kept = {name: value for name, value in item.items() if value is not None}
        self._dynamodb.put_item(TableName=TABLE, Item=kept)
        return kept

    def remove(self, item: Item) -> None:
        """Delete an item and nothing with it."""
        self._dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})


def made(answer: Answer) -> str:
    """Id of an item that was created."""
    assert answer.status == 201, answer.text
    id: str = answer.json["id"]
    return id
