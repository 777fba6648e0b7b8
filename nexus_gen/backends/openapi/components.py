"""What all operations share: parameters, headers, problems, the security scheme."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from nexus_gen.backends.openapi import examples
from nexus_gen.backends.openapi.writer import Shared

MAX_LIMIT = 100
DEFAULT_LIMIT = 20


@lru_cache(maxsize=1024)
def reference(kind: str, name: str) -> Shared:
    """`{"$ref": "#/components/responses/NotFound"}`"""
    return Shared({"$ref": f"#/components/{kind}/{name}"})


def _header(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string", **schema}}


HEADERS: dict[str, Any] = {
    "ETag": _header("Version of the item, for `If-Match` and `If-None-Match`.", example='"1"'),
    "Location": _header("Path of the new item.", format="uri-reference"),
    "Allow": _header("Methods that the path has.", example="GET, POST"),
    "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
    "IdempotencyReplayed": _header(
        "The answer repeats that to an earlier request with this `Idempotency-Key`.", const="true"
    ),
    "Vary": _header("Answers differ by origin.", const="Origin"),
    "RequestId": _header("Names the request in logs."),
    "AcceptedTypes": _header("Media types that the body may have."),
    "WwwAuthenticate": _header("How to authenticate."),
}

STANDARD_HEADERS = {
    "Vary": reference("headers", "Vary"),
    "X-Request-Id": reference("headers", "RequestId"),
}
"""Headers of every answer that the function gives."""

_TAG = '(W/)?"[!#-~]*"'
_IF_MATCH = {"type": "string", "pattern": rf"^(\*|{_TAG}( *, *{_TAG})*)$"}
_STRONG = "A weak tag (`W/`) names no version."

PARAMETERS: dict[str, Any] = {
    "Limit": {
        "name": "limit",
        "in": "query",
        "description": (
            "Items of a page. It has fewer where it is the last, or where the next item would not "
            "fit into the answer; `next_cursor` tells which."
        ),
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_LIMIT,
            "default": DEFAULT_LIMIT,
        },
    },
    "Cursor": {
        "name": "cursor",
        "in": "query",
        "description": "`next_cursor` of the page before, with the same filters and order.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 2048},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": f"Write only if the item still has this ETag; else 412. {_STRONG}",
        "schema": _IF_MATCH,
        "example": '"1"',
    },
    "IfMatchRequired": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "Write only if the item still has this ETag; 412 if not, 428 without it. "
        + _STRONG,
        "schema": _IF_MATCH,
        "example": '"1"',
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "304 instead of the item if it still has this ETag.",
        "schema": {"type": "string"},
        "example": '"1"',
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Makes a repeated request within 24 hours return the first answer.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "example": "5f0c3a52-6d0e-4b57-9f6a-2f1f6f8f9a11",
    },
}

FIELD_ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {
        "pointer": {"type": "string", "description": "JSON Pointer into the body (RFC 6901)."},
        "parameter": {"type": "string", "description": "Query parameter."},
        "code": {"type": "string", "description": "Stable name of the problem."},
        "detail": {"type": "string"},
    },
    "required": ["code", "detail"],
}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable name of the problem."},
        "request_id": {"type": "string", "description": "Names the request in logs."},
        "errors": {"type": "array", "items": reference("schemas", "FieldError")},
    },
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "examples": [
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "The body does not fit the schema.",
            "code": "invalid",
            "request_id": examples.SUBJECT,
            "errors": [{"pointer": "/title", "code": "required", "detail": "A value is required."}],
        }
    ],
}

GATEWAY_MESSAGE: dict[str, Any] = {
    "type": "object",
    "description": "What API Gateway answers before the function is asked.",
    "properties": {"message": {"type": ["string", "null"]}},
}

SCHEMAS = {"Problem": PROBLEM, "FieldError": FIELD_ERROR, "GatewayMessage": GATEWAY_MESSAGE}

CODES = "x-problem-codes"
"""Extension of a response: codes, of the problem or of its errors, with which a request is refused
that fits every schema of the operation. Each depends on what is stored, or on what schemas have no
words for."""

_CODES: dict[str, dict[str, str]] = {
    "BadQuery": {
        "not_indexed": "No index serves these filters in this order.",
        "unknown": "The trash takes no filters.",
        "sort": "The trash is in order of creation.",
        "cursor": "The cursor was not given for this query.",
    },
    "BadRequest": {
        "not_found": "A reference leads nowhere.",
        "max_bytes": "Free JSON is larger than its bound.",
        "precision": "A double does not carry the number unchanged.",
        "required": "After the patch a required member is missing.",
        "min_items": "After the patch there are too few items.",
        "max_items": "After the patch there are too many items.",
        "key_too_long": "An indexed or unique value has too many bytes.",
    },
    "Conflict": {
        "unique": "Another item has a value that must be unique; `errors` says which.",
        "reference_gone": "A reference of the item to restore leads nowhere any more.",
        "in_use": "Others refer to the item that is to be deleted.",
        "circular": "Items that would be deleted refer to one another in a circle.",
        "too_many_dependents": "More items would be deleted or changed than one request may.",
        "not_deleted": "The item to restore is not in the trash.",
        "concurrent_update": "Others changed the item at the same time.",
        "idempotency_unreadable": "The first answer to this `Idempotency-Key` cannot be read.",
    },
    "PreconditionFailed": {"precondition_failed": "`If-Match` names no version that it has."},
    "PreconditionRequired": {"precondition_required": "There is no `If-Match`."},
    "UnprocessableContent": {
        "idempotency_key_reused": "The `Idempotency-Key` was used for another request.",
    },
}

_PROBLEMS: tuple[tuple[int, str, str, dict[str, str]], ...] = (
    (400, "BadQuery", "The query cannot be served; `errors` lists each fault.", {}),
    (400, "BadRequest", "A header or the body is wrong; `errors` lists each fault.", {}),
    (401, "Unauthorized", "No valid token.", {"WWW-Authenticate": "WwwAuthenticate"}),
    (403, "Forbidden", "The caller may not do this.", {}),
    (404, "NotFound", "There is no such item in the caller's organization.", {}),
    (405, "MethodNotAllowed", "The path has no such method.", {"Allow": "Allow"}),
    (409, "Conflict", "The state of the data stands against it; `code` says what.", {}),
    (412, "PreconditionFailed", "The item is not in a version that `If-Match` names.", {}),
    (413, "ContentTooLarge", "The body is larger than 1 MB.", {}),
    (
        415,
        "UnsupportedMediaType",
        "The body is not of a media type that is read here.",
        {"Accept-Post": "AcceptedTypes", "Accept-Patch": "AcceptedTypes"},
    ),
    (422, "UnprocessableContent", "The `Idempotency-Key` was used for another request.", {}),
    (428, "PreconditionRequired", "`If-Match` is required.", {}),
    (429, "TooManyRequests", "Too many requests.", {"Retry-After": "RetryAfter"}),
    (431, "RequestHeaderFieldsTooLarge", "The headers are larger than 10,240 bytes.", {}),
    (500, "InternalServerError", "Our fault; the log has the reason.", {}),
    (503, "ServiceUnavailable", "Busy. Try again later.", {"Retry-After": "RetryAfter"}),
)
_BY_GATEWAY = frozenset({401, 403, 413, 429, 431, 500, 503})
"""Statuses that API Gateway also gives by itself, in its own form."""


def responses() -> dict[str, Any]:
    """Every answer that is not a success."""
    return {
        name: _problem(status, name, description, headers)
        for status, name, description, headers in _PROBLEMS
    }


def _problem(status: int, name: str, description: str, headers: dict[str, str]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": reference("schemas", "Problem")}}
    if status in _BY_GATEWAY:
        content["application/json"] = {"schema": reference("schemas", "GatewayMessage")}
    own = {header: reference("headers", name) for header, name in headers.items()}
    stated = {CODES: _CODES[name]} if name in _CODES else {}
    return {
        "description": description,
        "headers": own | STANDARD_HEADERS,
        "content": content,
        **stated,
    }


PROBLEM_NAMES = {status: name for status, name, _, _ in _PROBLEMS}


def security_scheme(roles: tuple[tuple[str, str], ...], claim: str) -> dict[str, Any]:
    """Cognito's token, and what it must carry."""
    said = [f"- `{name}`: {text}" if text else f"- `{name}`" for name, text in roles]
    return {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "\n".join(
            [
                "ID token of the Amazon Cognito user pool. The organization is its claim",
                f"`{claim}`, roles are its groups (`cognito:groups`):",
                "",
                *said,
            ]
        ),
    }
