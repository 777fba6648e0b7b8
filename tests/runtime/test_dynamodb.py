"""The narrow module: retries, time, and what errors become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from nexus_runtime import dynamodb, telemetry
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem

from .conftest import Table
from .wire import Wire, answer, away, fine, lost, lost_with_500

ORG = Tenant("acme")
KEY = {"pk": {"S": "acme#note"}, "sk": {"S": "1"}}
ITEM = {**KEY, "text": {"S": "x"}}
NEW = {"Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}

THROTTLES = [
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
]
URL = "https://dynamodb"
AWAY = [
    EndpointConnectionError(endpoint_url=URL),
    ConnectTimeoutError(endpoint_url=URL),
    ReadTimeoutError(endpoint_url=URL),
    ConnectionClosedError(endpoint_url=URL),
]


@pytest.fixture(autouse=True)
def request_of_its_own() -> Iterator[None]:
    """Each test is a request with all its time."""
    within(20)
    yield
    within(20)


def refused(problem: Any) -> tuple[int, str | None]:
    """Status and Retry-After of a problem."""
    return problem.value.status, problem.value.headers.get("Retry-After")


@pytest.mark.parametrize("code", THROTTLES)
def test_a_throttle_that_ends_is_not_noticed(
    table: Table, wire: Wire, code: str, no_pauses: list[float]
) -> None:
    wire.next(answer(400, code), answer(400, code))
    dynamodb.put(ORG, dict(NEW))
    assert table.items() == [ITEM]
    assert len(no_pauses) == 2
    assert all(0 <= pause <= 0.1 for pause in no_pauses)


@pytest.mark.parametrize("code", THROTTLES)
def test_a_throttle_for_ever_is_503_after_few_attempts(table: Table, wire: Wire, code: str) -> None:
    wire.next(*[answer(400, code)] * 100)
    with pytest.raises(Problem) as problem:
        dynamodb.get(ORG, KEY)
    status, retry_after = refused(problem)
    assert (status, int(retry_after or 0) > 0) == (503, True)
    assert wire.count() == dynamodb.ATTEMPTS


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
def test_a_dynamodb_that_is_away_is_503(table: Table, wire: Wire, error: Exception) -> None:
    wire.next(*[away(error)] * 100)
    with pytest.raises(Problem) as problem:
        dynamodb.get(ORG, KEY)
    assert refused(problem)[0] == 503


def within(budget: float) -> None:
    """Begin a request whose calls may take some seconds."""
    telemetry.trace.set(telemetry.Trace(budget))


def test_no_call_is_begun_after_the_requests_time_is_up(table: Table, wire: Wire) -> None:
    within(-1)
    with pytest.raises(Problem) as problem:
        dynamodb.get(ORG, KEY)
    assert (refused(problem)[0], wire.count()) == (503, 0)


def test_no_retry_waits_past_the_requests_time(
    table: Table, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: 30.0)
    within(20)
    wire.next(answer(500, "InternalServerError"))
    with pytest.raises(Problem) as problem:
        dynamodb.get(ORG, KEY)
    assert (refused(problem)[0], wire.count()) == (503, 1)


@pytest.mark.parametrize("error", AWAY[2:], ids=lambda error: type(error).__name__)
def test_a_conditional_write_whose_answer_was_lost_is_uncertain(
    table: Table, wire: Wire, error: Exception
) -> None:
    wire.next(lost(error))
    with pytest.raises(dynamodb.ConditionFailedError) as failed:
        dynamodb.put(ORG, dict(NEW))
    assert (failed.value.uncertain, failed.value.item) == (True, ITEM)


def test_a_500_after_the_write_is_uncertain(table: Table, wire: Wire) -> None:
    wire.next(lost_with_500)
    with pytest.raises(dynamodb.ConditionFailedError) as failed:
        dynamodb.put(ORG, dict(NEW))
    assert failed.value.uncertain


@pytest.mark.parametrize(
    "fault", [answer(400, "ThrottlingException"), away(AWAY[0]), away(AWAY[1]), fine]
)
def test_a_write_that_cannot_have_happened_is_certain(table: Table, wire: Wire, fault: Any) -> None:
    table.put(ITEM)
    wire.next(fault)
    with pytest.raises(dynamodb.ConditionFailedError) as failed:
        dynamodb.put(ORG, dict(NEW))
    assert (failed.value.uncertain, failed.value.item) == (False, ITEM)


def test_a_refusal_by_iam_is_403_and_noted(table: Table, wire: Wire) -> None:
    trace = telemetry.Trace()
    telemetry.trace.set(trace)
    wire.next(answer(400, "AccessDeniedException"))
    with pytest.raises(Problem) as problem:
        dynamodb.get(ORG, KEY)
    assert refused(problem)[0] == 403
    assert trace.notes == ["dynamodb: AccessDeniedException"]


def test_an_item_past_400_kb_is_413(table: Table) -> None:
    big = {"Item": {**KEY, "text": {"S": "x" * 410_000}}}
    with pytest.raises(Problem) as problem:
        dynamodb.put(ORG, big)
    assert refused(problem)[0] == 413


def test_a_call_that_is_wrong_is_our_bug(table: Table) -> None:
    with pytest.raises(Exception, match="ValidationException"):
        dynamodb.get(ORG, {"nonsense": {"S": "x"}})


def test_a_transaction_says_which_conditions_failed(table: Table) -> None:
    table.put(ITEM)
    other = {**ITEM, "sk": {"S": "2"}}
    actions = [{"Put": {**NEW, "Item": other}}, {"Put": dict(NEW)}]
    with pytest.raises(dynamodb.CancelledError) as cancelled:
        dynamodb.transact(ORG, actions)
    assert [reason.failed for reason in cancelled.value.reasons] == [False, True]
    assert cancelled.value.reasons[1].item == ITEM
    assert table.items() == [ITEM]


def cancelled(*codes: str) -> Any:
    """A transaction that was cancelled for these reasons, one an action."""
    reasons = [{"Code": code, "Message": "busy"} for code in codes]
    return answer(400, "TransactionCanceledException", CancellationReasons=reasons)


CONTENTION = [
    answer(400, "TransactionConflictException"),
    answer(400, "TransactionInProgressException"),
    cancelled("None", "TransactionConflict"),
]


def sent(fault: Any) -> Any:
    """A write that such a fault concerns, as a call without arguments."""
    if fault is CONTENTION[0]:
        return lambda: dynamodb.put(ORG, dict(NEW))
    return lambda: dynamodb.transact(ORG, [{"Put": dict(NEW)}])


@pytest.mark.parametrize("fault", CONTENTION)
def test_contention_is_waited_out_longer_than_a_throttle(
    table: Table, wire: Wire, fault: Any, no_pauses: list[float]
) -> None:
    wire.next(*[fault] * 20)
    sent(fault)()
    assert table.items() == [ITEM]
    assert len(no_pauses) == 20
    assert all(0 <= pause <= 1 for pause in no_pauses)


@pytest.mark.parametrize("fault", CONTENTION)
def test_contention_for_ever_is_503_when_the_requests_time_is_up(
    table: Table, wire: Wire, fault: Any, no_pauses: list[float]
) -> None:
    wire.next(*[fault] * 10_000)
    with pytest.raises(Problem) as problem:
        sent(fault)()
    status, retry_after = refused(problem)
    assert (status, int(retry_after or 0) > 0) == (503, True)
    assert table.items() == []
    assert 18 < sum(no_pauses) <= 20
    assert 20 < wire.count() < 150


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_is_throttled_is_503_after_few_attempts(
    table: Table, wire: Wire, code: str
) -> None:
    wire.next(*[cancelled("TransactionConflict", code)] * 3)
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    wire.reset()
    wire.next(*[cancelled("TransactionConflict", code)] * 100)
    with pytest.raises(Problem) as problem:
        dynamodb.transact(ORG, [{"Put": {"Item": ITEM}}])
    assert (refused(problem)[0], wire.count()) == (503, dynamodb.ATTEMPTS)


def test_attempts_that_met_contention_are_none_of_the_few(table: Table, wire: Wire) -> None:
    throttle = answer(400, "ThrottlingException")
    wire.next(*[throttle, *CONTENTION[:1] * 5] * (dynamodb.ATTEMPTS - 1))
    dynamodb.put(ORG, dict(NEW))
    assert table.items() == [ITEM]


@pytest.mark.parametrize("fault", CONTENTION)
def test_contention_says_that_nothing_was_carried_out(table: Table, wire: Wire, fault: Any) -> None:
    table.put(ITEM)
    wire.next(fault)
    with pytest.raises((dynamodb.ConditionFailedError, dynamodb.CancelledError)) as failed:
        sent(fault)()
    assert not failed.value.uncertain
    wire.next(lost_with_500, fault)
    with pytest.raises((dynamodb.ConditionFailedError, dynamodb.CancelledError)) as failed:
        sent(fault)()
    assert failed.value.uncertain


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError"])
def test_what_an_own_write_may_have_failed_is_not_judged_beside_a_conflict(
    table: Table, wire: Wire, code: str
) -> None:
    """An answer was lost, and the item that would tell whose write it was is not to be seen yet."""
    wire.next(answer(500, "InternalServerError"), cancelled(code, "ConditionalCheckFailed"))
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    assert table.items() == [ITEM]
    wire.next(cancelled(code, "ConditionalCheckFailed"))
    with pytest.raises(dynamodb.CancelledError) as judged:
        dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    assert [reason.failed for reason in judged.value.reasons] == [False, True]


def tokens(wire: Wire) -> list[str]:
    """Tokens of the transactions that were sent, in order."""
    bodies = [json.loads(request.body) for request in wire.requests if b"Transact" in request.body]
    return [body["ClientRequestToken"] for body in bodies]


def test_attempts_without_an_answer_share_a_token_and_a_cancelled_one_ends_it(
    table: Table, wire: Wire
) -> None:
    unanswered = answer(500, "InternalServerError")
    wire.next(
        unanswered,
        CONTENTION[1],
        answer(400, "ThrottlingException"),
        cancelled("TransactionConflict"),
        unanswered,
    )
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    first, *others = tokens(wire)
    assert others[:3] == [first] * 3
    assert others[3] == others[4] != first
    dynamodb.transact(ORG, [{"Put": {"Item": ITEM}}])
    assert tokens(wire)[-1] not in (first, others[3])


def test_a_transaction_whose_answer_was_lost_is_a_success(table: Table, wire: Wire) -> None:
    wire.next(lost_with_500)
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    assert table.items() == [ITEM]


def test_a_cancellation_for_another_reason_is_our_bug(table: Table, wire: Wire) -> None:
    reasons = [{"Code": "ValidationError", "Message": "canary"}]
    wire.next(answer(400, "TransactionCanceledException", CancellationReasons=reasons))
    with pytest.raises(RuntimeError, match="ValidationError"):
        dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    too_big = [{"Code": "ValidationError", "Message": "Item size to update has exceeded"}]
    wire.next(answer(400, "TransactionCanceledException", CancellationReasons=too_big))
    with pytest.raises(Problem) as problem:
        dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    assert refused(problem)[0] == 413
