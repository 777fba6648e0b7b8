"""NX312: an origin that no browser sends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model.origins import DEFAULT_PORTS, MAX_PORT, host_of, is_number, origin_of

_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/?#\\]*@)?"
    r"(?P<host>\[[^\]]*\]|[^/?#\\:@]*)(?P<port>:[0-9]*)?(?P<rest>.*)",
    re.DOTALL,
)
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
"""A host in the address of a shell of mobile and desktop apps: of `capacitor`, `ionic`, `tauri`."""
_NULL = ("about", "blob", "data", "file", "javascript")
"""Schemes whose pages send `Origin: null` (HTML, 7.1.1), which no list can name."""
_LIKE = "write an origin like `https://app.example.com`"
_NO_HOST = "it is not a scheme and a host"


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
    parts = _PARTS.fullmatch(origin)
    if parts is None:
        return _NO_HOST, _LIKE
    scheme = parts["scheme"].lower()
    if scheme in _NULL:
        return f"pages of `{scheme}:` send `null`", "serve the page from a server or a shell"
    port = (parts["port"] or "")[1:]
    if port and not 0 < int(port[:9]) <= MAX_PORT:
        return f"there is no port {port}", f"write a port from 1 to {MAX_PORT}"
    if scheme not in DEFAULT_PORTS:
        return _fault_of_shell(origin)
    sent = origin_of(origin)
    if sent == origin:
        return None
    if sent is None:
        return _not_a_host(parts["host"])
    written = f'"{sent}"' if "[" in sent else f"`{sent}`"  # or YAML reads a list
    return _difference(parts, origin, sent), f"write {written}"


def _fault_of_shell(origin: str) -> tuple[str, str] | None:
    _, _, rest = origin.partition("://")
    lower = origin.lower()
    if not _NAME.fullmatch(re.sub(r":[0-9]+$", "", rest.lower())):
        return _NO_HOST, _LIKE
    return None if origin == lower else ("scheme and host are in lower case", f"write `{lower}`")


def _not_a_host(host: str) -> tuple[str, str]:
    if is_number(host.lower().removesuffix(".").rpartition(".")[2]):
        return f"`{host}` is no address of IPv4", "write four numbers from 0 to 255"
    if host.startswith("["):
        return f"`{host}` is no address of IPv6", "write an address like `[2001:db8::1]`"
    return _NO_HOST, _LIKE


def _difference(parts: re.Match[str], origin: str, sent: str) -> str:
    """In what an origin that a browser can open differs from the one that it sends."""
    if parts["user"]:
        return "an origin names no user"
    if parts["rest"] or parts["port"] == ":":
        return "an origin ends after host and port"
    if origin.lower() == sent:
        return "scheme and host are in lower case"
    if not parts["host"].isascii():
        return "a name beyond ASCII is sent in its `xn--` form"
    host = parts["host"].lower()
    if host != host_of(host):
        kind = "a host is sent without a last dot" if host.endswith(".") else ""
        return kind or "an address is sent in its one canonical form"
    if int(parts["port"][1:]) == int(DEFAULT_PORTS[parts["scheme"].lower()]):
        return "the scheme's own port is left out"
    return "a port is sent without leading zeros"
