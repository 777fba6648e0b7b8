"""Every route under every attack that the model gives it a place for; IAM is not there to help."""

from __future__ import annotations

import pytest

from nexus_gen.model import Model
from tests.attacks.estate import Estate
from tests.attacks.run import attack_everything

from .attack_target import Function

PAIRS = (("org1", "org10"), ("org10", "org1"), ("org2", "org1"))
"""Who attacks whom: a prefix of the other's id, an extension of it, neither."""


def test_no_attack_on_any_route_reaches_another_organization(
    function: Function, model: Model, estates: dict[str, Estate], capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [(estates[own], estates[theirs]) for own, theirs in PAIRS]
    result = attack_everything(function, model, pairs)
    with capsys.disabled():
        print(f"\nattack matrix, handlers alone\n{result.table(model)}")
    assert not result.failures, "\n".join(result.failures)
    assert result.uncovered(model) == []
