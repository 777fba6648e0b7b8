"""Copies of the output with one thing broken in each, and what the proof says of them.

All Terraform copies are applied in one go: a root calls each as a module of its own. The routes
module, which holds no permission, is left out of the copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nexus_gen.model import Model
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.iam import rendered
from nexus_gen.verify.iam.policy import UnmodelledError
from nexus_gen.verify.iam.rendered import Rendered
from nexus_gen.verify.isolation.layout import read_layout
from nexus_gen.verify.isolation.lints import lint_text
from nexus_gen.verify.isolation.problems import Problem
from nexus_gen.verify.isolation.proving import prove
from nexus_gen.verify.isolation.solving import Answer, solve
from nexus_gen.verify.terraform_blocks import resource_blocks
from tests import sample
from tests.outputs.terraform_cli import Terraform

ROOT = Path(__file__).parents[2]
NO_ROUTES = 'output "redeploy_hash" {\n  value = "none"\n}\n'


@dataclass(frozen=True, slots=True)
class Change:
    """One textual change of a file below `generated/`: `old` stands there exactly once."""

    path: str
    old: str
    new: str

    def apply(self, folder: Path) -> None:
        """Change the file in a copy of `generated/`."""
        path = folder / self.path
        text = path.read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{self.path} holds {text.count(self.old)} of {self.old}"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


def copy_output(folder: Path, changes: Sequence[Change]) -> Path:
    """`generated/` below `folder`, changed; `folder` is then the root of a project."""
    generated = folder / "generated"
    for part in ("terraform", "lambda"):
        shutil.copytree(sample.built() / "generated" / part, generated / part)
    for change in changes:
        change.apply(generated)
    return generated


def apply_together(
    terraform: Terraform, folder: Path, outputs: dict[str, Path], model: Model
) -> mocked_apply.Applied:
    """One mocked apply of the backends of all outputs, each as the module of its name."""
    packages = folder / "packages"
    packages.mkdir()
    for name in ("education-api.zip", "runtime-layer.zip"):
        (packages / name).write_bytes(b"")
    root = folder / "root"
    (root / mocked_apply.TEST_FILE).parent.mkdir(parents=True)
    modules: list[str] = []
    overrides: dict[str, dict[str, object]] = {}
    for name, generated in outputs.items():
        routes = generated / "terraform" / "modules" / "routes"
        for file in ("resources.tf", "methods.tf", "cors.tf"):
            (routes / file).unlink()
        (routes / "outputs.tf").write_text(NO_ROUTES)
        backend = generated / "terraform" / "backend"
        arguments = {"source": f"../{backend.relative_to(folder)}"}
        arguments |= mocked_apply.arguments(model, model.environments[0], packages)
        modules.append(f'module "{name}" {{\n{mocked_apply.assignments(arguments)}}}\n')
        overrides |= rendered.overrides(resource_blocks(backend), f"module.{name}")
    shutil.copy(backend / "versions.tf", root)
    (root / "main.tf").write_text("\n".join(modules))
    (root / mocked_apply.TEST_FILE).write_text(mocked_apply.runs_file([{}], overrides=overrides))
    terraform.init(root)
    lines = terraform.run(root, *mocked_apply.ARGUMENTS).stdout.splitlines()
    assert mocked_apply.errors(lines) == ()
    (state,) = mocked_apply.states(lines)
    return state


def read_output(state: mocked_apply.Applied, name: str, generated: Path) -> Rendered:
    """What one output renders. Raises UnmodelledError."""
    backend = generated / "terraform" / "backend"
    blocks = {block.address: block for block in resource_blocks(backend)}
    return rendered.read(state, f"module.{name}", blocks, f"{generated.parent}/")


def findings_of(state: mocked_apply.Applied, name: str, generated: Path) -> list[Finding]:
    """What `nexus-gen check --isolation` finds in an output."""
    root = generated.parent
    files = sorted(generated.rglob("*.tf"))
    try:
        environment = read_output(state, name, generated)
    except UnmodelledError as error:
        return [Finding("NX522", error.what)]
    proof = prove([environment], read_layout(generated, root), answers)
    return [*proof.findings, *lint_text(files, root)]


def answers(problems: Sequence[Problem]) -> list[Answer]:
    """Answers of the solver, in this process; one problem of two outputs is solved once."""
    return [_answer(p.script, tuple(p.watched.items())) for p in problems]


@cache
def _answer(script: str, watched: tuple[tuple[str, str], ...]) -> Answer:
    return solve(script, dict(watched))
