"""Between the function and AWS: every request is seen, judged as IAM would, and can be spoiled.

A botocore `before-send` handler in the place of moto's own, which it calls. It

- records each request, so that tests can count calls;
- holds that each DynamoDB request is signed with credentials whose session tag names the tenant
  that every partition key of the request begins with (moto evaluates no policy), and that nothing
  is ever scanned;
- lets one request through at a time, for DynamoDB's writes are atomic and moto's are not, and
  refuses those that meet a transaction under way (`transactions`; they take no time by default);
- ends a page as DynamoDB does and moto does not;
- answers with faults where a test asks for them. A fault that precedes the write keeps moto from
  seeing the request.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from botocore.awsrequest import AWSResponse, HeadersDict
from moto.core.models import botocore_stubber

from nexus_gen.testing import Transactions
from nexus_gen.testing import call as testing


class Call(NamedTuple):
    """One request: `dynamodb`, `GetItem` and its parameters."""

    service: str
    operation: str
    parameters: dict[str, Any]


Send = Callable[[], AWSResponse]
Fault = Callable[[Call, Send], AWSResponse]
"""Answers a request; may call the second argument, which lets AWS carry it out."""


class Wire:
    """The hook; `reset` before each test."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._tenant_of_key: dict[str, str] = {}
        self.reset()

    def reset(self) -> None:
        """Forget what was seen, send no more faults, and carry requests out by moto."""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.fault: Fault | None = None
        self.aws: Callable[..., AWSResponse | None] = botocore_stubber
        self.transactions = Transactions(duration=(0, 0))

    def count(self, service: str = "dynamodb") -> int:
        """How many requests a service got."""
        return sum(call.service == service for call in self.calls)

    def operations(self) -> list[str]:
        """DynamoDB operations, in order."""
        return [call.operation for call in self.calls if call.service == "dynamodb"]

    def calls_of(self, operation: str) -> list[dict[str, Any]]:
        """Parameters of the requests for one operation, in order."""
        return [call.parameters for call in self.calls if call.operation == operation]

    def __call__(self, event_name: str, request: Any, **_: Any) -> AWSResponse | None:
        """Handle botocore's `before-send.<service>.<operation>`."""
        if not botocore_stubber.enabled:
            return None
        call = _call(event_name, request)
        with self._lock:
            self.calls.append(call)
            if call.service == "dynamodb":
                self._judge(call, request)

        def send() -> AWSResponse:
            if call.service == "dynamodb":
                signed = testing.Call.of(event_name, request)
                answer = self.transactions.carry_out(signed, forward, lambda *_: ("pk", "sk"))
                return _as_dynamodb(call, answer)
            with self._lock:
                answer = forward()
                if call.operation == "AssumeRole":
                    self._remember(call, answer)
                return answer

        def forward() -> AWSResponse:
            answer = self.aws(event_name=event_name, request=request)
            assert answer is not None
            return answer

        fault = self.fault
        return fault(call, send) if fault else send()

    def _remember(self, call: Call, answer: AWSResponse) -> None:
        tags = call.parameters
        key = re.search(rb"<AccessKeyId>(\w+)</AccessKeyId>", answer.content)
        if key and tags.get("Tags.member.1.Key") == "organization_id":
            self._tenant_of_key[key[1].decode()] = tags["Tags.member.1.Value"]

    def _judge(self, call: Call, request: Any) -> None:
        authorization = _text(request.headers["Authorization"])
        signer = re.search(r"Credential=(\w+)/", authorization)
        tenant = self._tenant_of_key.get(signer[1]) if signer else None
        if tenant is None:
            return self.violations.append(f"{call.operation} is not signed for any tenant")
        leading = list(_partition_keys(call.operation, call.parameters))
        if not leading:
            self.violations.append(f"{call.operation} names no partition key")
        for key in leading:
            if not key.startswith(f"{tenant}#"):
                self.violations.append(f"{call.operation} of {tenant} touches {key!r}")
        return None


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _call(event_name: str, request: Any) -> Call:
    service = event_name.split(".")[1]
    body = _text(request.body or b"")
    target = request.headers.get("X-Amz-Target")
    if target is not None:
        return Call(service, _text(target).rpartition(".")[2], json.loads(body))
    parameters = {name: values[0] for name, values in parse_qs(body).items()}
    return Call(service, parameters.get("Action", ""), parameters)


def _partition_keys(operation: str, parameters: dict[str, Any]) -> Iterator[str]:
    """Values of table and index partition keys that a request reads or writes."""
    if operation == "TransactWriteItems":
        for action in parameters["TransactItems"]:
            for one in action.values():
                yield from _item_keys(one.get("Key") or one["Item"])
    elif operation == "Query":
        values = parameters["ExpressionAttributeValues"]
        names = parameters.get("ExpressionAttributeNames", {})
        condition = parameters["KeyConditionExpression"]
        for name, placeholder in re.findall(r"(#?\w+)\s*=\s*(:\w+)", condition):
            if names.get(name, name).endswith("pk"):
                yield values[placeholder]["S"]
    elif operation in ("GetItem", "PutItem", "UpdateItem", "DeleteItem"):
        yield from _item_keys(parameters.get("Key") or parameters["Item"])
        updated = parameters.get("ExpressionAttributeValues", {})
        names = parameters.get("ExpressionAttributeNames", {})
        for name, placeholder in re.findall(
            r"(#?\w+)\s*=\s*(:\w+)", parameters.get("UpdateExpression", "")
        ):
            if re.fullmatch(r"gsi\d+pk", names.get(name, name)):
                yield updated[placeholder]["S"]


def _item_keys(item: dict[str, Any]) -> Iterator[str]:
    for name, value in item.items():
        if re.fullmatch(r"pk|gsi\d+pk", name):
            yield value["S"]


def _as_dynamodb(call: Call, answer: AWSResponse) -> AWSResponse:
    """A page of DynamoDB ends with a key whenever it is full, even where nothing follows.

    (Amazon DynamoDB Developer Guide, "Paginating table query results"; moto looks ahead.)
    """
    if call.operation != "Query" or answer.status_code != 200:
        return answer
    page = json.loads(answer.content)
    if "LastEvaluatedKey" in page or page["Count"] != call.parameters.get("Limit"):
        return answer
    slot = call.parameters.get("IndexName", "")
    names = {"pk", "sk", f"{slot}pk", f"{slot}sk"}
    last = page["Items"][-1]
    page["LastEvaluatedKey"] = {name: value for name, value in last.items() if name in names}
    return dynamodb_answer(page)


def dynamodb_answer(content: dict[str, Any]) -> AWSResponse:
    """An answer of success."""
    return _response(200, json.dumps(content).encode(), "application/x-amz-json-1.0")


def error(
    code: str, status: int = 400, message: str = "canary-aws-message", **members: Any
) -> AWSResponse:
    """An error answer of DynamoDB or KMS."""
    body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message, **members}
    return _response(status, json.dumps(body).encode(), "application/x-amz-json-1.0")


def sts_error(code: str, status: int = 400) -> AWSResponse:
    """An error answer of STS."""
    body = (
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
        f"<Code>{code}</Code><Message>canary-aws-message</Message></Error></ErrorResponse>"
    )
    return _response(status, body.encode(), "text/xml")


def _response(status: int, content: bytes, content_type: str) -> AWSResponse:
    headers: Any = HeadersDict({"content-type": content_type, "x-amzn-requestid": "canary-aws-id"})
    raw: Any = _Raw(content)
    return AWSResponse("https://dynamodb.us-east-1.amazonaws.com/", status, headers, raw)


class _Raw:
    """The part of a urllib3 response that botocore reads."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        """The content, in one piece."""
        yield self._content
