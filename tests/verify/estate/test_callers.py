"""What the authorizer and the user pool say about callers: organization, roles, tokens."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_gen.diagnostics import Severity
from tests.verify.estate.changed import Changed

CLIENT = "aws_cognito_user_pool_client.web"
POOL = "aws_cognito_user_pool.main"
AUTHORIZER = "aws_api_gateway_authorizer.cognito"


@pytest.mark.parametrize("mode", ["extended", "separate"])
@pytest.mark.parametrize(
    ("attribute", "value", "says"),
    [
        ("type", "TOKEN", "is of type TOKEN, and the routes need COGNITO_USER_POOLS"),
        ("rest_api_id", "x", "belongs to another REST API"),
        ("provider_arns", ["arn:x"], "does not take tokens of the user pool"),
        ("identity_source", "method.request.header.X-Token", "reads the token from"),
    ],
)
def test_an_authorizer_that_does_not_fit(
    core: Changed, mode: str, attribute: str, value: Any, says: str
) -> None:
    if mode == "separate":
        core.separate()
    core.attributes(AUTHORIZER)[attribute] = value
    problem = core.only()
    assert problem.code == "NX623"
    assert says in problem.message


def test_no_authorizer_of_core_is_needed(core: Changed) -> None:
    core.spec("authorizer: reuse", "authorizer: create")
    core.attributes(AUTHORIZER)["type"] = "TOKEN"
    assert core.problems() == ()


def test_any_app_client_of_the_pool_that_may_write_the_claim(core: Changed) -> None:
    claim = "custom:organization_id"
    pool = core.attributes(POOL)["id"]
    core.add(
        "aws_cognito_user_pool_client",
        "mobile",
        name="mobile",
        user_pool_id=pool,
        write_attributes=["email", claim],
    )
    core.add(
        "aws_cognito_user_pool_client", "foreign", user_pool_id="other", write_attributes=[claim]
    )
    problem = core.only()
    assert problem.code == "NX624"
    assert "`mobile`" in problem.message
    assert core.marked(problem) == claim


def test_a_client_without_a_list_writes_standard_attributes_only(core: Changed) -> None:
    core.attributes(CLIENT)["write_attributes"] = []
    assert core.problems() == ()


def test_a_claim_that_no_token_carries(core: Changed) -> None:
    core.attributes(CLIENT)["read_attributes"] = ["email"]
    assert "may not read it" in core.only().message
    del core.attributes(CLIENT)["read_attributes"]
    assert "may not read it" in core.only().message
    core.attributes(POOL)["schema"] = []
    problem = core.only()
    assert problem.code == "NX625"
    assert "no attribute `custom:organization_id`" in problem.message
    core.attributes(POOL)["lambda_config"] = [{"pre_token_generation": "arn:aws:lambda:..."}]
    assert core.problems() == ()


def test_a_role_without_a_group(core: Changed) -> None:
    for group in core.instances("aws_cognito_user_group.roles"):
        if group["name"] == "instructor":
            group["name"] = "Instructor"
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX626", Severity.WARNING)
    assert core.marked(problem) == "instructor"
    assert "did you mean the group `Instructor`?" in problem.help
