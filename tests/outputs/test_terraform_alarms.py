"""Whatever DynamoDB refuses, of a table or of any of its indexes, is watched by an alarm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Adoption, Model
from nexus_gen.model.resource_names import METRICS_AN_ALARM
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_mock import Applied, apply, variables
from tests.outputs.test_terraform_adoption import adopted

METRICS = ("ReadThrottleEvents", "WriteThrottleEvents")
NAME = "{project}-{environment}-courses"


def with_indexes(model: Model, count: int) -> Model:
    """The model, the table of its one vertical having that many indexes."""
    (vertical,) = model.verticals
    one = next(index for entity in vertical.entities for index in entity.indexes)
    first, *others = (replace(entity, indexes=()) for entity in vertical.entities)
    slots = tuple(replace(one, slot=slot) for slot in range(1, count + 1))
    entities = (replace(first, indexes=slots), *others)
    return replace(model, verticals=(replace(vertical, entities=entities),))


def watched(state: Applied) -> dict[str, list[dict[str, str]]]:
    """Metric of DynamoDB -> dimensions that alarms read; each alarm is one that AWS takes."""
    found: dict[str, list[dict[str, str]]] = {}
    for alarm in state.of_type("aws_cloudwatch_metric_alarm").values():
        queries = alarm["metric_query"] or []
        metrics = [query["metric"][0] for query in queries if query["metric"]]
        if not metrics:
            continue
        assert len(metrics) <= METRICS_AN_ALARM
        (result,) = (query for query in queries if query["return_data"])
        assert result["expression"] == "SUM(FILL(METRICS(), 0))"
        assert (alarm["evaluation_periods"], alarm["datapoints_to_alarm"]) == (2, 1)
        assert not alarm["metric_name"]
        assert len({query["id"] for query in queries}) == len(queries)
        for metric in metrics:
            assert (metric["namespace"], metric["stat"]) == ("AWS/DynamoDB", "Sum")
            found.setdefault(metric["metric_name"], []).append(metric["dimensions"])
    return found


def all_of(table: str, count: int) -> list[dict[str, str]]:
    """Dimensions of the table and of its indexes."""
    indexes = ({"GlobalSecondaryIndexName": f"gsi{slot}"} for slot in range(1, count + 1))
    return [{"TableName": table, **index} for index in ({}, *indexes)]


@pytest.mark.parametrize("count", [0, 9, 10, 20])
@pytest.mark.parametrize("adoption", [None, *Adoption])
def test_the_table_and_every_index_are_watched_once(
    project_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path: Path,
    count: int,
    adoption: Adoption | None,
) -> None:
    if adoption is not None and count != 20:
        pytest.skip("what differs between adopted tables is the name alone")
    model = with_indexes(project_model, count)
    name = "aws-devops-dev-ai-nexus-education"
    if adoption is not None:
        model, name = adopted(model, adoption, NAME), "aws-devops-dev-courses"
    backend = write(TerraformBackend().generate(model), tmp_path) / "backend"
    outcome = apply(terraform, backend, variables(model, model.environments[0], terraform_packages))
    assert outcome.errors == ()
    (state,) = outcome.states
    found = watched(state)
    assert set(found) == set(METRICS)
    for dimensions in found.values():
        assert in_order(dimensions) == in_order(all_of(name, count))


def in_order(dimensions: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """The same, whatever order a set had."""
    return sorted(sorted(one.items()) for one in dimensions)


def test_the_dashboard_shows_what_indexes_refuse(
    project_model: Model, terraform: Terraform, terraform_packages: Path, tmp_path: Path
) -> None:
    model = with_indexes(project_model, 1)
    backend = write(TerraformBackend().generate(model), tmp_path) / "backend"
    outcome = apply(terraform, backend, variables(model, model.environments[0], terraform_packages))
    (state,) = outcome.states
    body: Any = state.only("aws_cloudwatch_dashboard")["dashboard_body"]
    table = "aws-devops-dev-ai-nexus-education"
    for metric in METRICS:
        of_table = f'["AWS/DynamoDB","{metric}","TableName","{table}"'
        assert f'{of_table},{{"stat":"Sum"}}]' in body
        assert f'{of_table},"GlobalSecondaryIndexName","gsi1",{{"stat":"Sum"}}]' in body
