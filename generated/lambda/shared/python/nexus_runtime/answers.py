"""How large an answer may be: Lambda bounds what a function returns, not what a client receives.

The body is a string inside the JSON that the runtime client sends to Lambda, so that it is escaped
once more there: each quote and each backslash of it counts twice. In the runtime python3.13 other
characters are sent as UTF-8 (`awslambdaric`, lambda_runtime_marshaller.py: `ensure_ascii=False`).
"""

from __future__ import annotations

import json

MAX_BODY = 6_200_000
"""Bytes of a body, escaped. Lambda takes 6,291,556 bytes of JSON from a function (its error
Function.ResponseSizeTooLarge; its quotas page says 6 MB). What is left is for the status and the
headers, of which API Gateway takes 10,240 bytes."""

SURELY_FITS = MAX_BODY // 4
"""Characters of a body that need no measuring: each is sent as at most four bytes."""

_escaped = json.JSONEncoder(ensure_ascii=False).encode


def sent_bytes(text: str) -> int:
    """Bytes that a text of an answer takes on its way out of the function."""
    return len(_escaped(text).encode("utf-8", "surrogatepass"))


def fits(body: str) -> bool:
    """Whether Lambda takes an answer with this body."""
    return len(body) <= SURELY_FITS or sent_bytes(body) <= MAX_BODY
