"""The narrow way to DynamoDB: every call of the runtime goes through this module.

It signs with the tenant's credentials, bounds time and retries, and turns botocore's errors into
ours. A request that failed without an answer may have been carried out; a conditional failure of
its retry says so (`uncertain`), for the caller alone can tell its own write from another's.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
)
from botocore.exceptions import ConnectionError as BotocoreConnectionError

from nexus_runtime import aws, credentials, telemetry
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.keys import Key, Tenant
from nexus_runtime.problems import Problem, forbidden, too_large, unavailable

__all__ = ["Attribute", "Item"]

sleep = time.sleep

ATTEMPTS = 4
"""Times that one request is sent to a DynamoDB that throttles or fails before the caller is told to
come back later. More would add load where there is too much, and hold a concurrent execution that
requests for other items need. Contention for an item is not counted: it passes within milliseconds
and is waited out while the request has time."""

_BACKOFF = 0.025
"""Seconds before the first retry; doubled for each further one, with full jitter."""

_LONGEST_PAUSE = 1.0
"""Seconds that a pause has at most: the writer that is out of luck asks again some forty times."""

_THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "LimitExceededException",
    }
)
_IN_CONTENTION = frozenset({"TransactionConflictException", "TransactionInProgressException"})
"""The item is part of a transaction under way, or an attempt of this very transaction is."""
_STALE = frozenset(
    {"ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"}
)
_CONFLICT = "TransactionConflict"
_THROTTLED_REASONS = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded"})

Parameters = dict[str, Any]


class ConditionFailedError(Exception):
    """The condition of a write did not hold.

    Attributes:
        item: the item as it is, None where there is none.
        uncertain: an earlier attempt of this very write may have been carried out.
    """

    def __init__(self, item: Item | None, uncertain: bool) -> None:
        super().__init__("condition failed")
        self.item = item
        self.uncertain = uncertain


class Reason(NamedTuple):
    """Why one action of a transaction stood against it; `failed` is False for all others."""

    failed: bool
    item: Item | None


class CancelledError(Exception):
    """A transaction was not carried out, because conditions did not hold.

    Attributes:
        reasons: one for each action, in their order.
        uncertain: an earlier attempt of this very transaction may have been carried out.
    """

    def __init__(self, reasons: list[Reason], uncertain: bool) -> None:
        super().__init__("transaction cancelled")
        self.reasons = reasons
        self.uncertain = uncertain


def get(tenant: Tenant, key: Key) -> Item | None:
    """One item, as of all writes that were acknowledged before."""
    answer = _call(tenant, "get_item", {"Key": key, "ConsistentRead": True})
    item: Item | None = answer.get("Item")
    return item


def query(tenant: Tenant, parameters: Parameters) -> tuple[list[Item], Key | None]:
    """Items of one partition, and where to continue."""
    answer = _call(tenant, "query", parameters)
    return answer["Items"], answer.get("LastEvaluatedKey")


def put(tenant: Tenant, parameters: Parameters) -> None:
    """Write a whole item; raises ConditionFailedError."""
    _call(tenant, "put_item", {**parameters, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"})


def update(tenant: Tenant, parameters: Parameters) -> None:
    """Change attributes of an item; raises ConditionFailedError."""
    _call(tenant, "update_item", {**parameters, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"})


def delete(tenant: Tenant, parameters: Parameters) -> None:
    """Delete an item; raises ConditionFailedError."""
    _call(tenant, "delete_item", {**parameters, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"})


def transact(tenant: Tenant, actions: list[dict[str, Parameters]]) -> None:
    """Carry out all actions or none; raises CancelledError.

    The token makes an attempt that meets its own success a success (DynamoDB API Reference,
    TransactWriteItems, ClientRequestToken). A cancelled attempt is over, and what DynamoDB would
    answer to its token is not documented: the next one has a new token.
    """
    table = table_name()
    for action in actions:
        for parameters in action.values():
            parameters["TableName"] = table
            if "ConditionExpression" in parameters:
                parameters["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    _call(
        tenant,
        "transact_write_items",
        {"TransactItems": actions, "ClientRequestToken": _new_token()},
    )


def _new_token() -> str:
    return os.urandom(16).hex()


def table_name() -> str:
    """Name of the vertical's table."""
    return os.environ["TABLE_NAME"]


def _call(tenant: Tenant, operation: str, parameters: Parameters) -> Any:
    trace = telemetry.current()
    call: Callable[..., Any] = getattr(aws.client(), operation)
    if operation != "transact_write_items":
        parameters["TableName"] = table_name()
    uncertain = renewed = False
    failures = conflicts = 0
    if time.monotonic() > trace.deadline:
        raise _busy()
    while True:
        contended = False
        trace.calls += 1
        signing = credentials.of(tenant)
        aws.signing.set(signing)
        try:
            return call(**parameters)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in _STALE and not renewed:
                renewed = True
                credentials.forget(tenant, signing)
                continue
            if code == "TransactionCanceledException":
                contended = _judge_transaction(error.response, uncertain)
                parameters["ClientRequestToken"] = _new_token()
            elif code in _IN_CONTENTION:
                contended = True
            else:
                uncertain = _judge(error, code, uncertain) or uncertain
            reason = code
        except (HTTPClientError, BotocoreConnectionError) as error:
            unsent = isinstance(error, EndpointConnectionError | ConnectTimeoutError)
            uncertain = uncertain or not unsent
            reason = type(error).__name__
        telemetry.note("dynamodb", reason)
        if contended:
            conflicts += 1
        else:
            failures += 1
        if failures >= ATTEMPTS:
            raise _busy()
        _wait(conflicts if contended else failures, trace)


def _judge(error: ClientError, code: str, uncertain: bool) -> bool:
    """Raise what a retry cannot mend; else say whether the request may have been carried out."""
    if code == "ConditionalCheckFailedException":
        item: Any = error.response.get("Item")
        raise ConditionFailedError(item, uncertain) from None
    if code in _THROTTLED:
        return False
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status >= 500:
        return True
    raise _refused(error, code)


def _refused(error: ClientError, code: str) -> Exception:
    if code in _STALE:
        telemetry.note("dynamodb", code)
        return _busy()
    if code == "AccessDeniedException":
        telemetry.note("dynamodb", code)
        return forbidden()
    if code == "ValidationException" and "size" in error.response["Error"].get("Message", ""):
        return too_large("The item is larger than DynamoDB stores.")
    return error


def _judge_transaction(response: Mapping[str, Any], uncertain: bool) -> bool:
    """Raise what a retry cannot mend; else say whether others were writing the items.

    Where an earlier attempt may have been carried out, that one may be why a condition failed. The
    item that tells may be one that was not judged, so the transaction is sent until all are.
    """
    given = response.get("CancellationReasons") or []
    codes = {reason.get("Code") for reason in given}
    unjudged = codes & {_CONFLICT, *_THROTTLED_REASONS}
    if "ConditionalCheckFailed" in codes and not (uncertain and unjudged):
        reasons = [
            Reason(reason.get("Code") == "ConditionalCheckFailed", reason.get("Item"))
            for reason in given
        ]
        raise CancelledError(reasons, uncertain) from None
    if codes & _THROTTLED_REASONS:
        return False
    if _CONFLICT not in codes:
        if any("size" in (reason.get("Message") or "") for reason in given):
            raise too_large("The item is larger than DynamoDB stores.")
        raise RuntimeError("transaction cancelled: " + ", ".join(sorted(map(str, codes))))
    return True


def _wait(attempt: int, trace: telemetry.Trace) -> None:
    """Pause before an attempt is repeated: capped exponential backoff with full jitter."""
    pause = random.uniform(0, min(_LONGEST_PAUSE, _BACKOFF * 2 ** min(attempt, 10)))
    if time.monotonic() + pause > trace.deadline:
        raise _busy()
    sleep(pause)


def _busy() -> Problem:
    return unavailable(retry_after=random.randint(1, 3))
