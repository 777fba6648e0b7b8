"""Small specs and the documents that they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nexus_gen.model import Model
from tests.backends.goldens import SPEC, cases, expect
from tests.backends.models import model_of_file

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("case", cases(FOLDER), ids=lambda case: case.name)
def test_a_spec_becomes_the_expected_document(
    case: Path, rendered: Callable[[Model], bytes], update_golden: bool
) -> None:
    document = rendered(model_of_file(case / SPEC))
    expect(case, {"openapi.yaml": document}, update=update_golden)
