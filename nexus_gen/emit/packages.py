"""`dist/`: the zips that Terraform uploads, a function a vertical and the layer.

Same source, same bytes, on every machine: entries are sorted, carry a fixed time and mode, and are
stored rather than deflated, because zlib and its replacements (zlib-ng, zlib-cloudflare) compress
the same bytes to different ones. A package that changes with the machine that builds it would be
uploaded again by each person's `terraform apply`. Text of this size does not need compressing.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from nexus_gen.emit.folder import Kind, files_below, kind_of

LAYER = "runtime-layer.zip"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can carry."""
_MODE = 0o100644 << 16
"""A regular file that its owner writes and everybody reads, which Lambda demands."""
_UNIX = 3


def write_packages(generated: Path, dist: Path) -> tuple[Path, ...]:
    """Write the packages of everything below `generated/lambda`, and remove those of what is gone.

    `dist/education-api.zip` holds what is in `lambda/education-api`, `dist/runtime-layer.zip` what
    is in `lambda/shared`. A package that is up to date is not touched. Each is replaced as a whole,
    so that no reader meets half of one.

    Returns:
        The packages that were written, sorted; not those that were up to date.

    Raises:
        OSError: a source cannot be read, or `dist` cannot be written.
    """
    sources = {LAYER: generated / "lambda" / "shared"}
    for folder in sorted((generated / "lambda").glob("*-api")):
        sources[f"{folder.name}.zip"] = folder
    written = []
    for name, folder in sorted(sources.items()):
        content = package(folder)
        if _bytes_of(dist / name) != content:
            _replace(dist / name, content)
            written.append(dist / name)
    _remove_stale(dist, keep=sources)
    return tuple(written)


def package(folder: Path) -> bytes:
    """A zip of the files below `folder`, without what interpreters and tools leave behind.

    Paths in it are relative to the folder. Symbolic links are left out.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files_below(folder)):
            if kind_of(folder / path) is Kind.FILE:
                entry = zipfile.ZipInfo(path, _TIME)
                entry.create_system = _UNIX
                entry.external_attr = _MODE
                archive.writestr(entry, (folder / path).read_bytes())
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; whoever reads meanwhile sees the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove_stale(dist: Path, keep: Iterable[str]) -> None:
    """Remove packages of verticals that are gone, and of no other origin."""
    kept = set(keep)
    for path in dist.glob("*-api.zip"):
        if path.name not in kept and _is_ours(path):
            path.unlink()


def _is_ours(path: Path) -> bool:
    """Whether a zip carries the marks of `package`, which no other tool leaves by chance."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile):
        return False
    return bool(entries) and all(
        entry.date_time == _TIME
        and entry.external_attr == _MODE
        and entry.compress_type == zipfile.ZIP_STORED
        for entry in entries
    )


def _bytes_of(path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    return None
