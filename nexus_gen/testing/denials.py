"""Refusals in the shape in which each service of AWS gives them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from botocore.awsrequest import AWSResponse, HeadersDict

from nexus_gen.testing.call import Call
from nexus_gen.verify.iam import Decision, Request

REQUEST_ID = "00000000-0000-0000-0000-000000000000"

_JSON_TYPES = {
    "dynamodb": "com.amazon.coral.service#",
    "kms": "",
}


def access_denied(call: Call, user: str, request: Request, decision: Decision) -> AWSResponse:
    """The answer to a call that policies do not allow.

    The message is that of IAM User Guide, "Troubleshoot access denied error messages".
    """
    if decision.outcome == "explicit deny":
        reason = "with an explicit deny in an identity-based policy"
    else:
        reason = f"because no identity-based policy allows the {request.action} action"
    message = (
        f"User: {user} is not authorized to perform: {request.action} "
        f"on resource: {request.resource} {reason}"
    )
    return _refusal(call, "AccessDenied", message)


def unknown_credentials(call: Call) -> AWSResponse:
    """The answer to a call signed with a key that nobody vended, or not signed."""
    message = "The security token included in the request is invalid."
    if call.service in _JSON_TYPES:
        return _json(call, "UnrecognizedClientException", message)
    code = "InvalidAccessKeyId" if call.service == "s3" else "InvalidClientTokenId"
    return _refusal(call, code, message)


def invalid_parameters(call: Call, message: str) -> AWSResponse:
    """The answer of STS to parameters outside its constraints."""
    return _xml(call, 400, _sts_error("ValidationError", message))


def dynamodb_error(call: Call, code: str, message: str, **members: Any) -> AWSResponse:
    """An error of DynamoDB, with members of its body besides the message."""
    return _json(call, code, message, **members)


def dynamodb_answer(call: Call, body: dict[str, Any]) -> AWSResponse:
    """A success of DynamoDB."""
    return _response(call, 200, json.dumps(body).encode(), "application/x-amz-json-1.0")


def _refusal(call: Call, code: str, message: str) -> AWSResponse:
    if call.service in _JSON_TYPES:
        return _json(call, f"{code}Exception", message)
    if call.service == "s3":
        if call.request.method == "HEAD":
            return _response(call, 403, b"", "application/xml")
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{code}</Code><Message>{escape(message)}</Message>"
            f"<RequestId>{REQUEST_ID}</RequestId><HostId>-</HostId></Error>"
        )
        return _xml(call, 403, body)
    return _xml(call, 403, _sts_error(code, message))


def _sts_error(code: str, message: str) -> str:
    return (
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>'
        f"<Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        f"<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    )


def _json(call: Call, code: str, message: str, **members: Any) -> AWSResponse:
    body = {"__type": f"{_JSON_TYPES[call.service]}{code}", "Message": message, **members}
    version = "1.0" if call.service == "dynamodb" else "1.1"
    return _response(call, 400, json.dumps(body).encode(), f"application/x-amz-json-{version}")


def _xml(call: Call, status: int, body: str) -> AWSResponse:
    return _response(call, status, body.encode(), "text/xml")


def _response(call: Call, status: int, body: bytes, content_type: str) -> AWSResponse:
    headers: Any = HeadersDict(
        {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "x-amzn-RequestId": REQUEST_ID,
        }
    )
    raw: Any = _Raw(body)
    return AWSResponse(call.request.url, status, headers, raw)


class _Raw:
    """The part of a urllib3 response that botocore reads."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        """The content, in one piece."""
        yield self._content
