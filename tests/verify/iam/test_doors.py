"""Ways to a function or to a copy of a table, of which the proof must not be silent."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_gen.verify.iam import rendered
from nexus_gen.verify.mocked_apply import Applied

API = "arn:aws:execute-api:us-east-1:123456789012:api/*/*/education/*"
GATEWAY = "apigateway.amazonaws.com"


def unread(kind: str, values: dict[str, Any]) -> list[str]:
    """Addresses that the proof says it does not read, of a state with one resource."""
    applied = Applied({f"module.x.{kind}.one": values}, {})
    return [address for address, _ in rendered.read(applied, "module.x", {}, "/").unread]


@pytest.mark.parametrize(
    ("principal", "source"),
    [
        (GATEWAY, None),
        (GATEWAY, ""),
        (GATEWAY, "*"),
        (GATEWAY, "arn:aws:execute-api:*:*:*/*"),
        (GATEWAY, "arn:aws:execute-api:us-east-1:123456789012:*/*"),
        ("210987654321", API),
        ("*", API),
    ],
)
def test_a_call_that_comes_not_through_one_rest_api_is_told(
    principal: str, source: str | None
) -> None:
    values = {"principal": principal, "source_arn": source}
    assert unread("aws_lambda_permission", values) == ["aws_lambda_permission.one"]


def test_a_call_through_the_rest_api_is_read() -> None:
    assert unread("aws_lambda_permission", {"principal": GATEWAY, "source_arn": API}) == []


@pytest.mark.parametrize("authorization", ["NONE", "AWS_IAM", "CUSTOM"])
def test_a_method_without_a_token_of_cognito_is_told(authorization: str) -> None:
    values = {"http_method": "ANY", "authorization": authorization}
    assert unread("aws_api_gateway_method", values) == ["aws_api_gateway_method.one"]


@pytest.mark.parametrize(
    ("method", "authorization"), [("ANY", "COGNITO_USER_POOLS"), ("OPTIONS", "NONE")]
)
def test_a_method_with_a_token_and_a_preflight_are_read(method: str, authorization: str) -> None:
    values = {"http_method": method, "authorization": authorization}
    assert unread("aws_api_gateway_method", values) == []


@pytest.mark.parametrize(
    "kind",
    [
        "aws_lambda_function_url",
        "aws_dynamodb_global_secondary_index",
        "aws_dynamodb_kinesis_streaming_destination",
        "aws_dynamodb_table_export",
    ],
)
def test_a_copy_or_an_address_of_its_own_is_told(kind: str) -> None:
    assert unread(kind, {}) == [f"{kind}.one"]
