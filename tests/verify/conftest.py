"""A project to check."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root with the files that recorded reports speak of, and tools that do nothing."""
    generated = tmp_path / "generated"
    for path in (
        "terraform/modules/education/table.tf",
        "terraform/roots/separate/main.tf",
        "terraform/roots/extended/nexus.tf",
        "lambda/education-api/education_api/__init__.py",
        "lambda/education-api/education_api/handler.py",
        "openapi/openapi.yaml",
        "client/src/index.ts",
    ):
        (generated / path).parent.mkdir(parents=True, exist_ok=True)
        (generated / path).write_text("")
    tools = [f"{tool}/bin/{tool}" for tool in ("terraform", "checkov", "ruff", "mypy")]
    for tool in [*tools, "client/node_modules/.bin/tsc"]:
        program = tmp_path / ".tools" / tool
        program.parent.mkdir(parents=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return tmp_path
