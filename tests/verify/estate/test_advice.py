"""A state holds secrets: nothing that we write tells people to put one into a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verify.estate.changed import ROOT

WRITES = re.compile(r"(show\s+-json|state\s+pull)[^`\n]*(>|\btee\b)")
FOLDERS = ("docs", "examples", "nexus_gen", "templates", "generated")
KINDS = {".md", ".py", ".jinja", ".tf", ".yaml"}


def texts() -> Iterator[Path]:
    """Everything that people read of us."""
    yield from ROOT.glob("*.md")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)


def test_no_advice_writes_a_state() -> None:
    found = [path for path in texts() if WRITES.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "advice", ["terraform show -json > core.json", "terraform state pull >a", "show -json | tee x"]
)
def test_such_advice_would_be_found(advice: str) -> None:
    assert WRITES.search(advice)
