"""A transaction takes time; what others do to its items meanwhile is refused as AWS refuses it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from nexus_gen.testing import Transactions, UnmodelledError, VirtualClock, enforce_iam

from .world import FUNCTION, FUNCTION_ROLE, TABLE, TENANT_ROLE, World, arrange, item, key

MINE = {"TableName": TABLE, "Key": key("org1")}
NEW = {"TableName": TABLE, "Item": item("org1", "2")}
CHECK = {"ConditionCheck": {**MINE, "ConditionExpression": "attribute_exists(pk)"}}
TRANSACTION = [{"Put": NEW}, CHECK]


@pytest.fixture(autouse=True)
def no_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3 repeats what meets its own transaction; a test wants to see the answer."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")


class Pausing:
    """A sleep that lasts until a test has done what it wants to do meanwhile."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.end = threading.Event()
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.begun.set()
        assert self.end.wait(60)


@contextmanager
def world(transactions: Transactions) -> Iterator[World]:
    """Items of org1 and org10, on transactions of this kind."""
    roles = (FUNCTION_ROLE, TENANT_ROLE)
    with (
        mock_aws(),
        enforce_iam(*roles, execution_role=FUNCTION, transactions=transactions) as iam,
    ):
        made = World(iam)
        arrange(made)
        yield made


@contextmanager
def under_way(**parameters: Any) -> Iterator[tuple[Any, Callable[[], None]]]:
    """A client, while a transaction over items 1 and 2 of org1 is under way, and what ends it."""
    pausing = Pausing()
    with world(Transactions(sleep=pausing)) as made:
        client = made.tenant("dynamodb", "org1")
        thread = threading.Thread(
            target=client.transact_write_items,
            kwargs={"TransactItems": TRANSACTION, **parameters},
        )
        thread.start()
        assert pausing.begun.wait(60)

        def end() -> None:
            pausing.end.set()
            thread.join()
            assert client.get_item(TableName=TABLE, Key=key("org1", "2"))["Item"]

        try:
            yield client, end
        finally:
            pausing.end.set()
            thread.join()
        assert 0.005 <= pausing.pauses[0] <= 0.010


WRITES: dict[str, Callable[[Any, Any], Any]] = {
    "put": lambda client, key: client.put_item(TableName=TABLE, Item=key),
    "update": lambda client, key: client.update_item(
        TableName=TABLE, Key=key, UpdateExpression="REMOVE x"
    ),
    "delete": lambda client, key: client.delete_item(TableName=TABLE, Key=key),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_of_an_item_of_a_transaction_is_refused(write: str) -> None:
    with under_way() as (client, end):
        for id in ("1", "2"):
            with pytest.raises(client.exceptions.TransactionConflictException) as refused:
                WRITES[write](client, key("org1", id))
            assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        WRITES[write](client, key("org1", "3"))
        end()
        WRITES[write](client, key("org1", "1"))


def test_a_transaction_that_shares_an_item_is_cancelled_with_a_reason_each() -> None:
    other = {"Delete": {"TableName": TABLE, "Key": key("org1", "3")}}
    with under_way() as (client, _):
        with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
            client.transact_write_items(TransactItems=[other, CHECK])
        reasons = refused.value.response["CancellationReasons"]
        assert [reason["Code"] for reason in reasons] == ["None", "TransactionConflict"]
        with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
            client.transact_get_items(TransactItems=[{"Get": MINE}])
        reasons = refused.value.response["CancellationReasons"]
        assert [reason["Code"] for reason in reasons] == ["TransactionConflict"]


def test_reads_see_what_was_committed_and_are_not_refused() -> None:
    with under_way() as (client, _):
        assert client.get_item(**MINE)["Item"] == item("org1")
        assert "Item" not in client.get_item(TableName=TABLE, Key=key("org1", "2"))
        found = client.query(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": "org1#course"}},
        )
        assert found["Items"] == [item("org1")]


def test_what_the_guide_does_not_say_is_refused_by_name() -> None:
    batch = {TABLE: [{"PutRequest": {"Item": item("org1", "3")}}]}
    with pytest.raises(UnmodelledError, match="BatchWriteItem"), under_way() as (client, _):
        client.batch_write_item(RequestItems=batch)
    pausing = Pausing()
    pausing.end.set()
    with world(Transactions(sleep=pausing)) as made:
        made.tenant("dynamodb", "org1").batch_write_item(RequestItems=batch)


def test_a_transaction_that_fails_lets_its_items_go() -> None:
    with world(Transactions(sleep=lambda _: None)) as made:
        client = made.tenant("dynamodb", "org1")
        failing = {**CHECK["ConditionCheck"], "ConditionExpression": "attribute_not_exists(pk)"}
        for _ in range(2):
            with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
                client.transact_write_items(
                    TransactItems=[{"ConditionCheck": failing}], ClientRequestToken="t"
                )
            (reason,) = refused.value.response["CancellationReasons"]
            assert reason["Code"] == "ConditionalCheckFailed"
        client.put_item(TableName=TABLE, Item=item("org1"))


def test_a_token_makes_a_transaction_happen_once() -> None:
    with under_way(ClientRequestToken="t") as (client, end):
        with pytest.raises(client.exceptions.TransactionInProgressException):
            client.transact_write_items(TransactItems=TRANSACTION, ClientRequestToken="t")
        with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
            client.transact_write_items(TransactItems=[CHECK], ClientRequestToken="t")
        end()
        client.delete_item(TableName=TABLE, Key=key("org1", "2"))
        client.transact_write_items(TransactItems=TRANSACTION, ClientRequestToken="t")
        assert "Item" not in client.get_item(TableName=TABLE, Key=key("org1", "2"))


def test_the_same_seed_gives_the_same_durations() -> None:
    def durations(seed: int) -> list[float]:
        pauses: list[float] = []
        with world(Transactions(seed=seed, sleep=pauses.append)) as made:
            client = made.tenant("dynamodb", "org1")
            for _ in range(3):
                client.transact_write_items(TransactItems=[CHECK])
        return pauses

    assert durations(1) == durations(1) != durations(2)


def test_threads_contend_in_real_time_unless_a_clock_is_given() -> None:
    def increments(transactions: Transactions, clock: VirtualClock | None) -> int:
        with world(transactions) as made:
            client = made.tenant("dynamodb", "org1")
            update = {
                **MINE,
                "UpdateExpression": "ADD #n :one",
                "ExpressionAttributeNames": {"#n": "n"},
                "ExpressionAttributeValues": {":one": {"N": "1"}},
            }

            def work() -> int:
                refused = 0
                while True:
                    with suppress(ClientError):
                        client.transact_write_items(TransactItems=[{"Update": update}])
                        return refused
                    refused += 1
                    (clock or time).sleep(0.002)

            if clock is not None:
                refusals = sum(clock.run([work] * 8))
            else:
                threads = [threading.Thread(target=work) for _ in range(8)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                refusals = transactions.conflicts
            assert client.get_item(**MINE)["Item"]["n"] == {"N": "8"}
            return refusals

    assert increments(Transactions(), None) > 0
    clock = VirtualClock()
    seeded = increments(Transactions(seed=1, sleep=clock.sleep), clock)
    assert seeded > 7
    assert clock.now > 8 * 0.005
    clock = VirtualClock()
    assert increments(Transactions(seed=1, sleep=clock.sleep), clock) == seeded


def test_a_clock_raises_what_a_thread_raised() -> None:
    clock = VirtualClock()

    def fail() -> None:
        clock.sleep(1)
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        clock.run([fail, lambda: clock.sleep(2)])
    assert clock.now == 2
