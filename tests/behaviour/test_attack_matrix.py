"""Every route under every attack that the model gives it a place for; IAM is not there to help."""

from __future__ import annotations

import pytest

from nexus_gen.model import Model
from tests.attacks.estate import Estate
from tests.attacks.run import attack_everything

from .attack_target import Function

PAIRS = (("org1", "org10"), ("org10", "org1"), ("org2", "org1"))
"""Who attacks whom: a prefix of the other's id, an extension of it, neither."""


@pytest.mark.parametrize(("own", "theirs"), PAIRS, ids=["-on-".join(pair) for pair in PAIRS])
def test_no_attack_on_any_route_reaches_another_organization(
    function: Function,
    model: Model,
    estates: dict[str, Estate],
    capsys: pytest.CaptureFixture[str],
    own: str,
    theirs: str,
) -> None:
    result = attack_everything(function, model, [(estates[own], estates[theirs])])
    with capsys.disabled():
        print(f"\nattack matrix, handlers alone, {own} on {theirs}\n{result.table(model)}")
    assert not result.failures, "\n".join(result.failures)
    assert result.uncovered(model) == []
