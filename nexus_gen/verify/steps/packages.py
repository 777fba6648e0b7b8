"""Where the Python that is rendered from the spec lies."""

from __future__ import annotations

from pathlib import Path

from nexus_gen.verify.process import ToolError


def handler_packages(generated: Path) -> list[Path]:
    """The package folder of each vertical's handlers, sorted.

    Raises:
        ToolError: there is none, so a checker of Python would pass without having looked.
    """
    packages = sorted(path.parent for path in generated.glob("lambda/*-api/*/__init__.py"))
    if not packages:
        raise ToolError("generated/lambda holds no handler package; run `nexus-gen build`")
    return packages


def layer(generated: Path) -> Path:
    """The folder on `sys.path` that holds `nexus_runtime`."""
    return generated / "lambda" / "shared" / "python"
