"""Many changes as one: a build that is killed at any point leaves a tree that can be repaired.

1. The new contents are written to `.nexus/new/` below the output folder. Nothing else is touched,
   so a kill leaves the old tree, and the next build throws the folder away.
2. The journal is renamed to `.nexus/journal.json`. From here on the build will be finished.
3. Each old file is renamed to `.nexus/old/`, each new one to its place.
4. The journal is removed, then the folder.

After a kill in step 3 the next build repeats the steps that are missing. Where a step fails while
the process lives (no permission, disk full) the renames are undone instead: the old files, not
copies of them, are back in their places.

This guards against the death of the process. Against the loss of power it guards as far as the
file system keeps the order of renames; what would be lost is in the spec.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nexus_gen.emit.files import open_regular
from nexus_gen.emit.folder import WORK, Kind, kind_of
from nexus_gen.emit.manifest import is_output_path, sha256
from nexus_gen.emit.plan import Change
from nexus_gen.emit.problems import OUTPUT, OutputError, interrupted, symbolic_link

_JOURNAL = "journal.json"
_IN_USE = (errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY)
"""Why a folder stays: something is in it, or mounted there."""


class _Move(NamedTuple):
    """A change as the journal keeps it: digests, not contents. None stands for no file."""

    path: str
    old: str | None
    new: str | None


def commit(output: Path, changes: Sequence[Change]) -> None:
    """Bring all changes to disk, or none. Raises OSError, with the old tree back in place."""
    existed = output.exists()
    moves = [
        _Move(c.path, c.old, sha256(c.content) if c.content is not None else None) for c in changes
    ]
    transaction = _Transaction(output, moves)
    try:
        transaction.stage([change.content for change in changes])
        transaction.roll_forward()
        transaction.end()
    except BaseException:
        transaction.roll_back()
        if not existed:
            with suppress(OSError):
                output.rmdir()
        raise


def is_interrupted(output: Path) -> bool:
    """Whether a build was killed while it wrote here."""
    return kind_of(output / WORK) is not Kind.NOTHING


def recover(output: Path) -> None:
    """Finish the work of a build that was killed. Raises OSError and OutputError (NX404, NX407)."""
    work = output / WORK
    for place, name in ((output, OUTPUT), (work, f"{OUTPUT}/{WORK}")):
        if kind_of(place) is Kind.LINK:
            raise OutputError([symbolic_link(name)])
    if kind_of(work) is Kind.NOTHING:
        return
    journal = work / _JOURNAL
    if journal.exists():
        transaction = _Transaction(output, _read(journal))
        transaction.roll_forward()
        transaction.end()
    if kind_of(work) is not Kind.NOTHING:
        shutil.rmtree(work)


def _read(journal: Path) -> list[_Move]:
    try:
        with open(open_regular(journal), "rb") as file:
            data = json.loads(file.read())
        if not isinstance(data, list):
            raise ValueError("it is not a list")
        moves = [_Move(*move) for move in data]
        if not all(is_output_path(move.path) for move in moves):
            raise ValueError("a path leaves the output folder")
    except (ValueError, TypeError, AttributeError) as error:
        raise OutputError([interrupted(str(error))]) from None
    return moves


class _Transaction:
    """The moves, their staged contents (`new/<n>`) and what they replace (`old/<n>`).

    Paths are text here: a build touches thousands, and making a Path costs more than the call.
    """

    def __init__(self, output: Path, moves: Sequence[_Move]) -> None:
        self._output = str(output)
        self._work = f"{output}/{WORK}"
        self._moves = list(enumerate(moves))

    def stage(self, contents: Sequence[bytes | None]) -> None:
        """Steps 1 and 2."""
        for folder in ("new", "old"):
            os.makedirs(f"{self._work}/{folder}")
        for number, content in enumerate(contents):
            if content is not None:
                with open(self._new(number), "xb") as file:
                    file.write(content)
        journal = f"{self._work}/{_JOURNAL}"
        with open(f"{journal}.part", "x", encoding="utf-8") as file:
            file.write(json.dumps([[move.path, move.old, move.new] for _, move in self._moves]))
        os.rename(f"{journal}.part", journal)

    def roll_forward(self) -> None:
        """Step 3, however much of it is done.

        What somebody put into the place of an old file since then stays: it is not in the manifest
        that this build writes, and the next one says so.
        """
        made = ""
        for number, move in self._moves:
            target = self._target(move)
            if move.new is not None and not os.path.lexists(self._new(number)):
                continue
            if not self._set_aside(number, move, target):
                continue
            folder = os.path.dirname(target)
            if move.new is None:
                self._prune(folder)
                continue
            if folder != made:
                os.makedirs(folder, exist_ok=True)
                made = folder
            os.rename(self._new(number), target)

    def roll_back(self) -> None:
        """Undo steps 3 and 1: take away what arrived, then bring back what it replaced.

        The order within each of the two does not matter: no path of a tree lies below a file of
        the same tree.
        """
        for number, move in self._moves:
            if move.new is not None:
                self._take_back(number, move, self._target(move))
        for number, move in self._moves:
            target = self._target(move)
            if os.path.lexists(self._old(number)):
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.rename(self._old(number), target)
        self.end()

    def end(self) -> None:
        """Step 4. Once the journal is gone the rest is rubbish, which the next build can remove."""
        with suppress(FileNotFoundError):
            os.unlink(f"{self._work}/{_JOURNAL}")
        shutil.rmtree(self._work, ignore_errors=True)

    def _target(self, move: _Move) -> str:
        return f"{self._output}/{move.path}"

    def _new(self, number: int) -> str:
        return f"{self._work}/new/{number}"

    def _old(self, number: int) -> str:
        return f"{self._work}/old/{number}"

    def _set_aside(self, number: int, move: _Move, target: str) -> bool:
        """Make room at the target; False where it holds something that is not ours."""
        if kind_of(target) is Kind.NOTHING:
            return True
        if move.old is None or _digest(target) != move.old:
            return False
        os.rename(target, self._old(number))
        return True

    def _take_back(self, number: int, move: _Move, target: str) -> None:
        """Stage a file that arrived again; remove the folders that were made for it."""
        if not os.path.lexists(self._new(number)) and _digest(target) == move.new:
            os.rename(target, self._new(number))
        with suppress(OSError):
            self._prune(os.path.dirname(target))

    def _prune(self, folder: str) -> None:
        """Remove the folder and those above it, as far as they are empty."""
        while len(folder) > len(self._output):
            try:
                os.rmdir(folder)
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                if error.errno in _IN_USE:
                    return
                raise
            folder = os.path.dirname(folder)


def _digest(path: str) -> str | None:
    if kind_of(path) is not Kind.FILE:
        return None
    with open(open_regular(path), "rb") as file:
        return sha256(file.read())
