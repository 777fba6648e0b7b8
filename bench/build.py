"""What `nexus-gen build` costs, against a Chalice package of as many entities."""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import chalice_app
from bench.measure import Pair, child, clean_environment, paired
from bench.specs import write_spec, write_vertical
from bench.table import Row, compared, timed

SIZES = (24, 240, 2400)
TARGET_PACKAGE = 0.5
TARGET_UNCHANGED_SECONDS = 0.15
TARGET_GROWTH = 10.5

_NEXUS_GEN = Path(sys.executable).parent / "nexus-gen"


def run(quick: bool) -> Iterator[Row]:
    """Rows of the build suite; `quick` leaves out the largest size and most rounds."""
    chalice_app.ensure_installed()
    with tempfile.TemporaryDirectory(prefix="nexus-bench-", dir=_memory()) as folder:
        yield from _rows(Path(folder), quick)


def _memory() -> str | None:
    """A folder in memory: on ext4, files that replace deleted ones cost up to 1 ms each."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _rows(folder: Path, quick: bool) -> Iterator[Row]:
    sizes = SIZES[:2] if quick else SIZES
    app = folder / "chalice"
    chalice_app.write_app(app, SIZES[0])
    projects = {size: folder / f"entities{size}" for size in sizes}
    for size, project in projects.items():
        write_spec(project, size)
    fresh: dict[int, tuple[float, ...]] = {}
    for size, project in projects.items():
        pair = paired(
            lambda project=project: _from_nothing(project),  # type: ignore[misc]
            lambda: _package_from_nothing(app),
            rounds=_rounds(size, quick),
        )
        fresh[size] = pair.ours
        yield _from_nothing_row(size, pair)
    if len(sizes) == len(SIZES):
        yield _growth_row(fresh)
    for size, project in projects.items():
        _build(project)
        rounds = _rounds(size, quick)
        limit = TARGET_UNCHANGED_SECONDS if size == SIZES[0] else None
        yield timed(
            f"build {size}, nothing changed", tuple(_build(project) for _ in range(rounds)), limit
        )
        lengths = itertools.cycle((201, 200))
        changed = tuple(_one_changed(project, next(lengths)) for _ in range(rounds))
        yield timed(f"build {size}, one vertical changed", changed)


def _rounds(size: int, quick: bool) -> int:
    """Rounds enough for a steady median in a few minutes; even, so that edits end undone."""
    if quick:
        return 4
    return {24: 16, 240: 8, 2400: 4}[size]


def _from_nothing_row(size: int, pair: Pair) -> Row:
    baseline = f"chalice package, {SIZES[0]} entities"
    if size == SIZES[0]:
        return compared(f"build {size}", baseline, pair, TARGET_PACKAGE)
    return compared(f"build {size}", baseline, pair)


def _growth_row(fresh: dict[int, tuple[float, ...]]) -> Row:
    """What an entity costs in a large spec, against a small one: linear work gives 10.0."""
    small, middle, large = (median(fresh[size]) for size in SIZES)
    return Row(
        figure="growth (T2400-T240)/(T240-T24)",
        ours="",
        baseline="10.00 is linear",
        value=(large - middle) / (middle - small),
        target=TARGET_GROWTH,
    )


def _build(project: Path) -> float:
    return child([str(_NEXUS_GEN), "build"], project, clean_environment())


def _from_nothing(project: Path) -> float:
    for output in ("generated", "dist", ".nexus"):
        shutil.rmtree(project / output, ignore_errors=True)
    return _build(project)


def _one_changed(project: Path, title_length: int) -> float:
    write_vertical(project, 0, title_length)
    return _build(project)


def _package_from_nothing(app: Path) -> float:
    for output in ("out", ".chalice/deployments"):
        shutil.rmtree(app / output, ignore_errors=True)
    return chalice_app.package(app)
