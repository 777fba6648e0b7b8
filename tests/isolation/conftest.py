"""Terraform and the broken outputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from nexus_gen.analysis.lower import lower
from nexus_gen.frontend import load
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.iam.rendered import Rendered
from nexus_gen.verify.isolation.solving import is_installed
from tests import sample
from tests.conftest import absent_tool
from tests.isolation.corpus import apply_together, copy_output, findings_of, read_output
from tests.isolation.mutants import MUTANTS
from tests.outputs.terraform_cli import create_terraform

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Corpus:
    """All outputs, applied: `whole`, and one a mutant.

    A mutant that leaves the Terraform as it is shares the resources of `whole`.
    """

    state: mocked_apply.Applied
    outputs: dict[str, Path]

    def findings(self, name: str) -> list[Finding]:
        """What the check finds in an output."""
        return findings_of(self.state, self._applied(name), self.outputs[name])

    def rendered(self, name: str) -> Rendered:
        """What an output renders."""
        return read_output(self.state, self._applied(name), self.outputs[name])

    def _applied(self, name: str) -> str:
        return name if any(a.startswith(f"module.{name}.") for a in self.state.resources) else WHOLE


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """`generated/` as it is and as each mutant breaks it, in one mocked apply."""
    if not is_installed():
        absent_tool("cvc5", "`make setup`, or `pip install cvc5`")
    folder = tmp_path_factory.mktemp("corpus").resolve()
    outputs = {WHOLE: copy_output(folder / WHOLE, ())}
    for mutant in MUTANTS:
        outputs[mutant.name] = copy_output(folder / mutant.name, mutant.changes)
    modules = {m.name for m in MUTANTS if any("/modules/" in c.path for c in m.changes)}
    applied = {name: output for name, output in outputs.items() if name in {WHOLE, *modules}}
    terraform = create_terraform(tmp_path_factory.mktemp("terraform"))
    return Corpus(apply_together(terraform, folder, applied, lower(load(sample.built()))), outputs)
