"""Which requests the local server refuses because of the page that may have made them.

A page of any site can send requests to this machine from the developer's browser: simple ones
without a question first (forms, `text/plain`, images), and all kinds under a name of its own that
it points at 127.0.0.1 (DNS rebinding). What it cannot choose is `Host`, `Origin`, `Referer` and
`Sec-Fetch-*`.
"""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Set
from urllib.parse import urlsplit

from nexus_gen.local.http import HttpAnswer, HttpRequest, message

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_OWN_SITE = ("same-origin", "none")
"""`Sec-Fetch-Site` of our own pages, and of what a person typed."""


class Strangers:
    """Knows the names of this server and the origins whose pages may use it.

    Args:
        port: that the server listens on.
        private: path prefix that only pages of this machine may use.

    Attributes:
        origins: of other pages that may use it, such as the environment's `cors_origins`.
    """

    def __init__(self, port: int, private: str) -> None:
        with_port = frozenset(f"{name}:{port}" for name in _NAMES)
        self._hosts = with_port | frozenset(_NAMES if port == 80 else ())
        self._own = frozenset(f"http://{host}" for host in self._hosts)
        self._private = private
        self.origins: Set[str] = frozenset()

    def refuse(self, request: HttpRequest, *, page: bool) -> HttpAnswer | None:
        """Refuse what a page of elsewhere may have sent, None for all others.

        Args:
            page: whether the path is the console's: a link on any site may lead there.
        """
        hosts = _values(request, "host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            named = ", ".join(hosts) or "nameless"
            return message(421, f"This server is {min(self._hosts)} and localhost, not {named}.")
        origins = _values(request, "origin")
        if not origins and page and _is_visit(request):
            return None
        pages = origins or [_origin_of(referer) for referer in _values(request, "referer")]
        for origin in pages:
            if not self._may_use(origin, request.path):
                return message(403, f"Pages of {origin} may not use {request.path}.")
        sites = () if origins else _values(request, "sec-fetch-site")
        if any(site not in _OWN_SITE for site in sites):
            return message(403, f"Pages of other sites may not use {request.path}.")
        return None

    def _may_use(self, origin: str, path: str) -> bool:
        if origin in self._own:
            return True
        return origin in self.origins and (not path.startswith(self._private) or _is_here(origin))


def _values(request: HttpRequest, wanted: str) -> list[str]:
    return [value for name, value in request.fields if name == wanted]


def _is_visit(request: HttpRequest) -> bool:
    """Whether a person opens a page in a tab; browsers without Fetch Metadata ask for HTML."""
    if request.method != "GET":
        return False
    if any(name.startswith("sec-fetch-") for name, _ in request.fields):
        headers = request.headers
        return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
            "navigate",
            "document",
        )
    return "text/html" in request.headers.get("accept", "")


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}"


@functools.lru_cache(maxsize=64)
def _is_here(origin: str) -> bool:
    """Whether an origin is a page that this machine serves, on any port.

    `tauri://localhost` and its like are not: they are apps, on whatever machine they run.
    """
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https"):
        return False
    name = parts.hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
