"""Small specs and the handlers that they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nexus_gen.model import Model
from tests.backends.goldens import SPEC, cases, expect
from tests.backends.models import model_of_file
from tests.backends.python_tools import ruff_complaints

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("case", cases(FOLDER), ids=lambda case: case.name)
def test_a_spec_becomes_the_expected_handlers(
    case: Path, rendered: Callable[[Model], dict[str, bytes]], update_golden: bool
) -> None:
    files = rendered(model_of_file(case / SPEC))
    expect(case, files, update=update_golden)


def test_expected_handlers_please_ruff() -> None:
    assert ruff_complaints(FOLDER / "golden") == ""
