"""Three environments in one account: every name carries project and environment, none twice."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import hcl2
import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Model
from nexus_gen.verify.mocked_apply import Applied, type_of
from tests.outputs.conftest import ROOT
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_roots import MockedRoot, mocked_root

NAMES = {
    "aws_cloudwatch_dashboard": "dashboard_name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_log_metric_filter": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_dynamodb_table": "name",
    "aws_iam_role": "name",
    "aws_iam_role_policy": "name",
    "aws_kms_alias": "name",
    "aws_kms_key": "description",
    "aws_lambda_function": "function_name",
    "aws_lambda_layer_version": "layer_name",
    "aws_security_group": "name",
}
"""Resource type -> the attribute that a person or an account knows it by."""

WITHIN = {
    "aws_api_gateway_authorizer": "the REST API",
    "aws_api_gateway_deployment": "the REST API",
    "aws_api_gateway_integration": "the REST API",
    "aws_api_gateway_integration_response": "the REST API",
    "aws_api_gateway_method": "the REST API",
    "aws_api_gateway_method_response": "the REST API",
    "aws_api_gateway_method_settings": "the stage",
    "aws_api_gateway_request_validator": "the REST API",
    "aws_api_gateway_resource": "the REST API",
    "aws_api_gateway_stage": "the REST API",
    "aws_iam_role_policy_attachment": "the role",
    "aws_lambda_permission": "the function",
    "aws_vpc_security_group_egress_rule": "the security group",
}
"""Resource type -> what its name is unique in, and what carries the environment for it."""


@pytest.fixture(scope="module", params=["separate", "extended"])
def root(
    request: pytest.FixtureRequest,
    project_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> MockedRoot:
    rendered = write(
        TerraformBackend().generate(project_model), tmp_path_factory.mktemp("root") / "generated"
    )
    return mocked_root(request.param, rendered, terraform_packages, terraform)


@pytest.fixture(scope="module")
def applied(root: MockedRoot, project_model: Model) -> dict[str, Applied]:
    """Environment -> what an apply of the root with its tfvars makes."""
    made = {}
    for environment in project_model.environments:
        state, errors = root.run(environment.name)
        assert errors == ()
        assert state is not None
        made[environment.name] = state
    return made


def ours(root: MockedRoot, state: Applied) -> dict[str, dict[str, Any]]:
    """Address -> values of what is not the example core's, data sources left out."""
    below = "module.nexus." if root.mode == "extended" else ""
    return {a: v for a, v in state.resources.items() if a.startswith(below) and type_of(a)}


def names(root: MockedRoot, state: Applied) -> set[tuple[str, str]]:
    """(resource type, name) of everything that has a name of its own."""
    return {
        (type_of(address), values[NAMES[type_of(address)]])
        for address, values in ours(root, state).items()
        if type_of(address) in NAMES
    }


def test_every_resource_type_is_known_to_this_test(
    root: MockedRoot, applied: dict[str, Applied]
) -> None:
    types = {type_of(address) for state in applied.values() for address in ours(root, state)}
    assert types - NAMES.keys() - WITHIN.keys() == set()
    assert len(types) > 15


def test_every_name_carries_project_and_environment(
    root: MockedRoot, applied: dict[str, Applied], project_model: Model
) -> None:
    for environment, state in applied.items():
        expected = f"{project_model.product.project}-{environment}-{project_model.product.name}"
        found = names(root, state)
        assert len(found) > 15
        assert [name for name in sorted(found) if expected not in name[1]] == []


def test_no_two_environments_collide_in_one_account(
    root: MockedRoot, applied: dict[str, Applied]
) -> None:
    for one, other in combinations(applied, 2):
        assert names(root, applied[one]) & names(root, applied[other]) == set(), (one, other)


def test_nothing_takes_a_name_of_core(root: MockedRoot, applied: dict[str, Applied]) -> None:
    if root.mode == "separate":
        pytest.skip("core is not in this state")
    for state in applied.values():
        own = set(ours(root, state))
        core = {
            (type_of(address), values[NAMES[type_of(address)]])
            for address, values in state.resources.items()
            if address not in own and type_of(address) in NAMES
        }
        assert core
        assert core & names(root, state) == set()


def test_the_environments_of_a_root_have_the_same_resources(
    root: MockedRoot, applied: dict[str, Applied]
) -> None:
    addresses = {name: set(ours(root, state)) for name, state in applied.items()}
    assert addresses["dev"] == addresses["staging"] == addresses["prod"]


def test_stages_of_ours_carry_the_environment(
    root: MockedRoot, applied: dict[str, Applied]
) -> None:
    stages = {
        environment: state.only("aws_api_gateway_stage")["stage_name"]
        for environment, state in applied.items()
    }
    ending = "-nexus" if root.mode == "separate" else ""
    assert stages == {environment: f"{environment}{ending}" for environment in applied}


def test_tfvars_set_the_same_things(root: MockedRoot, project_model: Model) -> None:
    shapes = set()
    for environment in project_model.environments:
        with (root.environments / f"{environment.name}.tfvars").open(encoding="utf-8") as file:
            shapes.add(str(shape(hcl2.load(file))))
    assert len(shapes) == 1


def shape(value: Any) -> Any:
    """The keys of nested objects."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    return None


def test_every_environment_is_bounded_and_watched_as_the_spec_says(
    root: MockedRoot, applied: dict[str, Applied], project_model: Model
) -> None:
    for environment in project_model.environments:
        made = ours(root, applied[environment.name])
        values: dict[str, list[dict[str, Any]]] = {}
        for address, resource in made.items():
            values.setdefault(type_of(address), []).append(resource)
        topic = environment.alarm_topic_arn
        for alarm in values["aws_cloudwatch_metric_alarm"]:
            assert (alarm["alarm_actions"] or []) == ([topic] if topic else []), alarm["alarm_name"]
        for group in values["aws_cloudwatch_log_group"]:
            assert group["retention_in_days"] == environment.log_retention_days, group["name"]
            assert group["kms_key_id"], group["name"]
        for function in values["aws_lambda_function"]:
            wanted = environment.functions
            assert function["memory_size"] == wanted.memory_mb
            assert function["timeout"] == wanted.timeout_seconds
            assert function["reserved_concurrent_executions"] == wanted.reserved_concurrency
            assert function["tracing_config"] == [{"mode": "Active"}]
        for table in values["aws_dynamodb_table"]:
            assert table["deletion_protection_enabled"] is environment.deletion_protection
            assert table["point_in_time_recovery"][0]["enabled"] is True
        assert len(values["aws_cloudwatch_dashboard"]) == len(project_model.verticals)
        for key in values["aws_kms_key"]:
            assert key["enable_key_rotation"] or key["key_usage"] == "GENERATE_VERIFY_MAC"


def test_our_stage_is_throttled_traced_and_logged_as_the_spec_says(
    root: MockedRoot, applied: dict[str, Applied], project_model: Model
) -> None:
    if root.mode == "extended":
        pytest.skip("the stage is core's")
    for environment in project_model.environments:
        state = applied[environment.name]
        settings = state.only("aws_api_gateway_method_settings")
        assert settings["method_path"] == "*/*"
        (limits,) = settings["settings"]
        assert limits["throttling_rate_limit"] == environment.throttle.rate
        assert limits["throttling_burst_limit"] == environment.throttle.burst
        assert limits["data_trace_enabled"] is False
        assert not limits["caching_enabled"]
        stage = state.only("aws_api_gateway_stage")
        assert stage["xray_tracing_enabled"] is True
        assert '"requestId":"$context.requestId"' in stage["access_log_settings"][0]["format"]


def test_the_runbook_says_what_to_do_for_every_alarm(
    root: MockedRoot, applied: dict[str, Applied], project_model: Model
) -> None:
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    alarms = text[text.index("## Alarms") : text.index("## Operations")]
    explained = set(re.findall(r"^### ([a-z-]+)$", alarms, re.M))
    prefix = "aws-devops-prod-ai-nexus-"
    made = {
        values["alarm_name"].removeprefix(prefix).removeprefix("education-")
        for values in applied["prod"].of_type("aws_cloudwatch_metric_alarm").values()
        if values["alarm_name"].startswith(prefix)
    }
    assert made <= explained
    if root.mode == "separate":
        assert made == explained
