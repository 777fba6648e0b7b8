"""Where core stands and how its REST API is called: Region, endpoint, binary types, stages."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_gen.diagnostics import Severity
from tests.verify.estate.changed import API, Changed

POOL = "aws_cognito_user_pool.main"
OWN = '"{project}-{environment}-{product}-api"'


@pytest.mark.parametrize(
    ("attributes", "code", "says"),
    [
        ({"endpoint_configuration": [{"types": ["PRIVATE"]}]}, "NX619", "is private"),
        ({"disable_execute_api_endpoint": True}, "NX619", "answers 403"),
        ({"binary_media_types": ["image/png", "*/*"]}, "NX620", "takes `*/*` for binary"),
        ({"binary_media_types": ["application/json"]}, "NX620", "takes `application/json`"),
    ],
)
@pytest.mark.parametrize("mode", ["extended", "separate"])
def test_an_api_that_is_not_called_as_usual(
    core: Changed, mode: str, attributes: dict[str, Any], code: str, says: str
) -> None:
    if mode == "separate":
        core.separate()
    core.attributes(API).update(attributes)
    problem = core.only()
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert says in problem.message


@pytest.mark.parametrize(
    "attributes",
    [
        {"endpoint_configuration": [{"types": ["EDGE"]}]},
        {"disable_execute_api_endpoint": False},
        {"binary_media_types": ["image/png"]},
    ],
)
def test_an_api_that_is(core: Changed, attributes: dict[str, Any]) -> None:
    core.attributes(API).update(attributes)
    assert core.problems() == ()


@pytest.mark.parametrize("mode", ["extended", "separate"])
def test_a_state_of_another_region(core: Changed, mode: str) -> None:
    if mode == "separate":
        core.separate()
    core.spec("region: us-east-1\n", "region: eu-west-1\n")
    core.spec("sns:us-east-1:", "sns:eu-west-1:")
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX628", Severity.ERROR)
    assert core.marked(problem) == "eu-west-1"
    assert "is in us-east-1, and the spec says eu-west-1" in problem.message


def test_the_region_of_a_provider_that_names_it(core: Changed) -> None:
    core.attributes(API)["region"] = "eu-west-1"
    assert core.only().code == "NX628"


@pytest.mark.parametrize(
    ("output", "value"),
    [("cognito_user_pool_id", "eu-west-1_abc"), ("cognito_user_pool_arn", "arn:eu")],
)
def test_an_output_of_another_region(core: Changed, output: str, value: str) -> None:
    core.separate()
    if output.endswith("arn"):
        core.spec("authorizer: reuse", "authorizer: create")
        value = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc"
    core.state["outputs"][output] = {"value": value}
    problem = core.only()
    assert problem.code == "NX628"
    assert problem.message.startswith(f"core's output `{output}` is in eu-west-1")


def test_environments_whose_apis_have_one_name(core: Changed) -> None:
    core.spec(OWN, "aws-devops-dev-ai-nexus-api")
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX629", Severity.WARNING)
    assert problem.message.startswith("dev and staging and prod have one REST API")


@pytest.mark.parametrize("stage", ["prod", "prod-nexus"])
def test_environments_that_are_stages_of_one_api(core: Changed, stage: str) -> None:
    core.spec(OWN, "aws-devops-dev-ai-nexus-api")
    api = core.attributes(API)["id"]
    core.add("aws_api_gateway_stage", "second", rest_api_id=api, stage_name=stage)
    core.add("aws_api_gateway_stage", "other", rest_api_id="another", stage_name="staging")
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX629", Severity.ERROR)
    assert problem.message.startswith("dev and prod are stages of the one REST API")
