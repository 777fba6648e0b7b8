"""What is on disk below the output folder, never through a symbolic link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from nexus_gen.emit.files import open_regular

WORK = ".nexus"
"""Folder of the writer, below the output folder, while it writes."""

_OTHERS_FOLDERS = frozenset({"__pycache__", "node_modules"})
_OTHERS_FILES = (".tfstate", ".tfstate.backup", ".pyc")


class Kind(Enum):
    """What stands at a path."""

    NOTHING = auto()
    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()


class Obstacle(NamedTuple):
    """Something that keeps a file from being at its path: what, and where exactly."""

    path: str
    kind: Kind


class Folder:
    """A look at the output folder that asks for each of its folders once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = f"{path}{os.sep}"
        self._obstacles: dict[str, Obstacle | None] = {}

    def read(self, path: str) -> bytes | Obstacle | None:
        """The bytes of the file at `path`; None where nothing is. Raises OSError."""
        obstacle = self._obstacle(path.rpartition("/")[0])
        if obstacle is not None:
            return None if obstacle.kind is Kind.NOTHING else obstacle
        kind = kind_of(self._base + path)
        if kind is Kind.FILE:
            with open(open_regular(self._base + path), "rb") as file:
                return file.read()
        return None if kind is Kind.NOTHING else Obstacle(path, kind)

    def _obstacle(self, folder: str) -> Obstacle | None:
        """The outermost part of the path of a folder that is not a folder."""
        if folder not in self._obstacles:
            self._obstacles[folder] = self._look(folder)
        return self._obstacles[folder]

    def _look(self, folder: str) -> Obstacle | None:
        above = self._obstacle(folder.rpartition("/")[0]) if folder else None
        if above is not None:
            return above
        kind = kind_of(self._base + folder if folder else self.path)
        return None if kind is Kind.FOLDER else Obstacle(folder, kind)


def kind_of(path: str | Path) -> Kind:
    """What stands at the path itself, links not followed."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Kind.NOTHING
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.OTHER


def files_below(folder: Path, prefix: str = "") -> Iterator[str]:
    """Paths of all that is not a folder, sorted by folder, without what tools leave behind.

    Hidden files and folders, `__pycache__`, `node_modules` and Terraform's local state are left
    out: they appear when somebody works with the output.
    """
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _OTHERS_FOLDERS:
                yield from files_below(Path(entry.path), f"{prefix}{entry.name}/")
        elif not entry.name.endswith(_OTHERS_FILES):
            yield prefix + entry.name
