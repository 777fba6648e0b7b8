"""A corpus of broken specs: each gets diagnostics that point into its files, none a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from nexus_gen import frontend
from nexus_gen.analysis import analyse
from nexus_gen.diagnostics import Diagnostic, Span, SpecError, catalog, render_text
from nexus_gen.diagnostics.formats import Format, render
from nexus_gen.diagnostics.sources import Sources, split_lines
from tests.sizes import size

from .mutations import OPERATORS, ROOT, Mutant, mutants

LEAST_BROKEN = size(ci=300, soak=2_600)
pytestmark = pytest.mark.sampled
Broken = tuple[Mutant, Path, tuple[Diagnostic, ...]]


def _write(mutant: Mutant, root: Path) -> None:
    for name, content in mutant.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def _compile(root: Path) -> tuple[Diagnostic, ...]:
    """Errors of the first stage that has any; whatever else is raised fails the test."""
    try:
        documents = frontend.load(root)
        frontend.validate(documents)
        analyse(documents)
    except SpecError as error:
        assert error.diagnostics, "a SpecError that says nothing"
        return error.diagnostics
    return ()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Broken]]:
    """The mutants of an operator that are broken, compiled once."""

    @cache
    def compile_all(operator: str) -> list[Broken]:
        found = []
        for mutant in mutants(operator):
            root = tmp_path_factory.mktemp("spec")
            _write(mutant, root)
            if diagnostics := _compile(root):
                found.append((mutant, root, diagnostics))
        return found

    return compile_all


def _assert_points_into(span: Span, root: Path) -> None:
    if span.is_whole_file:
        return
    lines = split_lines((root / span.file).read_bytes().decode("utf-8-sig", errors="replace"))
    assert 1 <= span.line <= len(lines), span
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert span.column < span.end_column, span


def _assert_sound(diagnostic: Diagnostic, root: Path) -> None:
    assert diagnostic.code in catalog.all_codes(), diagnostic
    assert diagnostic.message, diagnostic
    assert not diagnostic.message.endswith("."), diagnostic
    for span in (diagnostic.span, *(label.span for label in diagnostic.labels)):
        if span is not None:
            _assert_points_into(span, root)


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_broken_spec_gets_diagnostics_that_point_into_it(
    operator: str, compiled: Callable[[str], list[Broken]]
) -> None:
    for _, root, found in compiled(operator):
        for diagnostic in found:
            _assert_sound(diagnostic, root)


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_broken_spec_can_be_rendered_in_every_format(
    operator: str, compiled: Callable[[str], list[Broken]]
) -> None:
    for mutant, root, found in compiled(operator):
        text = render_text.render(found, Sources(root))
        assert text.count("more: nexus-gen explain") == len(found), mutant.name
        assert all(c.isprintable() or c == "\n" for c in text), mutant.name
        for format in Format:
            render(found, format, root).encode("utf-8")


def test_the_corpus_holds_enough_broken_specs(
    compiled: Callable[[str], list[Broken]],
) -> None:
    broken = {(m.file, m.content) for operator in OPERATORS for m, _, _ in compiled(operator)}
    assert len(broken) >= LEAST_BROKEN


def test_the_spec_itself_is_sound() -> None:
    assert _compile(ROOT) == ()


@pytest.mark.parametrize("operator", OPERATORS)
def test_mutants_are_the_same_every_time(operator: str) -> None:
    assert list(mutants(operator)) == list(mutants(operator))
