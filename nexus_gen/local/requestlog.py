"""One line a request, with what it made DynamoDB do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TextIO

from nexus_gen.diagnostics.render_text import wants_colour
from nexus_gen.local.gateway import Handled
from nexus_gen.local.http import HttpRequest
from nexus_gen.local.wire import Call

_RESET, _DIM, _BOLD = "\x1b[0m", "\x1b[2m", "\x1b[1m"
_STATUS = {2: "\x1b[32m", 3: "\x1b[36m", 4: "\x1b[33m", 5: "\x1b[31m"}

Paint = Callable[[str, str], str]


def line(request: HttpRequest, handled: Handled, claim: str, *, colour: bool = False) -> str:
    """`GET /education/courses -> 200 (3.1 ms) acme admin@acme.example | Query gsi1 20 items 1.2 ms`

    Args:
        claim: token claim that carries the organization.
    """
    paint = _paint if colour else _plain
    status = handled.answer.status
    who = " ".join(filter(None, (handled.claims.get(claim, ""), user_of(handled.claims))))
    parts = [
        f"{paint(_BOLD, request.method)} {request.target} -> "
        f"{paint(_STATUS.get(status // 100, ''), str(status))} ({handled.ms:.1f} ms)"
    ]
    if who:
        parts.append(who)
    if handled.error:
        parts.append(paint(_STATUS[5], handled.error))
    text = " ".join(parts)
    if handled.calls:
        text += paint(_DIM, " | " + ", ".join(map(_call, handled.calls)))
    return text


def user_of(claims: dict[str, str]) -> str:
    """The caller's name as people know it: e-mail address, or user name, or subject."""
    for name in ("email", "cognito:username", "sub"):
        if claims.get(name):
            return claims[name]
    return ""


def event(request: HttpRequest, handled: Handled, claim: str) -> dict[str, Any]:
    """The `request` event of the local API; its form is documented in docs/local-api.md."""
    return {
        "id": handled.id,
        "session": request.headers.get("x-console-session", ""),
        "method": request.method,
        "path": request.target,
        "status": handled.answer.status,
        "ms": round(handled.ms, 1),
        "organization": handled.claims.get(claim, ""),
        "user": user_of(handled.claims),
        "error": handled.error,
        "calls": handled.calls,
    }


def writer(stream: TextIO | None = None) -> tuple[Callable[[str], None], bool]:
    """What prints a line at once, and whether it may be coloured."""
    out = stream or sys.stdout

    def write(text: str) -> None:
        out.write(f"{text}\n")
        out.flush()

    return write, wants_colour(out)


def _call(call: Call) -> str:
    words = [call["operation"]]
    if "index" in call:
        words.append(call["index"])
    if "actions" in call:
        words.append(f"of {len(call['actions'])}")
    if "items" in call:
        words.append(f"{call['items']} item{'' if call['items'] == 1 else 's'}")
    words.append(f"{call['ms']:.1f} ms")
    if call["status"] != 200:
        words.append(f"({call['status'] or 'no answer'})")
    return " ".join(words)


def _paint(code: str, text: str) -> str:
    return f"{code}{text}{_RESET}" if code else text


def _plain(_code: str, text: str) -> str:
    return text
