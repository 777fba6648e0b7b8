"""DynamoDB transactions that take their time, and what they do to others meanwhile.

On moto and on the emulators a transaction is over at once, so no request ever meets one. On AWS it
takes some milliseconds, during which every other write or check of its items is refused (Amazon
DynamoDB Developer Guide, "Transaction conflict handling in DynamoDB"):

- PutItem, UpdateItem and DeleteItem with `TransactionConflictException`;
- TransactWriteItems and TransactGetItems with `TransactionCanceledException` and the reason
  `TransactionConflict`, one for each such item;
- GetItem, BatchGetItem, Query and Scan are not refused: they see what was committed.

What the guide does not say of BatchWriteItem, and what a PartiQL statement names, is not modelled.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.awsrequest import AWSResponse

from nexus_gen.testing import denials
from nexus_gen.testing.call import Call
from nexus_gen.testing.dynamodb import table_name
from nexus_gen.verify.iam import UnmodelledError

KeyNames = Callable[[str, str], tuple[str, ...]]
"""Names of the key attributes of a table, by its Region and name."""

Item = tuple[str, str, str]
"""Region, table and primary key of an item."""

_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem"})
_NOT_MODELLED = frozenset(
    {"BatchWriteItem", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"}
)
_MESSAGE = "Transaction is ongoing for the item"


class Transactions:
    """Transactions that are under way; everything else happens at one moment.

    Requests are carried out one at a time, for DynamoDB's writes are atomic and moto's are not.
    Threads that call it at once contend as processes do.

    Attributes:
        conflicts: how many requests were refused for the sake of a transaction under way.
    """

    def __init__(
        self,
        *,
        duration: tuple[float, float] = (0.005, 0.010),
        seed: int | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Begin with none.

        Args:
            duration: shortest and longest time in seconds between a transaction's begin and end.
            seed: of the durations; the same one gives the same, in the order of the requests.
            sleep: passes the time of a transaction; no other request waits for it.
        """
        self._duration = duration
        self._random = random.Random(seed)
        self._sleep = sleep
        self._lock = threading.RLock()
        self._items: set[Item] = set()
        self._tokens: dict[str, _Sent] = {}
        self.conflicts = 0

    def carry_out(
        self, call: Call, forward: Callable[[], AWSResponse], key_names: KeyNames
    ) -> AWSResponse:
        """Answer a call to DynamoDB: by `forward`, or with a refusal.

        Raises UnmodelledError for a batch of writes or a PartiQL statement that comes while a
        transaction is under way.
        """
        if call.operation == "TransactWriteItems":
            return self._transact(call, forward, _items(call, key_names))
        with self._lock:
            return (self._items and self._refused(call, key_names)) or forward()

    def _refused(self, call: Call, key_names: KeyNames) -> AWSResponse | None:
        if call.operation in _WRITES and _item(call, call.json, key_names) in self._items:
            self.conflicts += 1
            return denials.dynamodb_error(call, "TransactionConflictException", _MESSAGE)
        if call.operation == "TransactGetItems":
            return self._cancelled(call, _items(call, key_names))
        if call.operation in _NOT_MODELLED:
            raise UnmodelledError(f"dynamodb {call.operation} while a transaction is under way")
        return None

    def _transact(
        self, call: Call, forward: Callable[[], AWSResponse], items: list[Item]
    ) -> AWSResponse:
        token = call.json.get("ClientRequestToken")
        with self._lock:
            refusal = self._known(call, token) or self._cancelled(call, items)
            if refusal is not None:
                return refusal
            self._items.update(items)
            if token is not None:
                self._tokens[token] = _Sent(call.json)
            duration = self._random.uniform(*self._duration)
        done = False
        try:
            self._sleep(duration)
            with self._lock:
                answer = forward()
            done = answer.status_code == 200
            return answer
        finally:
            with self._lock:
                self._items.difference_update(items)
                if token is not None and done:
                    self._tokens[token].done = True
                elif token is not None:
                    del self._tokens[token]

    def _known(self, call: Call, token: str | None) -> AWSResponse | None:
        """The answer to a token that an earlier transaction was sent with."""
        sent = self._tokens.get(token) if token is not None else None
        if sent is None:
            return None
        if sent.parameters != call.json:
            return denials.dynamodb_error(
                call, "IdempotentParameterMismatchException", "The token was used otherwise."
            )
        if not sent.done:
            return denials.dynamodb_error(
                call, "TransactionInProgressException", "The transaction is in progress."
            )
        return denials.dynamodb_answer(call, {})

    def _cancelled(self, call: Call, items: list[Item]) -> AWSResponse | None:
        """The refusal of a transaction that names an item of one under way."""
        if self._items.isdisjoint(items):
            return None
        self.conflicts += 1
        codes = ["TransactionConflict" if item in self._items else "None" for item in items]
        reasons = [
            {"Code": code} if code == "None" else {"Code": code, "Message": _MESSAGE}
            for code in codes
        ]
        message = (
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            f"[{', '.join(codes)}]"
        )
        return denials.dynamodb_error(
            call, "TransactionCanceledException", message, CancellationReasons=reasons
        )


class _Sent:
    """A transaction that came with a token: what it asked for, and whether it was carried out.

    A token counts for ten minutes after its transaction; here, for ever. A cancelled one is
    forgotten: what its token is answered later is not documented.
    """

    __slots__ = ("done", "parameters")

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = parameters
        self.done = False


def _items(call: Call, key_names: KeyNames) -> list[Item]:
    """What the actions of a transaction name, in their order."""
    actions = [action for given in call.json["TransactItems"] for action in given.values()]
    return [_item(call, action, key_names) for action in actions]


def _item(call: Call, parameters: Mapping[str, Any], key_names: KeyNames) -> Item:
    table = table_name(parameters["TableName"])
    attributes = parameters.get("Key") or parameters.get("Item") or {}
    key = {name: attributes.get(name) for name in key_names(call.region, table)}
    return (call.region, table, json.dumps(key, sort_keys=True))
