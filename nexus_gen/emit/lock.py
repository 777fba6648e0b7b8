"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nexus_gen.emit.files import open_regular
from nexus_gen.emit.folder import Kind, kind_of
from nexus_gen.emit.problems import OutputError, obstructed

STATE = ".nexus"
"""Folder for what the tool keeps between runs, below the project root; never committed."""


def require_folders(root: Path, *places: str) -> None:
    """Raise OutputError (NX403, NX404) unless each place is a folder, or nothing is there yet."""
    for place in places:
        found = kind_of(root / place)
        if found not in (Kind.FOLDER, Kind.NOTHING):
            raise OutputError([obstructed(place, found)])


def claim_folder(root: Path, place: str) -> None:
    """Have `.nexus` made for its owner alone, before what writes to `place` below it makes it.

    Raises OutputError (NX403, NX404) where one of the two is no folder. Whoever writes there says
    so where it cannot be made.
    """
    require_folders(root, STATE, place)
    with suppress(OSError):
        (root / STATE).mkdir(mode=0o700, exist_ok=True)


def require_plain(root: Path, place: str) -> None:
    """Raise OutputError (NX403, NX404) unless all below a place is a file or a folder.

    For a place whose files others open: what is not there cannot lead them elsewhere, nor let them
    wait for a writer.
    """
    parts = place.split("/")
    require_folders(root, *("/".join(parts[: end + 1]) for end in range(len(parts))))
    for above, folders, files in os.walk(root / place):
        for name in sorted((*folders, *files)):
            path = Path(above, name)
            if (found := kind_of(path)) in (Kind.LINK, Kind.OTHER):
                raise OutputError([obstructed(path.relative_to(root).as_posix(), found)])


@contextmanager
def exclusive(root: Path, output: Path) -> Iterator[None]:
    """Hold the project's lock, waiting for another build to finish; its death frees it too.

    Raises OutputError (NX403, NX404) where something else is in its place, OSError where no lock
    file can be made. Only where `output` cannot be written either is there no lock and no error:
    nothing can be done that the lock would guard.
    """
    require_folders(root, STATE)
    lock = root / STATE / "lock"
    if (found := kind_of(lock)) not in (Kind.FILE, Kind.NOTHING):
        raise OutputError([obstructed(f"{STATE}/lock", found)])
    try:
        lock.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = open_regular(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        if not output.is_dir() or os.access(output, os.W_OK):
            raise
        yield
        return
    try:
        _wait(descriptor)
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _wait(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("waiting for another build of this project to finish", file=sys.stderr, flush=True)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
