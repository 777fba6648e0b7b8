"""A recorded estate for each test to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.estate.changed import Changed


@pytest.fixture
def core(tmp_path: Path) -> Changed:
    """The example estate as it was applied."""
    return Changed(tmp_path)
