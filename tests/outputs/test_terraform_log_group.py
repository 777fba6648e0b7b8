"""One log group for all functions, where the spec says so; metrics stay those of a vertical."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_gen.analysis.lower import lower
from nexus_gen.backends.lambda_.backend import LambdaBackend
from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.frontend import load
from nexus_gen.model import Model
from nexus_gen.model.resource_names import TERRAFORM, shared_names, vertical_names
from tests.outputs.conftest import ROOT
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_mock import Applied, apply, variables
from tests.outputs.terraform_roots import mocked_root

PREFIX = "aws-devops-dev-ai-nexus"
GROUP = f"/aws/lambda/{PREFIX}-functions"


@pytest.fixture(scope="module")
def shared_model(project_model: Model) -> Model:
    """The project's model, its functions sharing a log group."""
    return replace(project_model, product=replace(project_model.product, shared_log_group=True))


@pytest.fixture(scope="module")
def applied(
    shared_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Applied:
    """Its first environment, applied."""
    folder = write(TerraformBackend().generate(shared_model), tmp_path_factory.mktemp("shared"))
    given = variables(shared_model, shared_model.environments[0], terraform_packages)
    outcome = apply(terraform, folder / "backend", given)
    assert outcome.errors == ()
    (state,) = outcome.states
    return state


def test_functions_log_to_one_group_that_is_kept_and_encrypted(applied: Applied) -> None:
    group = applied.only("aws_cloudwatch_log_group")
    assert group["name"] == GROUP
    assert group["retention_in_days"] == 365
    assert group["kms_key_id"]
    (logging,) = applied.only("aws_lambda_function")["logging_config"]
    assert logging["log_group"] == GROUP


def test_a_function_may_write_to_that_group(applied: Applied) -> None:
    (policy,) = (
        values["policy"]
        for address, values in applied.of_type("aws_iam_role_policy").items()
        if address.endswith("aws_iam_role_policy.function")
    )
    statements = {one["Sid"]: one for one in json.loads(policy)["Statement"]}
    group = applied.only("aws_cloudwatch_log_group")
    assert statements["WriteLogs"]["Resource"] == f"{group['arn']}:*"


def test_every_metric_of_the_log_is_counted_by_vertical_and_watched(applied: Applied) -> None:
    counted = set()
    for log_filter in applied.of_type("aws_cloudwatch_log_metric_filter").values():
        assert log_filter["log_group_name"] == GROUP
        (metric,) = log_filter["metric_transformation"]
        assert metric["dimensions"] == {"Vertical": "$.vertical"}
        counted.add((metric["namespace"], metric["name"]))
    alarms = applied.of_type("aws_cloudwatch_metric_alarm").values()
    watched = [alarm for alarm in alarms if alarm["namespace"] == PREFIX]
    assert {(alarm["namespace"], alarm["metric_name"]) for alarm in watched} == counted
    assert len(counted) == 3
    body = applied.only("aws_cloudwatch_dashboard")["dashboard_body"]
    for alarm in watched:
        assert alarm["dimensions"] == {"Vertical": "education"}
        shown = f'["{PREFIX}","{alarm["metric_name"]}","Vertical","education",{{"stat":"Sum"}}]'
        assert shown in body


def test_names_are_those_that_are_measured(shared_model: Model, applied: Applied) -> None:
    (vertical,) = shared_model.verticals
    names = (*shared_names(shared_model, "dev"), *vertical_names(shared_model, vertical, "dev"))
    for kind in ("log group", "metric filter"):
        resource, attribute = TERRAFORM[kind]
        planned = sorted(values[attribute] for values in applied.of_type(resource).values())
        assert planned == sorted(name.value for name in names if name.kind == kind)


@pytest.mark.parametrize("mode", ["extended", "separate"])
def test_both_roots_take_it(
    shared_model: Model, terraform: Terraform, terraform_packages: Path, tmp_path: Path, mode: str
) -> None:
    generated = write(TerraformBackend().generate(shared_model), tmp_path)
    root = mocked_root(mode, generated, terraform_packages, terraform)
    assert terraform.validate(root.folder) == []
    state, errors = root.run("prod")
    assert errors == ()
    assert state is not None
    (group,) = (
        group
        for group in state.of_type("aws_cloudwatch_log_group").values()
        if group["name"].startswith("/aws/lambda/")
    )
    assert group["retention_in_days"] == 365


def test_alarms_name_the_vertical_as_its_lines_do() -> None:
    """Of a vertical of two words, whose name has more than one spelling."""
    model = lower(load(ROOT / "tests" / "golden" / "shared_log_group"))
    assert model.product.shared_log_group
    (handler,) = (a for a in LambdaBackend().generate(model) if "help_desk_api/handler" in a.path)
    assert b'vertical="help_desk"' in handler.content
    (alarms,) = (
        a for a in TerraformBackend().generate(model) if a.path.endswith("help-desk/monitoring.tf")
    )
    assert alarms.content.count(b'Vertical = "help_desk"') == 3
    assert alarms.content.count(b'"Vertical", "help_desk"') == 1
