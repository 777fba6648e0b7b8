"""Every route under every attack that the model gives it a place for; IAM is not there to help."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen import pipeline
from nexus_gen.model import Model
from tests.attacks import estate
from tests.attacks.estate import Estate
from tests.attacks.run import attack_everything

from .api import Client
from .attack_target import Function

TENANTS = ("org1", "org10", "org2")
PAIRS = (("org1", "org10"), ("org10", "org1"), ("org2", "org1"))
"""Who attacks whom: a prefix of the other's id, an extension of it, neither."""


@pytest.fixture(scope="package")
def model(project: Path) -> Model:
    """What the function was generated from."""
    return pipeline.compile(project)


@pytest.fixture
def function(client: Client) -> Function:
    """The function under attack."""
    return Function(client)


@pytest.fixture
def estates(function: Function, model: Model) -> dict[str, Estate]:
    """What each organization owns."""
    return {tenant: estate.build(function, model, tenant) for tenant in TENANTS}


def test_no_attack_on_any_route_reaches_another_organization(
    function: Function, model: Model, estates: dict[str, Estate], capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [(estates[own], estates[theirs]) for own, theirs in PAIRS]
    result = attack_everything(function, model, pairs)
    with capsys.disabled():
        print(f"\nattack matrix, handlers alone\n{result.table(model)}")
    assert not result.failures, "\n".join(result.failures)
    assert result.uncovered(model) == []
