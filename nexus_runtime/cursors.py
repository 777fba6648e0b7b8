"""Cursors of lists: opaque, authenticated, and good for one query of one tenant.

A cursor carries the sort key after which the next page begins and nothing else; partition keys are
rebuilt from the request. Its authentication covers tenant, query, direction and the definition of
the index, so that it is refused wherever it does not belong.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import threading
from collections.abc import Sequence
from hashlib import sha256

from botocore.exceptions import BotoCoreError, HTTPClientError

from nexus_runtime import aws, telemetry
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem, QueryErrors, invalid_query, unavailable

MAX_LENGTH = 2048
"""Characters of a cursor; a sort key has at most 1,024 bytes."""

_MESSAGE = b"nexus_runtime cursor key 1"
"""What KMS authenticates to make the key: another message would be another key."""

_TAG_BYTES = 16

_lock = threading.Lock()
_key: bytes | None = None


def seal(tenant: Tenant, scope: Sequence[str | None], position: str) -> str:
    """A cursor for the items after `position`, within `scope`."""
    raw = position.encode()
    return _encoded(_tag(tenant, scope, raw) + raw)


def unseal(tenant: Tenant, scope: Sequence[str | None], cursor: str) -> str:
    """The position of a cursor; a 400 problem where it is not one of this query and tenant."""
    if len(cursor) > MAX_LENGTH or not cursor.isascii():
        raise _refused()
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _refused() from None
    if _encoded(raw) != cursor:
        raise _refused()
    tag, position = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(tenant, scope, position)):
        raise _refused()
    return position.decode()


def reset() -> None:
    """Forget the key, as a new container would."""
    global _key
    with _lock:
        _key = None


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refused() -> Problem:
    errors = QueryErrors()
    errors.add("cursor", "cursor", "The cursor does not belong to this query.")
    return invalid_query(errors)


def _tag(tenant: Tenant, scope: Sequence[str | None], position: bytes) -> bytes:
    message = json.dumps([tenant, *scope]).encode() + b"\0" + position
    return hmac.new(_signing_key(), message, sha256).digest()[:_TAG_BYTES]


def _signing_key() -> bytes:
    global _key
    if _key is None:
        with _lock:
            if _key is None:
                _key = _derive()
    return _key


def _derive() -> bytes:
    """The container's key: KMS's MAC of a fixed message, under a key that never leaves KMS."""
    body = json.dumps(
        {
            "KeyId": os.environ["CURSOR_KEY_ARN"],
            "MacAlgorithm": "HMAC_SHA_256",
            "Message": base64.b64encode(_MESSAGE).decode(),
        }
    )
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "TrentService.GenerateMac",
    }
    for _ in range(2):
        try:
            status, answer = aws.signed_call("kms", "GenerateMac", headers, body.encode())
        except (HTTPClientError, BotoCoreError) as error:
            telemetry.note("kms", type(error).__name__)
            continue
        if status == 200:
            return base64.b64decode(json.loads(answer)["Mac"])
        telemetry.note("kms", str(status))
        if status < 500 and status != 429 and b"Throttling" not in answer:
            raise RuntimeError("KMS refused to derive the cursor key")
    raise unavailable()
