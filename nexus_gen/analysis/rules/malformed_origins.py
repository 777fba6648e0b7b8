"""NX312: an origin that no browser sends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]*)://({_LABEL}(\.{_LABEL})*|\[[0-9a-f:.]+\])(?P<port>:[0-9]{{1,5}})?"
)
_USER = re.compile(r"(?<=://)[^/@]*@")
_NULL = ("about", "blob", "data", "file", "javascript")
"""Schemes whose pages send `Origin: null` (HTML, 7.1.1), which no list can name. Shells of mobile
and desktop apps have schemes of their own: `capacitor`, `ionic`, `tauri`."""
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def malformed_origins(subject: Subject) -> Iterator[Diagnostic]:
    """What no browser sends in `Origin` (RFC 6454, section 6.2)."""
    for environment in subject.environments():
        for place in (environment / "cors_origins").items():
            origin = place.text
            if "*" not in origin and (why := _fault(origin)) is not None:
                fact, help_ = why
                yield Diagnostic(
                    "NX312",
                    f"no browser sends the origin `{origin}`: {fact}",
                    place.span,
                    help=help_,
                )


def _fault(origin: str) -> tuple[str, str] | None:
    """What is wrong with an origin, and the move."""
    match = _ORIGIN.fullmatch(origin)
    if match is None:
        if _ORIGIN.fullmatch(origin.lower()):
            return "scheme and host are in lower case", f"write `{origin.lower()}`"
        without_user = _USER.sub("", origin)
        if origin_only := _ORIGIN.match(without_user):
            if without_user != origin:
                return "an origin names no user", f"write `{origin_only[0]}`"
            return "an origin ends after host and port", f"write `{origin_only[0]}`"
        return "it is not a scheme and a host", "write an origin like `https://app.example.com`"
    if match["scheme"] in _NULL:
        return (
            f"pages of `{match['scheme']}:` send `null`",
            "serve the page from a server or a shell",
        )
    port = (match["port"] or "")[1:]
    if port and port == _DEFAULT_PORTS.get(match["scheme"]):
        return "the scheme's own port is left out", f"write `{origin.rpartition(':')[0]}`"
    if port and not 0 < int(port) < 65536:
        return f"there is no port {port}", "write a port from 1 to 65535"
    return None
