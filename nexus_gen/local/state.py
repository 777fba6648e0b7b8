"""The folder that one running `nexus-gen dev` keeps its data in."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATE = Path(".nexus/local")
"""Below the project; git ignores `.nexus`."""

_WAIT_SECONDS = 15.0
"""How long an emulator that lost its server may take to save its data and end."""


class InUseError(Exception):
    """Another `nexus-gen dev` serves this project."""


class UnusableError(Exception):
    """The folder, or a file in it, cannot be made or opened."""


_PLAIN = os.O_NOFOLLOW | os.O_NONBLOCK
"""No link is followed, no pipe waited for."""


@contextmanager
def locked(root: Path, *, fresh: bool) -> Iterator[tuple[Path, int]]:
    """The project's data folder for this process alone, and the open file that locks it.

    The lock belongs to the open file: a child that inherits it holds it as well, so that data is
    never shared with an emulator that is still saving.

    Args:
        fresh: remove what is there.

    Raises:
        InUseError: a live process has it.
        UnusableError: it cannot be made, emptied or written, say because the disk is full.
    """
    folder = root / STATE
    with _told():
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _only_its_owner_s(folder.parent)
        file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | _PLAIN, 0o600)
    try:
        with _told():
            _lock(file)
            if fresh:
                _empty(folder)
            os.ftruncate(file, 0)
            os.pwrite(file, str(os.getpid()).encode(), 0)
        yield folder, file
    finally:
        os.close(file)


def private(path: str, flags: int) -> int:
    """An opener for `open`: a file that is made is its owner's only, and is no link or pipe."""
    return os.open(path, flags | _PLAIN, 0o600)


@contextmanager
def _told() -> Iterator[None]:
    """Name the folder where the system refuses something: a full disk names no file."""
    try:
        yield
    except OSError as error:
        raise UnusableError(f"`{STATE}` cannot be used: {error.strerror or error}") from error


def _only_its_owner_s(folder: Path) -> None:
    """Take every right of others from a folder and what is below it; links are not followed.

    An earlier version, or another umask, may have made it: it holds a user pool's keys. Programs
    stay executable: the checks keep Terraform's there.
    """
    for name, _, files in os.walk(folder):
        path = Path(name)
        for file in (path, *(path / name for name in files)):
            with contextlib.suppress(FileNotFoundError):  # what ends takes its files away
                mode = file.lstat().st_mode
                if not stat.S_ISLNK(mode):
                    file.chmod(stat.S_IMODE(mode) & 0o700)


def _lock(file: int) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            owner = os.pread(file, 32, 0).decode()
            if owner.isdecimal() and _lives(int(owner)):
                raise InUseError(f"process {owner} serves this project already") from None
            if time.monotonic() > deadline:
                raise InUseError("an emulator of an earlier run still holds the data") from None
        time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name == "lock":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
