"""Opening files where others can write too: no link is followed, no pipe waited for."""

from __future__ import annotations

import errno
import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1024 * 1024


def open_regular(path: str | os.PathLike[str], flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """A descriptor of the regular file at `path`.

    Raises:
        OSError: it cannot be opened, or a link, a folder, a pipe or a device is there.
    """
    safe = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags | safe, mode)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file", os.fspath(path))
    return descriptor


def chunks(path: str, size: int) -> Iterator[bytes]:
    """The content of a file of `size` bytes, links followed, in pieces of 1 MB at most.

    Raises:
        OSError: it cannot be read, or has grown since it was measured.
    """
    with open(path, "rb", buffering=0) as file:
        left = size + 1
        while content := file.read(min(left, _CHUNK)):
            left -= len(content)
            if not left:
                raise OSError(errno.EFBIG, "it is growing", path)
            yield content
