"""The table in `docs/isolation.md` is the corpus; `pytest --update-golden` rewrites it."""

from __future__ import annotations

import re

from tests.isolation.code_mutants import CODE_MUTANTS
from tests.isolation.corpus import ROOT
from tests.isolation.mutants import MUTANTS

PAGE = ROOT / "docs" / "isolation.md"
PLACE = re.compile(r"(?<=<!-- mutants -->\n).*(?=<!-- end of mutants -->)", re.DOTALL)


def table() -> str:
    """Every mutant, who notices it, and by what."""
    rows = ["| what is broken | layer | noticed as |", "|---|---|---|"]
    for mutant in MUTANTS:
        by = f"{mutant.code} `{mutant.rule}`" if mutant.rule else mutant.code
        rows.append(f"| {mutant.what} | {mutant.layer} | {by} |")
    for code in CODE_MUTANTS:
        by = f"`{code.says}`" if code.layer == "double" else f"attacks by {code.says}"
        rows.append(f"| {code.what} | {code.layer} | {by} |")
    layers = [mutant.layer for mutant in (*MUTANTS, *CODE_MUTANTS)]
    counts = ", ".join(f"{layers.count(one)} by {one}" for one in dict.fromkeys(layers))
    return "\n".join([f"\n{len(layers)} ways: {counts}.\n", *rows, "\n"])


def test_the_table_on_the_page_is_the_corpus(update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    wanted = PLACE.sub(lambda _: table(), text)
    if update_golden:
        PAGE.write_text(wanted, encoding="utf-8")
    assert text == wanted or update_golden


def test_every_layer_is_responsible_for_something() -> None:
    layers = {mutant.layer for mutant in (*MUTANTS, *CODE_MUTANTS)}
    assert layers == {"proof", "lint", "attack", "double"}


def test_no_two_mutants_are_the_same_to_a_reader() -> None:
    names = [mutant.what for mutant in (*MUTANTS, *CODE_MUTANTS)]
    assert len(names) == len(set(names))
