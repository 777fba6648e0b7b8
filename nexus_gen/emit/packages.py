"""`dist/`: the zips that Terraform uploads, a function a vertical and the layer.

Same source, same bytes, on every machine: entries are sorted, carry a fixed time and mode, and are
stored rather than deflated, because zlib and its replacements (zlib-ng, zlib-cloudflare) compress
the same bytes to different ones. A package that changes with the machine that builds it would be
uploaded again by each person's `terraform apply`. Text of this size does not need compressing.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from nexus_gen.backends.base import Artifact
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.emit.files import open_regular
from nexus_gen.emit.folder import Kind, kind_of
from nexus_gen.emit.problems import obstructed

DIST = "dist"
"""Folder of the packages, below the project root."""

LAYER = "runtime-layer.zip"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can carry."""
_MODE = 0o100644 << 16
"""A regular file that its owner writes and everybody reads, which Lambda demands."""
_UNIX = 3
_DRAFT = ".draft"

Packages = Mapping[str, Mapping[str, bytes]]
"""Name of a zip -> path in it -> content."""


def packages(artifacts: Iterable[Artifact]) -> Packages:
    """What each package holds: artifacts, and nothing else that lies beside them on the disk.

    `education-api.zip` holds what belongs into `lambda/education-api`, `runtime-layer.zip` what
    belongs into `lambda/shared`.
    """
    found: dict[str, dict[str, bytes]] = {LAYER: {}}
    for artifact in artifacts:
        top, _, path = artifact.path.partition("/")
        folder, _, inside = path.partition("/")
        if top == "lambda" and (folder == "shared" or folder.endswith("-api")) and inside:
            name = LAYER if folder == "shared" else f"{folder}.zip"
            found.setdefault(name, {})[inside] = artifact.content
    return found


def obstacles(root: Path, packages: Packages) -> Iterator[Diagnostic]:
    """What stands where `dist/` or a package belongs and is neither: a link, a pipe."""
    found = kind_of(root / DIST)
    if found not in (Kind.FOLDER, Kind.NOTHING):
        yield obstructed(DIST, found)
        return
    for name in sorted(packages):
        found = kind_of(root / DIST / name)
        if found not in (Kind.FILE, Kind.NOTHING):
            yield obstructed(f"{DIST}/{name}", found)


def write_packages(root: Path, packages: Packages) -> tuple[str, ...]:
    """Write the packages into `dist/`, and remove those of verticals that are gone.

    A package that is up to date is not touched. Each is replaced as a whole, so that no reader
    meets half of one. What a killed build left is removed.

    Returns:
        The packages that were written, below the root, sorted; not those that were up to date.

    Raises:
        OSError: `dist` cannot be written, or something else is in the place of a package.
    """
    dist = root / DIST
    dist.mkdir(exist_ok=True)
    _remove_drafts(dist)
    written = []
    for name, files in sorted(packages.items()):
        content = package(files)
        if not _holds(dist / name, content):
            _replace(dist / name, content)
            written.append(f"{DIST}/{name}")
    _remove_stale(dist, keep=packages)
    return tuple(written)


def package(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, by path in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _TIME)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, content)
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; whoever reads meanwhile sees the old file."""
    draft = path.with_name(f".{path.name}{_DRAFT}")
    try:
        descriptor = open_regular(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError):  # a full disk names no file
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def _remove_drafts(dist: Path) -> None:
    """Remove what a build that was killed here had begun to write."""
    with os.scandir(dist) as scan:
        names = [entry.name for entry in scan if not entry.is_dir(follow_symlinks=False)]
    for name in names:
        if name.startswith(".") and name.endswith(f".zip{_DRAFT}"):
            (dist / name).unlink()


def _remove_stale(dist: Path, keep: Iterable[str]) -> None:
    """Remove packages of verticals that are gone, and of no other origin."""
    kept = set(keep)
    for path in dist.glob("*-api.zip"):
        if path.name not in kept and _is_ours(path):
            path.unlink()


def _is_ours(path: Path) -> bool:
    """Whether a zip carries the marks of `package`, which no other tool leaves by chance."""
    try:
        with os.fdopen(open_regular(path), "rb") as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile):
        return False
    return bool(entries) and all(
        entry.date_time == _TIME
        and entry.external_attr == _MODE
        and entry.compress_type == zipfile.ZIP_STORED
        for entry in entries
    )


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file has this content; no more of it is read. Raises OSError for what is none."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            return file.read(len(content) + 1) == content
    except FileNotFoundError:
        return False
