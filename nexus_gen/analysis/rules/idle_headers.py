"""NX331: a header of `cors` that does nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label

SENT = ("Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key")
"""Headers that pages may send without being named: what the API itself reads."""

EXPOSED = (
    *("ETag", "Location", "Allow", "Accept-Patch", "Accept-Post", "Retry-After"),
    *("Idempotency-Replayed", "X-Request-Id"),
    *("Cache-Control", "Content-Language", "Content-Length", "Content-Type"),
    *("Expires", "Last-Modified", "Pragma"),
)
"""Headers that pages may read without being named: those of the API, and those that every answer
shows (Fetch standard, "CORS-safelisted response-header name")."""

_NEVER_SENT = re.compile(
    "accept-charset|accept-encoding|access-control-request-(headers|method)|connection"
    "|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer"
    "|transfer-encoding|upgrade|via|(proxy|sec)-.*"
)
"""Fetch standard, "forbidden request-header"."""

_NEVER_READ = re.compile("set-cookie2?")
"""Fetch standard, "forbidden response-header name"."""


def idle_headers(subject: Subject) -> Iterator[Diagnostic]:
    """A header that is named twice, is allowed anyway, or that no browser lets a page have."""
    cors = subject.nexus / "cors"
    yield from _idle(cors / "request_headers", SENT, _NEVER_SENT, "send")
    yield from _idle(cors / "exposed_headers", EXPOSED, _NEVER_READ, "read")


def _idle(
    headers: Place, there: tuple[str, ...], never: re.Pattern[str], verb: str
) -> Iterator[Diagnostic]:
    known = {name.lower() for name in there}
    first: dict[str, Place] = {}
    for place in headers.items():
        name = place.text.lower()
        if never.fullmatch(name):
            problem, note = f"no browser lets a page {verb} `{place.text}`", "never allowed"
        elif name in known:
            problem, note = f"pages may {verb} `{place.text}` anyway", "allowed already"
        elif name in first:
            problem, note = f"`{place.text}` is named twice", "the same header"
        else:
            first[name] = place
            continue
        labels = (Label(first[name].span, "named here"),) if name in first else ()
        yield Diagnostic(
            "NX331", problem, place.span, note=note, labels=labels, help="remove it from the list"
        )
