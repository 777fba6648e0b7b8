"""A project with one vertical of `spec/`: what most tests need, however many the spec has."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from nexus_gen import pipeline

ROOT = Path(__file__).parents[1]
FILES = ("spec/nexus.yaml", "spec/verticals/education.yaml")


def copy_spec(project: Path) -> Path:
    """Write the product and its Education vertical below `project`, which is returned."""
    for name in FILES:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    return project


@functools.cache
def built() -> Path:
    """That project with its output, once for a process; nobody may write to it."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-sample-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    pipeline.build(copy_spec(folder))
    return folder
