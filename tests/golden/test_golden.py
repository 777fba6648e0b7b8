"""Small specs and what becomes of them; `pytest --update-golden` rewrites, then read the diff."""

from __future__ import annotations

import pytest

from tests.golden.conftest import CASES, FOLDER


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_expected(name: str, update_golden: bool) -> None:
    if update_golden:
        CASES[name].rewrite()
    assert CASES[name].actual() == CASES[name].expected


def test_every_folder_is_a_case() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders == set(CASES)
    assert len(CASES) >= 8
