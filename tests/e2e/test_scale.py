"""All verticals of the spec in one apply: what it costs, and that every entity answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_gen import pipeline
from tests.e2e.estate import estate
from tests.e2e.http import stage
from tests.e2e.test_attacks import Stage, member_of
from tests.e2e.walk import walk
from tests.e2e.workspace import ROOT, Workspace, changes

pytestmark = pytest.mark.e2e


def whole_spec(folder: Path) -> None:
    """Write the repository's spec below a folder."""
    shutil.copytree(ROOT / "spec", folder / "spec")


@pytest.fixture(scope="module")
def six(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Core with every vertical, in the extended mode."""
    with estate(request, tmp_path_factory, "extended", whole_spec) as space:
        yield space


def test_every_entity_answers_after_one_apply(
    six: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    model = pipeline.compile(six.folder)
    tokens = {tenant: member_of(six, tenant) for tenant in ("org1", "org10")}
    target = Stage(six.emulator, stage(six.emulator, "dev"), tokens)
    done = walk(target, model, "org1", "org10")
    total = sum(done.counts.values())
    with capsys.disabled():
        good = total - len(done.failures)
        print(f"\nwalk: {good} of {total} checks hold, {len(done.counts)} entities")
    assert not done.failures, "\n".join(done.failures)
    assert len(done.counts) == sum(len(vertical.entities) for vertical in model.verticals)
    assert all("ttl" in item for item in target.dump()), "more than trash and keys is left"


def test_the_second_plan_of_all_verticals_has_no_change(six: Workspace) -> None:
    assert changes(six.plan()) == {}
