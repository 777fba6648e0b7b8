"""Each page of the catalog tells the truth: its examples are compiled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nexus_gen.diagnostics import catalog

from .examples import diagnose, message, write_example

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"""["'](NX\d{3})["']""")
WITH_EXAMPLE = [code for code in catalog.all_codes() if catalog.page(code).bad]
WITHOUT_EXAMPLE = [code for code in catalog.all_codes() if not catalog.page(code).bad]


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_bad_example_gives_exactly_the_message(
    code: str, tmp_path: Path, update_golden: bool
) -> None:
    page = catalog.page(code)
    write_example(tmp_path, page.bad)
    found = diagnose(tmp_path)
    assert {diagnostic.code for diagnostic in found} == {code}, message(found, tmp_path)
    text = message(found, tmp_path)
    if update_golden:
        updated = catalog.with_message(page.markdown, text)
        catalog.path_of(code).write_text(updated, encoding="utf-8")
    else:
        assert text == page.message


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_fixed_example_is_clean(code: str, tmp_path: Path) -> None:
    write_example(tmp_path, catalog.page(code).fixed)
    found = diagnose(tmp_path)
    assert not found, message(found, tmp_path)


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_fixed_example_mends_the_bad_one(code: str) -> None:
    page = catalog.page(code)
    assert page.bad != page.fixed


@pytest.mark.parametrize("code", WITHOUT_EXAMPLE)
def test_a_page_without_example_is_covered_by_another_test(code: str) -> None:
    assert catalog.page(code).move
    tests = ROOT.joinpath("tests").rglob("*.py")
    assert any(code in path.read_text(encoding="utf-8") for path in tests), (
        f"no test under tests/ names {code}"
    )


def _codes_in_source() -> set[str]:
    files = ROOT.joinpath("nexus_gen").rglob("*.py")
    return {code for path in files for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_the_source_has_a_page() -> None:
    assert _codes_in_source() - set(catalog.all_codes()) == set()


def test_every_page_is_of_a_code_in_the_source() -> None:
    assert set(catalog.all_codes()) - _codes_in_source() == set()
