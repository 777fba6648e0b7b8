"""A project with one vertical of `spec/`: what most tests need, however many the spec has."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from pathlib import Path

import yaml

from nexus_gen import pipeline

ROOT = Path(__file__).parents[1]
FILES = ("spec/nexus.yaml", "spec/verticals/education.yaml")


def copy_spec(project: Path) -> Path:
    """Write the product, with the roles that Education names, and Education below `project`.

    Returns:
        `project`.
    """
    product, vertical = FILES
    (project / vertical).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / vertical, project / vertical)
    text = (ROOT / product).read_text(encoding="utf-8")
    named = (ROOT / vertical).read_text(encoding="utf-8")
    for role in yaml.safe_load(text)["tenancy"]["roles"]:
        if not re.search(rf"\b{role}\b", named):
            text, dropped = re.subn(rf"^    {role}: .*\n", "", text, flags=re.MULTILINE)
            assert dropped == 1, role
    (project / product).write_text(text, encoding="utf-8")
    return project


@functools.cache
def built() -> Path:
    """That project with its output, once for a process; nobody may write to it."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-sample-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    pipeline.build(copy_spec(folder))
    return folder
