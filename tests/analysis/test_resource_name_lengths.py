"""Names of AWS resources may be as long as AWS takes, and no longer."""

from __future__ import annotations

import pytest

from nexus_gen.analysis.rules.resource_name_lengths import _report
from nexus_gen.diagnostics import Span
from nexus_gen.model import Environment
from nexus_gen.model.resource_names import ResourceName

from .documents import compiled, course

SPAN = Span("spec/nexus.yaml", 1, 1, 2)


@pytest.fixture
def environments() -> tuple[Environment, ...]:
    return compiled(course("a: {type: string}")).environments


@pytest.mark.parametrize(("length", "refused"), [(63, 0), (64, 0), (65, 1)])
def test_the_limit_itself_is_allowed(
    environments: tuple[Environment, ...], length: int, refused: int
) -> None:
    found = list(_report([(environments[0], [named("x" * length)])], SPAN))
    assert [diagnostic.code for diagnostic in found] == ["NX304"] * refused


def test_the_first_of_the_worst_names_is_shown(environments: tuple[Environment, ...]) -> None:
    names = [named("a" * 65), named("b" * 66), named("c" * 66)]
    (found,) = _report([(environments[0], names)], SPAN)
    assert f"`{'b' * 66}`" in found.message


def named(value: str) -> ResourceName:
    return ResourceName(kind="function", value=value, limit=64)
