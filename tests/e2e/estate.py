"""An estate on an emulator of its own, and the figures of what it cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import sample
from tests.e2e.emulator.start import corrected
from tests.e2e.workspace import Workspace
from tests.outputs.terraform_cli import create_terraform

FIGURES = pytest.StashKey[list[str]]()
"""Lines that the run prints at its end."""


@contextmanager
def estate(
    request: pytest.FixtureRequest,
    folders: pytest.TempPathFactory,
    mode: str,
    copy_spec: Callable[[Path], object] = sample.copy_spec,
) -> Iterator[Workspace]:
    """An estate on an emulator of its own; its figures are kept, also when it fails."""
    folder = folders.mktemp(mode)
    terraform = create_terraform(folders.mktemp("terraform"))
    with corrected(folder / "emulator") as emulator:
        space = Workspace(mode, folder, emulator, terraform, copy_spec)
        try:
            space.prepare()
            space.join()
            space.apply_first()
            yield space
        finally:
            request.config.stash.setdefault(FIGURES, []).extend(figures(space))


def figures(space: Workspace) -> Iterator[str]:
    """What each Terraform command cost, as lines of text, and what the tests noted."""
    count = len(list((space.folder / "spec/verticals").glob("*.yaml")))
    yield f"terraform, {space.mode} mode, {count} vertical(s)"
    for step in space.steps:
        if step.name not in ("show", "output"):
            yield f"  {step.name:<12} {step.seconds:6.1f} s   {step.megabytes:6.0f} MiB"
    yield from (f"  {note}" for note in space.notes)
