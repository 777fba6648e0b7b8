"""What a function sends to AWS, seen where botocore hands it to the network.

Every SDK client and every request signed by hand passes `URLLib3Session.send`, retries too, so that
what is shown is what was sent. Nothing is changed on the way.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

Call = dict[str, Any]
"""One request to AWS: `service`, `operation`, `ms`, `status`, and what the operation has of
`table`, `index`, `keys` (partition and sort key joined by a space) and `items` (how many came)."""

_SERVICE = re.compile(r"Credential=[^/]*/\d+/[^/]*/([^/]+)/aws4_request")
_PLACEHOLDER = re.compile(r":\w+")
_KEYS_SHOWN = 10


class Recorder:
    """The calls since the last `take`."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def take(self) -> list[Call]:
        """The calls, in order; the next ones are kept anew."""
        taken, self._calls = self._calls, []
        return taken

    def install(self) -> None:
        """Look at everything that botocore sends from now on in this process."""
        from botocore.httpsession import URLLib3Session

        send = URLLib3Session.send

        def observed(session: Any, request: Any) -> Any:
            started = time.perf_counter()
            status, content = 0, b""
            try:
                answer = send(session, request)
                status, content = answer.status_code, answer.content
                return answer
            finally:
                elapsed = (time.perf_counter() - started) * 1000
                self._calls.append(describe(request, status, content, elapsed))

        setattr(URLLib3Session, "send", observed)  # noqa: B010 - it is a method to mypy


def describe(request: Any, status: int, content: bytes, ms: float) -> Call:
    """One prepared request of botocore and its answer; `status` is 0 where there was none."""
    headers = {str(name).lower(): _text(value) for name, value in request.headers.items()}
    found = _SERVICE.search(headers.get("authorization", ""))
    service = found.group(1) if found else "aws"
    body = request.body or b""
    data = body.encode() if isinstance(body, str) else body
    call: Call = {"service": service, "operation": _operation(request, headers, data)}
    if service == "dynamodb" and isinstance(data, bytes):
        call |= _dynamodb(_object(data), _object(content) if b'"Count"' in content else {})
    return call | {"ms": round(ms, 2), "status": status}


def _operation(request: Any, headers: Mapping[str, str], data: Any) -> str:
    target = headers.get("x-amz-target", "")
    if target:
        return target.rpartition(".")[2]
    if "x-www-form-urlencoded" in headers.get("content-type", "") and isinstance(data, bytes):
        return parse_qs(data.decode("utf-8", "replace")).get("Action", ["?"])[0]
    return str(request.method)


def _dynamodb(request: Mapping[str, Any], answer: Mapping[str, Any]) -> Call:
    call: Call = {}
    if "TransactItems" in request:
        actions = [part for item in request["TransactItems"] for part in item.items()]
        call["actions"] = [name for name, _ in actions]
        parts = [parameters for _, parameters in actions]
    else:
        parts = [request]
    tables = {part["TableName"] for part in parts if "TableName" in part}
    if len(tables) == 1:
        call["table"] = tables.pop()
    if "IndexName" in request:
        call["index"] = request["IndexName"]
    keys = [key for part in parts for key in _keys(part)]
    if keys:
        call["keys"] = keys[:_KEYS_SHOWN]
    if "Count" in answer:
        call["items"] = answer["Count"]
    return call


def _keys(parameters: Mapping[str, Any]) -> Iterator[str]:
    """Primary keys that an operation names; for a Query the values of its key condition."""
    item = parameters.get("Key") or parameters.get("Item")
    if item:
        yield " ".join(_plain(item[name]) for name in ("pk", "sk") if name in item)
    elif "KeyConditionExpression" in parameters:
        values = parameters.get("ExpressionAttributeValues", {})
        named = _PLACEHOLDER.findall(parameters["KeyConditionExpression"])
        yield " ".join(_plain(values[name]) for name in named if name in values)


def _plain(attribute: Mapping[str, Any]) -> str:
    return str(next(iter(attribute.values()), ""))


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
