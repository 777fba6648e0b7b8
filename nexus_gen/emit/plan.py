"""What a build would change: the artifacts against the manifest and the disk. Reads only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from nexus_gen.backends.base import Artifact
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.emit import manifest as manifests
from nexus_gen.emit import problems
from nexus_gen.emit.folder import Folder, Kind, Obstacle, files_below
from nexus_gen.emit.manifest import Entry, Manifest, sha256

_NOTHING: Mapping[str, Entry] = {}


class Change(NamedTuple):
    """One file to create (`old` is None), to update, or to delete (`content` is None).

    Attributes:
        path: relative to the output folder, with forward slashes.
        old: digest of what is there now.
    """

    path: str
    old: str | None
    content: bytes | None


class Plan(NamedTuple):
    """All that differs. Where there are problems nothing may be written."""

    create: tuple[Change, ...]
    update: tuple[Change, ...]
    delete: tuple[Change, ...]
    keep: tuple[str, ...]
    problems: tuple[Diagnostic, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Deletions first: what they leave empty may make room."""
        return (*self.delete, *self.create, *self.update)


def compare(folder: Folder, artifacts: Iterable[Artifact], manifest: Manifest | None) -> Plan:
    """The way from the disk to the artifacts; `manifest` is the last build's. Raises OSError."""
    comparison = _Comparison(folder, manifest)
    wanted = _by_path(artifacts)
    for path in comparison.listed:
        if path not in wanted:
            comparison.leave(path)
    for path in sorted(wanted):
        comparison.arrive(wanted[path])
    return comparison.plan()


def outdated(folder: Folder, plan: Plan, manifest: Manifest | None) -> Iterator[Diagnostic]:
    """Every way in which the folder is not what a build would leave. Raises OSError."""
    yield from plan.problems
    if folder.read("") is None:
        yield problems.no_output(len(plan.create))
        return
    for change in plan.create:
        yield problems.missing(change.path)
    for change in plan.update:
        if change.path != manifests.NAME or len(plan.changes) == 1:
            yield problems.stale(change.path, first_difference(folder, change))
    for change in plan.delete:
        yield problems.obsolete(change.path)
    known = {change.path for change in plan.changes} | set(plan.keep)
    known |= set(manifest.files if manifest else ()) | {_file_of(p) for p in plan.problems}
    if folder.read("") == Obstacle("", Kind.FOLDER):
        yield from (problems.extra(p) for p in files_below(folder.path) if p not in known)


def first_difference(folder: Folder, change: Change) -> int:
    """1-based line where the file on disk leaves what a build would write; 0 if nowhere."""
    found = folder.read(change.path)
    return _first_difference(found, change.content) if isinstance(found, bytes) else 0


def _first_difference(found: bytes, content: bytes | None) -> int:
    if content is None:
        return 0
    pairs = zip_longest(found.split(b"\n"), content.split(b"\n"))
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 0)


def _by_path(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    """Raises ValueError where a backend breaks the rules of paths: analysis should refuse it."""
    wanted: dict[str, Artifact] = {}
    folded: dict[str, str] = {}
    for artifact in artifacts:
        path = artifact.path
        if not manifests.is_output_path(path):
            raise ValueError(f"a backend writes to {path!r}")
        twin = folded.setdefault(path.casefold(), path)
        if path in wanted or twin != path:
            raise ValueError(f"two artifacts are called {path!r} and {twin!r}")
        wanted[path] = artifact
    return wanted


def _file_of(diagnostic: Diagnostic) -> str:
    file = diagnostic.span.file if diagnostic.span else ""
    return file.removeprefix(f"{problems.OUTPUT}/")


@dataclass(slots=True)
class _Comparison:
    """Collects a plan."""

    folder: Folder
    manifest: Manifest | None
    create: list[Change] = field(default_factory=list)
    update: list[Change] = field(default_factory=list)
    delete: list[Change] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def listed(self) -> Mapping[str, Entry]:
        """What the last build wrote."""
        return self.manifest.files if self.manifest else _NOTHING

    def leave(self, path: str) -> None:
        """A file of the last build that this one does not write."""
        found = self.folder.read(path)
        if not isinstance(found, bytes):
            return
        entry = self.listed[path]
        if sha256(found) == entry.sha256:
            self.delete.append(Change(path, entry.sha256, None))
        else:
            self.problems.append(problems.edited(path, 0, entry.template))

    def arrive(self, artifact: Artifact) -> None:
        """A file that this build writes."""
        path, content = artifact.path, artifact.content
        found = self.folder.read(path)
        if isinstance(found, bytes):
            self._replace(artifact, found)
        elif found is None or self._is_leaving(found):
            self.create.append(Change(path, None, content))
        else:
            place = "/".join(part for part in (problems.OUTPUT, found.path) if part)
            self.problems.append(problems.obstructed(place, found.kind))

    def plan(self) -> Plan:
        """What was collected; each obstacle once."""
        return Plan(
            tuple(self.create),
            tuple(self.update),
            tuple(self.delete),
            tuple(self.keep),
            tuple(dict.fromkeys(self.problems)),
        )

    def _replace(self, artifact: Artifact, found: bytes) -> None:
        path, content = artifact.path, artifact.content
        if found == content:
            self.keep.append(path)
            return
        digest = sha256(found)
        entry = self.listed.get(path)
        if path == manifests.NAME or (entry and entry.sha256 == digest):
            self.update.append(Change(path, digest, content))
        elif entry:
            line = _first_difference(found, content)
            self.problems.append(problems.edited(path, line, artifact.template))
        else:
            self.problems.append(problems.foreign(path, has_manifest=self.manifest is not None))

    def _is_leaving(self, obstacle: Obstacle) -> bool:
        """Whether this build deletes what is in the way: a file, or all files of a folder."""
        leaving = {change.path for change in self.delete}
        if obstacle.kind is Kind.FILE:
            return obstacle.path in leaving
        if obstacle.kind is not Kind.FOLDER:
            return False
        return self._is_all_leaving(self.folder.path / obstacle.path, leaving)

    def _is_all_leaving(self, folder: Path, leaving: set[str]) -> bool:
        """Whether the folder holds such files and nothing else, not even an empty folder."""
        for parent, folders, names in os.walk(folder):
            below = Path(parent).relative_to(self.folder.path)
            if not folders and not names:
                return False
            if any((below / name).as_posix() not in leaving for name in names):
                return False
        return True
