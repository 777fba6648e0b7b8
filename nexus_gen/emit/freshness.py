"""Whether anything changed since the last build: if not, a build has nothing to do.

`.nexus/build` records, for a build that succeeded without a warning, each file that went in and
each that came out. A file counts as unchanged if its size, times and inode are as recorded, or else
if its bytes are. Times alone cannot tell two changes within one tick of the clock apart, so that a
file younger than the record by less than `_TICK` is read (the rule of git's index).

The files of the compiler itself count as an input: in a checkout they change. They are not read: if
one seems changed, there is a build.

This runs before everything else and is often all that runs, so that it imports nothing that costs:
no pathlib, no dataclasses, no json.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress

from nexus_gen.emit.files import chunks, open_regular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RECORD = os.path.join(".nexus", "build")
"""Below the project root."""

_FOLDERS = (".nexus", "generated", "dist")
"""A build refuses a link in the place of one."""

_HEADER = "nexus-gen build record 1"
_TICK = 2_000_000_000
_TOOL = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_INPUT, _OUTPUT, _COMPILER = "input", "output", "compiler"


class Snapshot:
    """The inputs as they are now; to be taken before they are read for the build.

    Where one of them cannot be read, there is nothing to record; the front end says what is wrong.
    """

    def __init__(self, root: str, largest: int) -> None:
        """`largest`: bytes of a spec beyond which it is not read; the front end refuses it."""
        self._root = root
        self._time = time.time_ns()
        self._rows: list[tuple[str, ...]] | None
        try:
            paths = list(spec_files(root))
            if sum(int(_stamp(f"{root}{os.sep}{path}")[0]) for path in paths) > largest:
                raise OSError("the spec is too large")
            self._rows = [
                *(_row(_INPUT, self._time, path, root) for path in paths),
                *(_row(_COMPILER, self._time, path) for path in compiler_files()),
            ]
        except OSError:
            self._rows = None

    def record(self, outputs: Mapping[str, str | None]) -> None:
        """Keep it, with the outputs, for the next build to compare with.

        Best effort: where it cannot be kept, the next build does its work again.

        Args:
            outputs: path below the root -> digest of its bytes, None to have it read.
        """
        if self._rows is None:
            return
        rows = [
            _row(_OUTPUT, self._time, path, self._root, digest) for path, digest in outputs.items()
        ]
        _write(self._root, [*self._rows, *rows])


def unchanged(root: str) -> int | None:
    """How many outputs the last build left, if it would do the same again; else None."""
    try:
        if any(os.path.islink(os.path.join(root, folder)) for folder in _FOLDERS):
            return None
        with open(open_regular(os.path.join(root, RECORD)), encoding="utf-8") as file:
            header, *rows = file.read().removesuffix("\n").split("\n")
        recorded = [tuple(row.split("\t")) for row in rows]
        if header != _HEADER or os.path.lexists(os.path.join(root, "generated", ".nexus")):
            return None
        return _compare(root, recorded)
    except (OSError, ValueError):
        return None


def forget(root: str) -> None:
    """Make the next build do its work."""
    try:
        os.unlink(os.path.join(root, RECORD))
    except OSError:
        return


def spec_files(root: str) -> Iterator[str]:
    """Everything that the compiler looks at below `spec/`, relative to the root."""
    verticals = os.path.join("spec", "verticals")
    for folder in ("spec", *_folders(root, "spec"), *_folders(root, verticals)):
        for name in _names(root, folder):
            path = os.path.join(folder, name)
            if is_yaml(name) and not os.path.isdir(os.path.join(root, path)):
                yield path


def _folders(root: str, above: str) -> list[str]:
    paths = [os.path.join(above, name) for name in _names(root, above) if name[0] != "."]
    return [path for path in paths if os.path.isdir(os.path.join(root, path))]


def _names(root: str, folder: str) -> list[str]:
    try:
        return sorted(os.listdir(os.path.join(root, folder)))
    except OSError:
        return []


def is_yaml(name: str) -> bool:
    """Whether a file of this name may be one of a spec; hidden ones are an editor's."""
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def compiler_files() -> Iterator[str]:
    """Absolute paths of the compiler's own files: code, templates, and the runtime it ships."""
    base = os.path.dirname(_TOOL)
    for folder in (_TOOL, os.path.join(base, "templates"), os.path.join(base, "nexus_runtime")):
        yield from _below(folder)


def _below(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _below(entry.path)
        elif not entry.name.startswith("."):
            yield entry.path


def _compare(root: str, recorded: list[tuple[str, ...]]) -> int | None:
    """Raises ValueError for a record that is none, OSError for a file that is gone."""
    inputs = list(spec_files(root))
    compiler = list(compiler_files())
    if [row[-1] for row in recorded if row[0] == _INPUT] != inputs:
        return None
    if [row[-1] for row in recorded if row[0] == _COMPILER] != compiler:
        return None
    now = time.time_ns()
    refreshed = []
    for kind, taken, *stamp, digest, path in recorded:
        full = path if kind == _COMPILER else f"{root}{os.sep}{path}"
        current = _stamp(full)
        if stamp != current or _is_racy(current, int(taken)):
            if kind == _COMPILER or os.path.islink(full) or stamp[0] != current[0]:
                return None
            if _digest(full, int(current[0])) != digest:
                return None
            taken = str(now)
        refreshed.append((kind, taken, *current, digest, path))
    if refreshed != recorded:
        _write(root, refreshed)
    return sum(row[0] == _OUTPUT for row in recorded)


def _row(
    kind: str, taken: int, path: str, root: str = "", digest: str | None = None
) -> tuple[str, ...]:
    full = f"{root}{os.sep}{path}" if root else path
    stamp = _stamp(full)
    if digest is None:
        digest = "" if kind == _COMPILER else _digest(full, int(stamp[0]))
    return (kind, str(taken), *stamp, digest, path)


def _stamp(path: str) -> list[str]:
    """Size, times of content and of inode, inode; the file's own, links followed.

    Raises OSError for what is no regular file: to open a pipe would wait for somebody to write.
    """
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{path} is not a regular file")
    size, inode = status.st_size, status.st_ino
    return [str(size), str(status.st_mtime_ns), str(status.st_ctime_ns), str(inode)]


def _is_racy(stamp: list[str], taken: int) -> bool:
    return max(int(stamp[1]), int(stamp[2])) > taken - _TICK


def _digest(path: str, size: int) -> str:
    import hashlib

    digest = hashlib.sha256()
    for content in chunks(path, size):
        digest.update(content)
    return digest.hexdigest()


def _remove_drafts(folder: str) -> None:
    """Remove what killed builds left. A build that is writing one now keeps no record then."""
    for name in os.listdir(folder):
        if name.startswith("build.") and name.removeprefix("build.").isdecimal():
            os.unlink(os.path.join(folder, name))


def _write(root: str, rows: Iterable[tuple[str, ...]]) -> None:
    record = os.path.join(root, RECORD)
    draft = f"{record}.{os.getpid()}"
    lines = ["\t".join(row) for row in rows]
    if any(line.count("\t") != 7 or "\n" in line or "\r" in line for line in lines):
        forget(root)
        return
    try:
        os.makedirs(os.path.dirname(record), mode=0o700, exist_ok=True)
        _remove_drafts(os.path.dirname(record))
        descriptor = open_regular(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join([_HEADER, *lines]) + "\n")
        os.replace(draft, record)
    except (OSError, ValueError):
        forget(root)
        with suppress(OSError):
            os.unlink(draft)
