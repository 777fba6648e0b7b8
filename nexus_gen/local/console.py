"""The built console: static files at `/`, and its page for other paths that a browser opens."""

from __future__ import annotations

import html
import mimetypes
import os
import time
from pathlib import Path

from nexus_gen import installation
from nexus_gen.local.http import Headers, HttpAnswer, HttpRequest

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PAGE = "/index.html"
_LOOK_SECONDS = 0.5
"""How long a list of the files is good for: somebody may be building."""
_IMMUTABLE = "public, max-age=31536000, immutable"
_ABSENT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>No console</title>
<h1>There is no console</h1>
<p>The API is served here. The console is {absence}; reload this page then.</p>
<p>The API itself: <a href="/_local/openapi.json">/_local/openapi.json</a></p>
"""


def folder() -> Path:
    """Where the build lies: what `NEXUS_CONSOLE` names, else our own; it may be absent.

    Never in the project: a `console/dist` there is somebody else's.
    """
    named = os.environ.get("NEXUS_CONSOLE")
    return Path(named) if named else installation.part("console/dist", "_console")


def absence(folder: Path) -> str | None:
    """Why there is no console in its folder, with the move; None if there is one."""
    if (folder / PAGE[1:]).is_file():
        return None
    if os.environ.get("NEXUS_CONSOLE"):
        return f"not in {str(folder)!r}, which NEXUS_CONSOLE names: build it there"
    command = installation.make("console")
    return f"not built: `{command}` builds it" if command else "not there: install nexus-gen again"


class Console:
    """Files below one folder, found by exact name, so that no path can lead out of it.

    Args:
        folder: what the console's build writes; looked at anew now and then.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Path] = {}
        self._looked = -_LOOK_SECONDS

    def answer(self, request: HttpRequest) -> HttpAnswer | None:
        """A file, or the page for a browser that asks for one; None where there is neither."""
        if request.method not in ("GET", "HEAD"):
            return None
        page = request.path in ("/", PAGE) or "text/html" in request.headers.get("accept", "")
        since = time.monotonic() - self._looked
        if page or (request.path not in self._files and since > _LOOK_SECONDS):
            self._files, self._looked = self._look(), time.monotonic()
        if request.path in self._files:
            return self._file(request.path)
        if not page:
            return None
        return self._file(PAGE) if PAGE in self._files else self._absent()

    def _absent(self) -> HttpAnswer:
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        body = _ABSENT.format(absence=html.escape(absence(self._folder) or "built"))
        return HttpAnswer(404, [*headers, *_security()], body.encode())

    def _look(self) -> dict[str, Path]:
        found = self._folder.rglob("*") if self._folder.is_dir() else ()
        return {
            f"/{path.relative_to(self._folder).as_posix()}": path
            for path in found
            if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
        }

    def _file(self, path: str) -> HttpAnswer:
        try:
            body = self._files[path].read_bytes()
        except OSError:  # a build is replacing it
            return HttpAnswer(503, [("Retry-After", "1"), *_security()], b"")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith("javascript"):
            kind += "; charset=utf-8"
        # Vite names what it builds after its content; all else may change under its name.
        cache = _IMMUTABLE if path.startswith("/assets/") else "no-cache"
        return HttpAnswer(
            200, [("Content-Type", kind), ("Cache-Control", cache), *_security()], body
        )


def _security() -> Headers:
    return [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ]
