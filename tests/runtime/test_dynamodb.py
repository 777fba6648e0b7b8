"""The narrow module: retries, time, and what errors become."""

from __future__ import annotations

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


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError"])
def test_a_contended_transaction_is_tried_again(table: Table, wire: Wire, code: str) -> None:
    contended = answer(
        400,
        "TransactionCanceledException",
        CancellationReasons=[{"Code": code, "Message": "busy"}],
    )
    wire.next(contended, contended)
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    assert table.items() == [ITEM]
    wire.next(*[contended] * 100)
    with pytest.raises(Problem) as problem:
        dynamodb.transact(ORG, [{"Put": {"Item": ITEM}}])
    assert refused(problem)[0] == 503


def test_retries_of_a_transaction_carry_one_token(table: Table, wire: Wire) -> None:
    import json

    wire.next(answer(500, "InternalServerError"))
    dynamodb.transact(ORG, [{"Put": dict(NEW)}])
    bodies = [json.loads(request.body) for request in wire.requests if b"Transact" in request.body]
    tokens = {body["ClientRequestToken"] for body in bodies}
    assert (len(bodies), len(tokens)) == (2, 1)
    dynamodb.transact(ORG, [{"Put": {"Item": ITEM}}])
    assert json.loads(wire.requests[-1].body)["ClientRequestToken"] not in tokens


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
