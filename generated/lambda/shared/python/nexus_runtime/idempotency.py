"""`Idempotency-Key`: a retry of a POST gets the first answer, and nothing happens twice.

A key is its caller's: two callers who send the same one know nothing of each other. Its record is
written in the transaction of the request itself and expires after 24 hours. Only answers of success
are kept: a request that was refused changed nothing, and may be sent again. Header: IETF
draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from typing import Any

from nexus_runtime import dynamodb, telemetry
from nexus_runtime.attributes import Item, canonical
from nexus_runtime.http import Request
from nexus_runtime.keys import Key, idempotency_key
from nexus_runtime.problems import Problem, bad_request, conflict
from nexus_runtime.record import is_expired
from nexus_runtime.transactions import IDEMPOTENCY, Transaction

RETENTION = 24 * 3600
"""Seconds that an answer is kept."""

_KEY = re.compile(r"\A[\x21-\x7e]{1,255}\Z")


class Idempotency:
    """The key of one request, and what the request asked for."""

    __slots__ = ("fingerprint", "key", "request")

    def __init__(self, request: Request, key: str, body: Any) -> None:
        self.request = request
        self.key = key
        self.fingerprint = _fingerprint(request, body)

    def remember(self, transaction: Transaction, item: Item) -> None:
        """Keep the item as it is answered; a record past its time is overwritten."""
        now = int(time.time())
        record: Item = {
            **self._record_key(),
            "fingerprint": {"S": self.fingerprint},
            "answer": {"M": {name: value for name, value in item.items() if name[:3] != "gsi"}},
            "ttl": {"N": str(now + RETENTION)},
        }
        transaction.add(
            IDEMPOTENCY,
            "Put",
            Item=record,
            ConditionExpression="attribute_not_exists(pk) OR #ttl <= :now",
            ExpressionAttributeNames={"#ttl": "ttl"},
            ExpressionAttributeValues={":now": {"N": str(now)}},
        )

    def replay_if_known(self) -> Item | None:
        """The item of the first answer, None where the key was not used; 422 as `replay`."""
        record = dynamodb.get(self.request.tenant, self._record_key())
        if record is None or is_expired(record):
            return None
        return self.replay(record)

    def replay(self, record: Item | None) -> Item:
        """The item of the first answer; 422 where the key was used for another request."""
        if record is None or record.get("fingerprint") != {"S": self.fingerprint}:
            raise Problem(
                422, "idempotency_key_reused", "The key was used for another request before."
            )
        answer: Item = record.get("answer", {}).get("M") or {}
        if "S" not in answer.get("sk", {}) or "S" not in answer.get("pk", {}):
            telemetry.unreadable("idempotency", self.fingerprint, ["answer"])
            detail = "The answer to the first request with this key cannot be read."
            raise conflict("idempotency_unreadable", detail)
        self.request.replayed = True
        return answer

    def _record_key(self) -> Key:
        return idempotency_key(self.request.tenant, self.request.actor, self.key)


def of(request: Request, body: Any) -> Idempotency | None:
    """The request's idempotency key, if it has one; 400 if it is not one.

    `body` is the parsed body, so that the same value written differently is the same request.
    """
    key = request.header("idempotency-key")
    if key is None:
        return None
    if not _KEY.match(key):
        raise bad_request(
            "idempotency_key", "Idempotency-Key takes 1 to 255 visible ASCII characters."
        )
    return Idempotency(request, key, body)


def _fingerprint(request: Request, body: Any) -> str:
    asked = [request.method, request.event["resource"], request.path_parameters]
    text = json.dumps([*asked, body], sort_keys=True, default=_number)
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: Any) -> dict[str, str]:
    """A Decimal as what no text is: `1.5` and `"1.5"` are two requests."""
    return {"number": canonical(value)}
