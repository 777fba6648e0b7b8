"""Each way to break policies, roles or keys gives the finding that names what is broken."""

from __future__ import annotations

import pytest

from tests.isolation.conftest import Corpus
from tests.isolation.mutant import Mutant
from tests.isolation.mutants import MUTANTS


def test_the_output_as_it_is_gives_no_finding(corpus: Corpus) -> None:
    assert corpus.findings("whole") == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_caught_by_the_layer_that_is_responsible(
    corpus: Corpus, mutant: Mutant
) -> None:
    found = corpus.findings(mutant.name)
    fitting = [
        one
        for one in found
        if one.code == mutant.code
        and (not mutant.rule or one.rule == mutant.rule)
        and mutant.says in f"{one.message} {one.note}"
    ]
    assert fitting, "\n".join(f"{one.code} {one.title} {one.note}" for one in found)
    assert all("please report" not in one.message for one in found)
    if mutant.at:
        root = corpus.outputs[mutant.name].parent
        lines = (root / fitting[0].path).read_text().splitlines()
        assert mutant.at in lines[fitting[0].line - 1]


def test_names_are_unique() -> None:
    names = [mutant.name for mutant in MUTANTS]
    assert len(names) == len(set(names)) >= 25
