"""The bytes of the Lambda layer: `nexus_runtime` as it lies beside this package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nexus_gen

PACKAGE = "nexus_runtime"


@cache
def load_layer() -> Mapping[str, bytes]:
    """Content of every file of the layer by its path below `python/`, read once a process.

    The runtime is found as a folder, not imported: a build must not pay for boto3.
    """
    folder = Path(nexus_gen.__file__).resolve().parents[1] / PACKAGE
    files = (*folder.rglob("*.py"), folder / "py.typed")
    return {path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in sorted(files)}
