"""Cross-origin answers: an allow-list, the origin echoed, never `*`."""

from __future__ import annotations

import os

EXPOSED = (
    "ETag, Location, Allow, Accept-Patch, Accept-Post, Retry-After, Idempotency-Replayed, "
    "X-Request-Id"
)
ACCEPTED = "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key"

_allowed: tuple[str, frozenset[str]] = ("", frozenset())


def allowed_origins() -> frozenset[str]:
    """Origins of the environment variable CORS_ORIGINS, comma separated; `*` is none."""
    global _allowed
    setting = os.environ.get("CORS_ORIGINS", "")
    if setting != _allowed[0]:
        origins = frozenset(origin.strip() for origin in setting.split(",")) - {"", "*", "null"}
        _allowed = (setting, origins)
    return _allowed[1]


def add_headers(headers: dict[str, str], origin: str | None, exposed: str) -> None:
    """Let an allowed origin read the answer; caches keep answers of origins apart."""
    headers["Vary"] = "Origin"
    if origin is not None and origin in allowed_origins():
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = exposed


def add_preflight_headers(headers: dict[str, str], methods: str, accepted: str) -> None:
    """What a preflight may learn; only beside an allowed origin."""
    if "Access-Control-Allow-Origin" in headers:
        headers["Access-Control-Allow-Methods"] = methods
        headers["Access-Control-Allow-Headers"] = accepted
        headers["Access-Control-Max-Age"] = "600"
