"""Request bodies: media type, bytes, depth and number of keys are bounded before parsing."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from email.message import Message
from typing import Any, NoReturn

from nexus_runtime.problems import Problem, bad_request, too_large

JSON = ("application/json",)
MERGE_PATCH = ("application/merge-patch+json", "application/json")
"""RFC 7396; plain JSON is read as a merge patch too."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_KEYS = 10_000

_UTF_8 = frozenset(["utf-8", "utf8"])
"""Its name (IANA Character Sets), and what much software writes instead."""

_TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}:]', re.DOTALL)
"""Strings as a whole, also one that never ends: a scan that began anew at each quote of it would
take quadratic time. Without a match there is nothing to go back to (possessive quantifiers)."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read(event: Mapping[str, Any], content_type: str | None, media_types: Sequence[str]) -> Any:
    """The JSON value of an event's body, numbers with a fraction as Decimal.

    Raises problems: 415 for another media type, 413 past 1 MB (also inside Base64), 400 for text
    that is not JSON (RFC 8259) or that holds duplicate names, NaN, lone surrogates, more than 32
    levels or 10,000 names.
    """
    _check_media_type(content_type, media_types)
    text = _text(event)
    _check_shape(text)
    try:
        value = _DECODER.decode(text)
    except (ValueError, ArithmeticError, RecursionError):
        raise _malformed() from None
    if _SURROGATE.search(text):
        _check_surrogates(value)
    return value


def _malformed(detail: str = "The body is not valid JSON.") -> Problem:
    return bad_request("malformed", detail)


def _check_media_type(content_type: str | None, media_types: Sequence[str]) -> None:
    message = Message()
    message["Content-Type"] = content_type or ""
    try:
        if message.get_content_type() in media_types and _charsets(message) <= _UTF_8:
            return
    except (TypeError, ValueError):  # parts of a value that are numbered in part, or beyond reason
        pass
    field = "Accept-Patch" if media_types is MERGE_PATCH else "Accept-Post"
    raise Problem(
        415,
        "unsupported_media_type",
        f"Send the body with `Content-Type: {media_types[0]}`.",
        headers={field: ", ".join(media_types)},
    )


def _charsets(message: Message) -> set[str]:
    """Every character set that the parameters name; two of them would be two readings.

    An extended value (RFC 2231, `charset*=us-ascii''utf-8`) is not decoded: the client names the
    codec, and some of Python's raise.
    """
    parameters = message.get_params(failobj=[])[1:]
    given = (value for name, value in parameters if name == "charset")
    return {(value if isinstance(value, str) else value[2]).lower() for value in given}


def _text(event: Mapping[str, Any]) -> str:
    body = event.get("body")
    if not isinstance(body, str) or not body:
        raise _malformed("The body is empty.")
    if event.get("isBase64Encoded"):
        return _decoded(body)
    if len(body) > MAX_BYTES:
        raise too_large()
    if not body.isascii():
        try:
            size = len(body.encode())
        except UnicodeEncodeError:
            raise _malformed("The body is not valid UTF-8.") from None
        if size > MAX_BYTES:
            raise too_large()
    return body


def _decoded(body: str) -> str:
    if len(body) > (MAX_BYTES + 2) // 3 * 4:
        raise too_large()
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed() from None
    if len(raw) > MAX_BYTES:
        raise too_large()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed("The body is not valid UTF-8.") from None


def _check_shape(text: str) -> None:
    if text.count("{") + text.count("[") <= MAX_DEPTH and text.count(":") <= MAX_KEYS:
        return
    depth = keys = 0
    for match in _TOKENS.finditer(text):
        token = match[0]
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise bad_request("too_deep", "The body is nested too deeply.")
        elif token in "]}":
            depth -= 1
        elif token == ":":
            keys += 1
            if keys > MAX_KEYS:
                raise bad_request("too_many_names", "The body has too many members.")


def _check_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise _malformed("The body is not valid UTF-8.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate name")
    return members


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_refuse)
