"""What would collide or is missing is found in core's state, with the line of the spec."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.diagnostics import Severity
from nexus_gen.model.resource_names import TERRAFORM, shared_names, vertical_names
from tests.verify.estate.changed import API, SPEC, Changed, recorded

_ARN = "arn:aws:any:us-east-1:123456789012:a/b"
AUTHORIZER = "aws_api_gateway_authorizer.cognito"
RESPONSES = "aws_api_gateway_gateway_response.cors"


@pytest.mark.parametrize("mode", ["extended", "separate"])
def test_the_example_estate_has_nothing_against_it(core: Changed, mode: str) -> None:
    if mode == "separate":
        core.separate()
    assert core.problems() == ()


def test_both_forms_of_one_state_say_the_same(core: Changed) -> None:
    core.state = json.loads(recorded("core.show.json"))
    assert core.problems() == ()
    core.state["values"]["root_module"]["resources"] = [
        one
        for one in core.state["values"]["root_module"]["resources"]
        if one["type"] != "aws_api_gateway_gateway_response"
    ]
    assert core.only().code == "NX617"


def test_the_backend_s_own_resources_do_not_collide_with_it(core: Changed) -> None:
    core.state = json.loads(recorded("extended.tfstate.json"))
    assert core.problems() == ()


def test_a_separate_root_beside_a_core_that_holds_the_backend(core: Changed) -> None:
    core.state = json.loads(recorded("extended.tfstate.json"))
    core.separate()
    problem = core.only()
    assert problem.code == "NX618"
    assert "103 resources below `module.nexus`" in problem.message
    assert core.marked(problem) == "separate"


def test_a_rest_api_of_another_environment(core: Changed) -> None:
    core.environment = "prod"
    problem = core.only()
    assert problem.code == "NX611"
    assert "no REST API `aws-devops-prod-ai-nexus-api`" in problem.message
    assert problem.help.startswith("this is the state of dev: add `--environment dev`")


def test_a_rest_api_of_another_name(core: Changed) -> None:
    core.attributes(API)["name"] = "main-api"
    problem = core.only()
    assert problem.code == "NX611"
    assert problem.message.endswith("there is `main-api`")
    assert core.marked(problem) == '"{project}-{environment}-{product}-api"'
    assert "integration.rest_api" in problem.help


@pytest.mark.parametrize("name", ["", None])
def test_a_rest_api_without_a_name(core: Changed, name: str | None) -> None:
    core.attributes(API)["name"] = name
    problem = core.only()
    assert (problem.code, "``" in problem.message) == ("NX611", False)
    assert problem.message.endswith(f"there is `{API}` without a name")


def test_no_rest_api_at_all(core: Changed) -> None:
    core.separate()
    core.remove(API)
    assert core.only().message.endswith("there is none")


def test_the_address_of_another_rest_api(core: Changed) -> None:
    core.add("aws_api_gateway_rest_api", "other", name="other", id="x")
    core.spec(
        "  core_state:",
        "  core_resources: {rest_api: aws_api_gateway_rest_api.other}\n  core_state:",
    )
    problem = core.only()
    assert problem.code == "NX611"
    assert core.marked(problem) == "aws_api_gateway_rest_api.other"
    assert f"`{API}`" in problem.help


def test_two_rest_apis_of_the_name(core: Changed) -> None:
    core.separate()
    core.add("aws_api_gateway_rest_api", "twin", name=core.attributes(API)["name"], id="x")
    assert "2 REST APIs" in core.only().message


def test_a_rest_api_that_core_overwrites(core: Changed) -> None:
    paths = {"/education/old": {}, "/files": {}}
    core.attributes(API)["body"] = json.dumps({"paths": paths})
    overwritten, taken = core.problems()
    assert (overwritten.code, taken.code) == ("NX612", "NX613")
    assert f"`body` of {API}" in taken.message
    core.attributes(API)["put_rest_api_mode"] = "merge"
    assert core.only() == taken


def test_a_path_that_is_taken(core: Changed) -> None:
    core.add_path("education")
    problem = core.only()
    assert problem.code == "NX613"
    assert problem.message.endswith("`/education` already: `aws_api_gateway_resource.education`")
    assert (core.marked(problem), problem.span and problem.span.file) == ("education", SPEC[1])


def test_a_path_of_another_api_or_level_is_free(core: Changed) -> None:
    core.add("aws_api_gateway_resource", "a", rest_api_id="x", parent_id="x", path_part="education")
    files = next(core.instances("aws_api_gateway_resource.own"))
    api = core.attributes(API)["id"]
    core.add(
        "aws_api_gateway_resource",
        "b",
        rest_api_id=api,
        parent_id=files["id"],
        path_part="education",
    )
    assert core.problems() == ()


def test_an_endpoint_that_is_not_reserved(core: Changed) -> None:
    core.add_path("billing")
    core.add_path("{proxy+}")
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX616", Severity.WARNING)
    assert problem.message.endswith("does not name: `billing`")


def test_more_resources_than_the_quota(core: Changed) -> None:
    parent = next(core.instances("aws_api_gateway_resource.own"))
    api = core.attributes(API)["id"]
    for number in range(290):
        core.add(
            "aws_api_gateway_resource",
            f"r{number}",
            rest_api_id=api,
            parent_id=parent["id"],
            path_part=f"r{number}",
        )
    problem = core.only()
    assert problem.code == "NX615"
    assert "304 resources, 293 of core and 11 of the spec, and its quota is 300" in problem.message
    core.spec("  authorizer: reuse", "  authorizer: reuse\n  resource_quota: 304")
    assert core.problems() == ()


def names() -> list[tuple[str, str]]:
    """Every kind and name of the dev environment that core could have too."""
    model = Changed.model()
    found = [*shared_names(model, "dev"), *vertical_names(model, model.verticals[0], "dev")]
    return [(name.kind, name.value) for name in found if name.kind != "metric filter"]


@pytest.mark.parametrize(("kind", "value"), names())
def test_a_name_that_is_taken(core: Changed, kind: str, value: str) -> None:
    type_, attribute = TERRAFORM[kind]
    core.add(type_, "old", **{attribute: value})
    problem = core.only()
    assert problem.code == "NX614"
    assert problem.message == f"the {kind} `{value}` is in core already: `{type_}.old`"
    assert core.marked(problem) in ("education", "ai-nexus")


def test_a_stage_and_an_authorizer_that_are_taken(core: Changed) -> None:
    core.separate()
    core.spec("authorizer: reuse", "authorizer: create")
    api = core.attributes(API)["id"]
    core.add("aws_api_gateway_stage", "old", rest_api_id=api, stage_name="dev-nexus")
    core.add("aws_api_gateway_stage", "free", rest_api_id="another", stage_name="dev-nexus")
    core.add(
        "aws_api_gateway_authorizer",
        "old",
        rest_api_id=api,
        name="aws-devops-dev-ai-nexus-cognito",
    )
    core.add(
        "aws_cloudwatch_log_group", "old", name="/aws/apigateway/aws-devops-dev-ai-nexus-access"
    )
    found = [problem.message.split("`")[3] for problem in core.problems()]
    assert found == [
        "aws_api_gateway_authorizer.old",
        "aws_api_gateway_stage.old",
        "aws_cloudwatch_log_group.old",
    ]


def test_names_of_another_environment_are_free(core: Changed) -> None:
    core.add("aws_dynamodb_table", "old", name="aws-devops-prod-ai-nexus-education")
    assert core.problems() == ()


def test_a_table_that_is_taken_can_be_kept(core: Changed) -> None:
    core.add("aws_dynamodb_table", "old", name="aws-devops-dev-ai-nexus-education")
    assert "table: {adopt: reference}" in core.only().help


def test_refusals_without_a_cors_header(core: Changed) -> None:
    core.remove(RESPONSES)
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX617", Severity.WARNING)
    assert "`DEFAULT_4XX` and `DEFAULT_5XX`" in problem.message


def test_one_response_without_the_header_and_one_of_its_own_type(core: Changed) -> None:
    core.attributes(RESPONSES)["response_parameters"] = {}
    core.add(
        "aws_api_gateway_gateway_response",
        "own",
        rest_api_id=core.attributes(API)["id"],
        response_type="UNAUTHORIZED",
    )
    assert "`DEFAULT_4XX` and `UNAUTHORIZED` send" in core.only().message


def test_the_header_for_another_origin(core: Changed) -> None:
    key = "gatewayresponse.header.access-control-allow-origin"
    core.attributes(RESPONSES)["response_parameters"] = {key: "'https://other.example'"}
    problem = core.only()
    assert problem.code == "NX617"
    assert "'https://other.example', which is none of dev" in problem.message
    assert core.marked(problem).startswith("[https://dev.diatonic.ai")


@pytest.mark.parametrize("value", ["'*'", "method.request.header.Origin"])
def test_the_header_for_any_origin(core: Changed, value: str) -> None:
    key = "gatewayresponse.header.Access-Control-Allow-Origin"
    core.attributes(RESPONSES)["response_parameters"] = {key: value}
    assert core.problems() == ()


def test_an_output_that_is_missing(core: Changed) -> None:
    core.separate()
    core.state["outputs"]["private_subnets_ids"] = core.state["outputs"].pop("private_subnet_ids")
    problem = core.only()
    assert problem.code == "NX621"
    assert problem.message == "core's state has no output `private_subnet_ids`"
    assert core.marked(problem) == "private_subnet_ids"
    assert "did you mean `private_subnets_ids`?" in problem.help


@pytest.mark.parametrize(
    ("output", "value", "kind"),
    [
        ("vpc_id", None, "not a string but null"),
        ("vpc_id", "", "not a string but empty"),
        ("vpc_id", ["vpc-1"], "not a string but a list"),
        ("private_subnet_ids", "subnet-1", "not a list of strings but a string"),
        ("private_subnet_ids", [], "not a list of strings but empty"),
        ("private_subnet_ids", [1], "not a list of strings but a list"),
        ("authorizer_id", 3, "not a string but a number"),
        ("authorizer_id", _ARN, "not the id of an authorizer but an ARN"),
        ("cognito_user_pool_id", _ARN, "not the id of a user pool but an ARN"),
        ("cognito_user_pool_client_id", _ARN, "not the id of an app client but an ARN"),
        ("cognito_user_pool_client_id", "my app", "not the id of an app client but another text"),
        ("vpc_id", _ARN, "not the id of a VPC but an ARN"),
        ("private_subnet_ids", ["subnet-1", _ARN], "not the ids of subnets but an ARN"),
        ("private_subnet_ids", ["vpc-1"], "not the ids of subnets but another text"),
    ],
)
def test_an_output_of_another_type(core: Changed, output: str, value: Any, kind: str) -> None:
    core.separate()
    core.state["outputs"][output] = {"value": value}
    assert core.only().message == f"core's output `{output}` is {kind}"


def test_no_outputs_at_all(core: Changed) -> None:
    core.separate()
    core.state["outputs"] = {}
    problem = core.only()
    assert problem.code == "NX621"
    assert "`cognito_user_pool_client_id`" in problem.message


@pytest.mark.parametrize("mode", ["extended", "separate"])
@pytest.mark.parametrize("output", ["environment", "stage"])
def test_an_output_that_names_another_environment(core: Changed, mode: str, output: str) -> None:
    if output != "environment":
        core.spec("mode: extended", f"mode: {mode}\n  core_outputs: {{environment: {output}}}")
    elif mode == "separate":
        core.separate()
    core.state["outputs"][output] = {"value": "dev"}
    assert core.problems() == ()
    core.state["outputs"][output] = {"value": "prod"}
    problem = core.only()
    assert problem.code == "NX627"
    assert "says 'prod', and the environment is dev" in problem.message
    assert "add `--environment prod`" in problem.help


def test_an_output_that_must_name_the_environment(core: Changed) -> None:
    core.separate()
    assert core.problems() == ()
    core.spec("core_outputs: {", "core_outputs: {environment: stage, ")
    assert core.only().message == "core's state has no output `stage`"


def test_outputs_are_not_needed_inside_core(core: Changed) -> None:
    core.state["outputs"] = {}
    assert core.problems() == ()


def test_the_output_that_an_authorizer_of_ours_needs(core: Changed) -> None:
    core.separate()
    core.spec("authorizer: reuse", "authorizer: create")
    del core.state["outputs"]["authorizer_id"]
    assert core.problems() == ()
    del core.state["outputs"]["cognito_user_pool_arn"]
    assert core.marked(core.only()) == "cognito_user_pool_arn"


def test_a_resource_of_core_that_is_missing(core: Changed) -> None:
    core.spec("  core_state:", "  core_resources: {vpc: aws_vpc.core}\n  core_state:")
    problem = core.only()
    assert (problem.code, problem.message) == ("NX622", "core has no `aws_vpc.core`")
    assert core.marked(problem) == "aws_vpc.core"
    assert problem.help == "core has `aws_vpc.main`: write `core_resources: {vpc: ...}`"


def test_everything_that_is_wrong_is_told_at_once(core: Changed) -> None:
    core.add_path("education")
    core.remove(RESPONSES)
    core.attributes(AUTHORIZER)["type"] = "TOKEN"
    assert [problem.code for problem in core.problems()] == ["NX613", "NX617", "NX623"]


def attributes_of(state: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Resource, instance and name of every attribute of a state file."""
    return [
        (number, position, attribute)
        for number, resource in enumerate(state["resources"])
        for position, instance in enumerate(resource["instances"])
        for attribute in instance["attributes"]
    ]


VALUES = st.sampled_from([None, "", "x", 1, True, [], [1], [None], {}, {"a": 1}, [{"name": None}]])


@given(st.data(), VALUES, st.sampled_from(["extended", "separate"]))
def test_no_value_of_an_attribute_breaks_a_check(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, value: Any, mode: str
) -> None:
    core = Changed(tmp_path_factory.mktemp("any"))
    if mode == "separate":
        core.separate()
    place = data.draw(st.sampled_from(attributes_of(core.state)))
    number, position, attribute = place
    core.state["resources"][number]["instances"][position]["attributes"][attribute] = value
    core.problems()
