"""A package registry with what `make setup` installed, so that npm runs as users run it, offline.

It serves the package documents and tarballs that npm asks for, and nothing else of the protocol.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote


@contextmanager
def registry(cache: Path, *modules: Path) -> Iterator[dict[str, str]]:
    """Serve the packages of `node_modules` folders; yields npm's environment.

    Args:
        cache: an empty folder for what npm has fetched.
        modules: a package is taken from the first folder that has it.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, _, tarball = unquote(self.path.partition("?")[0])[1:].partition("/-/")
            found = [folder / name for folder in modules if (folder / name).is_dir()]
            body = b""
            if found:
                url = f"http://{self.headers['host']}{self.path}/-/package.tgz"
                body = _tarball(found[0]) if tarball else _document(found[0], url)
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {
            **{name: value for name, value in os.environ.items() if "npm_config" not in name},
            "npm_config_registry": f"http://127.0.0.1:{server.server_port}",
            "npm_config_cache": str(cache),
            "npm_config_userconfig": str(cache / "npmrc"),
            "npm_config_audit": "false",
            "npm_config_fund": "false",
            "npm_config_update_notifier": "false",
        }
    finally:
        server.shutdown()
        server.server_close()


def _document(package: Path, tarball: str) -> bytes:
    """The package document of the one version that there is."""
    described = json.loads((package / "package.json").read_text())
    version = described["version"]
    described["dist"] = {"tarball": tarball}
    document = {
        "name": described["name"],
        "dist-tags": {"latest": version},
        "versions": {version: described},
    }
    return json.dumps(document).encode()


def _tarball(package: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as archive:
        archive.add(package, "package", filter=_own)
    return buffer.getvalue()


def _own(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without the packages that lie within a package."""
    return None if entry.name.startswith("package/node_modules") else entry
