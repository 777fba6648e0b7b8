"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATE = ".nexus"
"""Folder for what the tool keeps between runs, below the project root; never committed."""


@contextmanager
def exclusive(root: Path, output: Path) -> Iterator[None]:
    """Hold the project's lock, waiting for another build to finish; its death frees it too.

    Raises OSError where no lock file can be made. Only where `output` cannot be written either is
    there no lock and no error: nothing can be done that the lock would guard.
    """
    try:
        (root / STATE).mkdir(exist_ok=True)
        descriptor = os.open(root / STATE / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
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
