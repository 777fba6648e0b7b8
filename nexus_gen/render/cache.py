"""Compiled templates between builds: parsing and compiling them costs more than rendering."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGEST_SIZE = hashlib.sha256().digest_size
KEPT = 1_000
"""Entries, of about 5 KB each."""

_ENVIRONMENT = Path(__file__).with_name("environment.py")


def cache_folder() -> Path:
    """Where this user's caches are (XDG base directories; `LOCALAPPDATA` on Windows)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    base = Path(home) if home else Path("~/.cache").expanduser()
    return base / "nexus-gen" / "templates"


class TemplateCache(BytecodeCache):
    """One file a template, named by everything that its bytecode depends on.

    A file is written beside its final name and renamed, so concurrent builds see whole files; it
    begins with the digest of the rest, so a damaged one is as good as absent. Where the folder
    cannot be read or written there is no cache, and no error.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version = b"\0".join(
            [jinja2.__version__.encode(), sys.version.encode(), _ENVIRONMENT.read_bytes()]
        )

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if there is a sound file for it."""
        try:
            content = self._path(bucket).read_bytes()
        except OSError:
            return
        digest, bytecode = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        if hashlib.sha256(bytecode).digest() == digest:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bytecode of `bucket`, where that is possible."""
        bytecode = bucket.bytecode_to_string()
        content = hashlib.sha256(bytecode).digest() + bytecode
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._make_room()
            descriptor, draft = tempfile.mkstemp(dir=self._folder)
        except OSError:
            return
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(draft).replace(self._path(bucket))
        except OSError:
            Path(draft).unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Start over past `KEPT` entries: nobody says when an old one is not needed any more."""
        entries = list(self._folder.iterdir())
        if len(entries) > KEPT:
            for entry in entries:
                entry.unlink(missing_ok=True)

    def _path(self, bucket: Bucket) -> Path:
        identity = b"\0".join([self._version, bucket.key.encode(), bucket.checksum.encode()])
        return self._folder / hashlib.sha256(identity).hexdigest()
