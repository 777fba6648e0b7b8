"""Mocked applies for tests: `nexus_gen.verify.mocked_apply` with the tests' own Terraform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.verify import mocked_apply
from nexus_gen.verify.mocked_apply import MOCKS, Applied
from nexus_gen.verify.mocked_apply import arguments as variables
from tests.outputs.terraform_cli import Terraform

__all__ = ["MOCKS", "Applied", "Outcome", "apply", "variables"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """States after the runs that passed, and what Terraform said of those that did not."""

    states: tuple[Applied, ...]
    errors: tuple[str, ...]


def apply(
    terraform: Terraform,
    module: Path,
    *runs: Mapping[str, Any],
    mocks: Mapping[tuple[str, str], Mapping[str, Any]] = MOCKS,
) -> Outcome:
    """Apply `module` once for each set of variables, one after the other on one state."""
    terraform.init(module)
    test = module / mocked_apply.TEST_FILE
    test.parent.mkdir(exist_ok=True)
    test.write_text(mocked_apply.runs_file(runs, mocks), encoding="utf-8")
    lines = terraform.run(module, *mocked_apply.ARGUMENTS).stdout.splitlines()
    return Outcome(mocked_apply.states(lines), mocked_apply.errors(lines))
