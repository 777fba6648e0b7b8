"""`nexus-gen build --watch`: build again whenever the spec is saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from nexus_gen.emit.freshness import spec_files

_INTERVAL = 0.25
"""Seconds between two looks. Looking costs a few stats a file: far below 1% of a core."""

Signature = tuple[tuple[str, int, int, int], ...]
"""Path, size, time of the last change and inode of each file of the spec."""


def watch(root: Path, build: Callable[[], object]) -> None:
    """Build now and after each change of the spec, until Ctrl-C.

    Polls: there are few files, and notifications do not cross the mounts of containers and network
    file systems, which is where people edit.
    """
    try:
        while True:
            seen = signature(root)
            build()
            print("watching spec/ for changes, Ctrl-C to end", flush=True)
            wait_for_change(root, seen)
    except KeyboardInterrupt:
        print()


def signature(root: Path) -> Signature:
    """What changes when a file of the spec is saved, added, renamed or removed."""
    rows = []
    for path in spec_files(str(root)):
        try:
            status = (root / path).stat()
        except OSError:
            rows.append((path, -1, -1, -1))
        else:
            rows.append((path, status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(rows)


def wait_for_change(root: Path, seen: Signature, interval: float = _INTERVAL) -> None:
    """Until the spec differs from `seen` and two looks agree, so that a save is complete."""
    previous = seen
    while True:
        time.sleep(interval)
        current = signature(root)
        if current != seen and current == previous:
            return
        previous = current
