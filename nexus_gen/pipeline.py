"""The whole compiler: stages that are functions of values.

Each stage reports all its problems by raising SpecError, and the next runs only on clean input.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from nexus_gen.analysis import analyse
from nexus_gen.backends import Artifact, backends
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.emit import writer
from nexus_gen.emit.freshness import Snapshot
from nexus_gen.emit.plan import Plan
from nexus_gen.frontend import load, validate
from nexus_gen.frontend.files import MAX_SPEC_BYTES
from nexus_gen.model import Model


class Build(NamedTuple):
    """What a build did.

    Attributes:
        plan: the changes of `generated/`.
        packages: those written, below the root.
        files: how many there are now in `generated/` and `dist/`.
    """

    plan: Plan
    packages: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    model: Model
    files: int


def analyse_spec(root: Path) -> tuple[Model, tuple[Diagnostic, ...]]:
    """The spec below `root`, resolved, and the warnings about it."""
    documents = load(root)
    validate(documents)
    return analyse(documents)


def compile(root: Path) -> Model:
    """The spec below `root`, resolved."""
    return analyse_spec(root)[0]


def generate(model: Model) -> list[Artifact]:
    """Every file that the model stands for."""
    return [artifact for backend in backends() for artifact in backend.generate(model)]


def build(root: Path) -> Build:
    """Write `generated/` and `dist/`, and remember what they were made from."""
    with writer.writing(root) as output:
        inputs = Snapshot(str(root), MAX_SPEC_BYTES)
        model, warnings = analyse_spec(root)
        plan = output.write(generate(model))
        packages = output.package()
        files = output.files()
        if not warnings:
            inputs.record(files)
    return Build(plan, packages, warnings, model, len(files))


def check(root: Path) -> tuple[Diagnostic, ...]:
    """Warnings, and every way in which `generated/` is not what `build` would write."""
    model, warnings = analyse_spec(root)
    return (*warnings, *writer.check(root, generate(model)))
