"""Faults of DynamoDB, STS and KMS: nothing is lost, nothing is doubled, no internals are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from .api import Answer, Client
from .estate import Table
from .samples import COURSES, INSTRUCTORS, SAMPLES, course, instructor, sample
from .wire import Call, Fault, Send, Wire, error, sts_error

URL = "https://canary-endpoint.example.com"
pytestmark = pytest.mark.usefixtures("waited")

THROTTLES = (
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
)


@pytest.fixture(autouse=True)
def clean_answers(client: Client, capsys: pytest.CaptureFixture[str]) -> Any:
    """No fault leaves its text in the log."""
    yield
    printed = capsys.readouterr()
    assert "canary" not in printed.out + printed.err


def times(count: int, fault: Fault, *operations: str) -> Fault:
    """A fault that happens to the first `count` requests (of the operations), then no more."""
    left = [count]

    def apply(call: Call, send: Send) -> AWSResponse:
        concerned = call.operation in operations if operations else call.service == "dynamodb"
        if left[0] and concerned:
            left[0] -= 1
            return fault(call, send)
        return send()

    return apply


def answering(response: Callable[[], AWSResponse]) -> Fault:
    """A fault that answers for AWS, which never sees the request."""
    return lambda call, send: response()


def raising(exception: Exception) -> Fault:
    """A fault that keeps the request from AWS."""

    def fail(call: Call, send: Send) -> AWSResponse:
        raise exception

    return fail


def losing(exception: Exception) -> Fault:
    """A fault that strikes after AWS has carried the request out: the acknowledgement is lost."""

    def fail(call: Call, send: Send) -> AWSResponse:
        send()
        raise exception

    return fail


def assert_unavailable(answer: Answer) -> None:
    """Hold that an answer says to come back later, and no more."""
    assert answer.status == 503, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert int(answer.headers["retry-after"]) >= 1
    assert "access-control-allow-origin" in answer.headers
    for internal in ("canary", "Exception", "botocore", "DynamoDB", "amazonaws"):
        assert internal.lower() not in answer.text.lower()


def each_request(client: Client, path: str) -> dict[str, Callable[[], Answer]]:
    """One request of each kind, about an existing sample."""
    return {
        "list": lambda: client.get(SAMPLES),
        "create": lambda: client.post(SAMPLES, sample(label="new")),
        "create once": lambda: client.post(
            SAMPLES, sample(label="new"), headers={"Idempotency-Key": "k"}
        ),
        "get": lambda: client.get(path),
        "update": lambda: client.patch(path, {"label": "changed"}),
        "delete": lambda: client.delete(path),
    }


KINDS = ("list", "create", "create once", "get", "update", "delete")


@pytest.fixture
def path(client: Client) -> str:
    """Path of a sample."""
    return f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", THROTTLES)
def test_a_throttle_that_passes_is_not_seen(
    client: Client, wire: Wire, path: str, waited: list[float], kind: str, code: str
) -> None:
    wire.fault = times(2, answering(lambda: error(code)))
    assert each_request(client, path)[kind]().status in (200, 201, 204)
    assert len(waited) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_throttle_that_stays_is_503_and_changes_nothing(
    client: Client, wire: Wire, table: Table, path: str, waited: list[float], kind: str
) -> None:
    kept = table.items()
    wire.fault = times(1000, answering(lambda: error(THROTTLES[0])))
    assert_unavailable(each_request(client, path)[kind]())
    assert table.items() == kept
    assert wire.count() <= 10
    assert sum(waited) < 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "exception",
    [
        ReadTimeoutError(endpoint_url=URL),
        ConnectTimeoutError(endpoint_url=URL),
        EndpointConnectionError(endpoint_url=URL),
        ConnectionClosedError(endpoint_url=URL),
    ],
    ids=lambda exception: type(exception).__name__,
)
def test_a_failing_connection_is_retried_then_503(
    client: Client, wire: Wire, table: Table, path: str, kind: str, exception: Exception
) -> None:
    kept = table.items()
    wire.fault = times(1000, raising(exception))
    assert_unavailable(each_request(client, path)[kind]())
    assert table.items() == kept
    wire.fault = times(1, raising(exception))
    assert each_request(client, path)[kind]().status in (200, 201, 204)


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_of_dynamodb_is_retried(
    client: Client, wire: Wire, path: str, kind: str, status: int
) -> None:
    wire.fault = times(1, answering(lambda: error("InternalServerError", status)))
    assert each_request(client, path)[kind]().status in (200, 201, 204)


# Lost acknowledgements

LOST = [ReadTimeoutError(endpoint_url=URL), ConnectionClosedError(endpoint_url=URL)]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}], ids=["plain", "key"])
@pytest.mark.parametrize("lost", LOST, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("collection", ["samples", "courses"])
def test_a_create_whose_acknowledgement_is_lost_is_201_and_made_once(
    client: Client, wire: Wire, collection: str, lost: Exception, headers: dict[str, str]
) -> None:
    path, body = (SAMPLES, sample()) if collection == "samples" else (COURSES, course())
    wire.fault = times(1, losing(lost), "PutItem", "TransactWriteItems")
    answer = client.post(path, body, headers=headers)
    assert answer.status == 201, answer.text
    items = client.get(path).json["items"]
    assert items == [answer.json]


@pytest.mark.parametrize("lost", LOST, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("headers", [{}, {"If-Match": '"1"'}], ids=["plain", "if-match"])
def test_an_update_whose_acknowledgement_is_lost_is_200_and_done_once(
    client: Client, wire: Wire, path: str, lost: Exception, headers: dict[str, str]
) -> None:
    wire.fault = times(1, losing(lost), "UpdateItem")
    answer = client.patch(path, {"label": "changed"}, headers=headers)
    assert (answer.status, answer.json["version"]) == (200, 2), answer.text
    assert client.get(path).json == answer.json


@pytest.mark.parametrize("lost", LOST, ids=lambda e: type(e).__name__)
def test_an_update_of_a_unique_field_survives_a_lost_acknowledgement(
    client: Client, wire: Wire, lost: Exception
) -> None:
    path = f"{INSTRUCTORS}/{client.post(INSTRUCTORS, instructor()).json['id']}"
    wire.fault = times(1, losing(lost), "TransactWriteItems")
    answer = client.patch(path, {"email": "new@example.com"})
    assert (answer.status, answer.json["version"]) == (200, 2), answer.text
    assert client.get(path).json == answer.json


@pytest.mark.parametrize("lost", LOST, ids=lambda e: type(e).__name__)
def test_a_delete_whose_acknowledgement_is_lost_is_204(
    client: Client, wire: Wire, path: str, table: Table, lost: Exception
) -> None:
    wire.fault = times(1, losing(lost), "DeleteItem")
    assert client.delete(path).status == 204
    assert table.items() == []


@pytest.mark.parametrize("lost", LOST, ids=lambda e: type(e).__name__)
def test_a_soft_delete_and_a_restore_survive_lost_acknowledgements(
    client: Client, wire: Wire, lost: Exception
) -> None:
    path = f"{COURSES}/{client.post(COURSES, course()).json['id']}"
    wire.fault = times(1, losing(lost), "TransactWriteItems")
    assert client.delete(path).status == 204
    assert len(client.get(COURSES, query={"deleted": "true"}).json["items"]) == 1
    wire.fault = times(1, losing(lost), "TransactWriteItems")
    assert client.post(f"{path}/restore").status == 200
    assert len(client.get(COURSES).json["items"]) == 1


def test_a_lost_acknowledgement_does_not_hide_anothers_write(
    client: Client, wire: Wire, path: str
) -> None:
    def lose_and_be_overtaken(call: Call, send: Send) -> AWSResponse:
        wire.fault = None
        client.having(user="rival").patch(path, {"label": "rival"})
        raise ReadTimeoutError(endpoint_url=URL)

    wire.fault = times(1, lose_and_be_overtaken, "UpdateItem")
    answer = client.patch(path, {"label": "mine"}, headers={"If-Match": '"1"'})
    assert answer.status == 412
    assert client.get(path).json["label"] == "rival"


def test_a_taken_unique_value_stays_409_after_a_lost_acknowledgement(
    client: Client, wire: Wire
) -> None:
    client.post(COURSES, course(slug="taken"))
    wire.fault = times(1, losing(LOST[0]), "TransactWriteItems")
    assert client.post(COURSES, course(slug="taken")).status == 409


# Transactions


def cancelled(*codes: str) -> AWSResponse:
    """A transaction cancelled for these reasons, one an action."""
    reasons = [{"Code": code, "Message": "canary-reason"} for code in codes]
    return error("TransactionCanceledException", CancellationReasons=reasons)


@pytest.mark.parametrize(
    "reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]
)
def test_a_transaction_that_met_another_is_tried_again(
    client: Client, wire: Wire, reason: str
) -> None:
    wire.fault = times(2, answering(lambda: cancelled("None", reason)), "TransactWriteItems")
    assert client.post(COURSES, course()).status == 201


def test_a_transaction_that_keeps_meeting_others_is_503(client: Client, wire: Wire) -> None:
    fault = answering(lambda: cancelled("TransactionConflict", "None"))
    wire.fault = times(1000, fault, "TransactWriteItems")
    assert_unavailable(client.post(COURSES, course()))
    assert client.get(COURSES).json["items"] == []


@pytest.mark.parametrize("kind", ["create", "update", "delete"])
def test_a_write_that_meets_a_transaction_is_tried_again_then_503(
    client: Client, wire: Wire, table: Table, path: str, kind: str
) -> None:
    kept = table.items()
    fault = answering(lambda: error("TransactionConflictException"))
    writes = ("PutItem", "UpdateItem", "DeleteItem")
    wire.fault = times(1000, fault, *writes)
    assert_unavailable(each_request(client, path)[kind]())
    assert table.items() == kept
    wire.fault = times(10, fault, *writes)
    assert each_request(client, path)[kind]().status in (200, 201, 204)


def test_a_transaction_in_progress_is_waited_for(client: Client, wire: Wire) -> None:
    fault = answering(lambda: error("TransactionInProgressException"))
    wire.fault = times(1, fault, "TransactWriteItems")
    assert client.post(COURSES, course()).status == 201


def test_a_transaction_cancelled_for_a_reason_of_ours_is_500_without_internals(
    client: Client, wire: Wire
) -> None:
    fault = answering(lambda: cancelled("ValidationError", "None"))
    wire.fault = times(1000, fault, "TransactWriteItems")
    answer = client.post(COURSES, course())
    assert answer.status == 500
    assert "canary" not in answer.text


# Credentials and the cursor key


@pytest.mark.parametrize(
    "code", ["ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"]
)
def test_credentials_that_aws_no_longer_takes_are_vended_again(
    client: Client, wire: Wire, path: str, code: str
) -> None:
    wire.fault = times(1, answering(lambda: error(code)), "GetItem")
    assert client.get(path).status == 200
    assert wire.count("sts") == 2


def test_credentials_that_are_never_taken_are_no_endless_loop(
    client: Client, wire: Wire, path: str
) -> None:
    wire.fault = times(1000, answering(lambda: error("ExpiredTokenException")))
    assert client.get(path).status in (403, 500, 503)
    assert wire.count() <= 10


@pytest.mark.parametrize("code", ["Throttling", "ThrottlingException", "InternalFailure"])
def test_sts_that_is_busy_is_asked_again_then_503(client: Client, wire: Wire, code: str) -> None:
    status = 500 if code == "InternalFailure" else 400
    fresh = client.having(tenant=f"{client.tenant}-sts-{code}")
    wire.fault = times(1000, answering(lambda: sts_error(code, status)), "AssumeRole")
    assert_unavailable(fresh.get(SAMPLES))
    assert wire.count("sts") <= 6
    assert wire.count() == 0
    wire.fault = times(1, answering(lambda: sts_error(code, status)), "AssumeRole")
    assert fresh.get(SAMPLES).status == 200


def test_sts_that_times_out_is_503(client: Client, wire: Wire) -> None:
    fresh = client.having(tenant=f"{client.tenant}-timeout")
    wire.fault = times(1000, raising(ReadTimeoutError(endpoint_url=URL)), "AssumeRole")
    assert_unavailable(fresh.get(SAMPLES))


def test_sts_that_refuses_gives_no_data_and_no_reason(client: Client, wire: Wire) -> None:
    fresh = client.having(tenant=f"{client.tenant}-denied")
    wire.fault = times(1000, answering(lambda: sts_error("AccessDenied", 403)), "AssumeRole")
    answer = fresh.get(SAMPLES)
    assert answer.status in (403, 500)
    assert "canary" not in answer.text
    assert wire.count() == 0


def test_access_that_iam_denies_gives_no_reason(client: Client, wire: Wire, path: str) -> None:
    wire.fault = times(1000, answering(lambda: error("AccessDeniedException")))
    for request in each_request(client, path).values():
        answer = request()
        assert answer.status in (403, 500)
        assert "canary" not in answer.text
