"""Policies are enforced as they are, and only while a test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore import handlers
from moto import mock_aws

from nexus_gen.testing import Role, UnmodelledError, enforce_iam

from .attempts import DYNAMODB, NEVER, S3
from .world import (
    FUNCTION,
    FUNCTION_ROLE,
    OWN_ITEMS,
    REGION,
    TABLE,
    TABLE_ARN,
    TENANT,
    TENANT_ROLE,
    World,
    arranged,
    client_of,
    key,
    policy,
    refused,
)


@pytest.fixture
def fresh_world() -> Iterator[World]:
    """A world that a test may change."""
    with arranged(FUNCTION_ROLE, TENANT_ROLE) as world:
        yield world


@pytest.mark.parametrize("name", DYNAMODB)
def test_a_tenant_reaches_its_own_items(fresh_world: World, name: str) -> None:
    DYNAMODB[name](fresh_world.tenant("dynamodb", "org1"), "org1", "org1")
    assert fresh_world.iam.denials == []


@pytest.mark.parametrize("name", S3)
def test_a_tenant_reaches_its_own_objects(fresh_world: World, name: str) -> None:
    S3[name](fresh_world.tenant("s3", "org1"), "org1", "org1")
    assert fresh_world.iam.denials == []


def test_a_tag_of_the_role_is_a_tag_of_its_sessions_too() -> None:
    """IAM User Guide, "Pass session tags in AWS STS": session tags override tags of the role."""
    everybody = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["sts:AssumeRole", "sts:TagSession"],
    }
    tagged = replace(TENANT_ROLE, trust=policy(everybody), tags={"organization_id": "org10"})
    with arranged(FUNCTION_ROLE, tagged) as world:
        untagged = client_of(world.assume(Tags=None)["Credentials"], "dynamodb")
        assert untagged.get_item(TableName=TABLE, Key=key("org10"))["Item"]
        assert refused(DYNAMODB["get"], untagged, "org10", "org1")
        assert refused(DYNAMODB["get"], world.tenant("dynamodb", "org1"), "org1", "org10")


KEYS = "dynamodb:LeadingKeys"
ORGANIZATION = "${aws:PrincipalTag/organization_id}"
LEAKS: dict[str, tuple[dict[str, Any], str]] = {
    "no Null guard": (
        {"Action": "dynamodb:*", "Condition": {"ForAllValues:StringLike": {KEYS: "x"}}},
        "scan",
    ),
    "ForAnyValue": (
        {"Condition": {"ForAnyValue:StringLike": {KEYS: f"{ORGANIZATION}#*"}}},
        "batch get of both",
    ),
    "no separator": (
        {"Condition": {"ForAllValues:StringLike": {KEYS: f"{ORGANIZATION}*"}}},
        "get",
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_policy_that_leaks_is_seen_to_leak(leak: str) -> None:
    """The double allows what AWS would allow: a test against it finds the hole."""
    change, attempt = LEAKS[leak]
    leaking = replace(TENANT_ROLE, policies=(policy({**OWN_ITEMS, **change}),))
    with arranged(FUNCTION_ROLE, leaking) as world:
        (DYNAMODB | NEVER)[attempt](world.tenant("dynamodb", "org1"), "org1", "org10")
        assert world.iam.denials == []


def test_an_error_that_a_handler_swallows_is_raised_at_the_end() -> None:
    with (
        pytest.raises(UnmodelledError, match="the service sqs"),
        mock_aws(),
        enforce_iam(FUNCTION_ROLE, execution_role=FUNCTION),
        suppress(UnmodelledError),
    ):
        boto3.client("sqs", region_name=REGION).list_queues()


@pytest.mark.parametrize("key", ["dynamodb:Attributes", "aws:SourceIp", "s3:x-amz-acl"])
def test_a_condition_key_that_requests_do_not_carry_is_refused(key: str) -> None:
    statement = {**OWN_ITEMS, "Condition": {"StringEqualsIfExists": {key: "x"}}}
    with pytest.raises(UnmodelledError, match=key):
        Role(TENANT, (policy(statement),))


def test_without_moto_there_is_nothing_to_enforce(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = [entry for entry in handlers.BUILTIN_HANDLERS if entry[0] != "before-send"]
    monkeypatch.setattr(handlers, "BUILTIN_HANDLERS", bare)
    with pytest.raises(RuntimeError, match="moto"), enforce_iam(FUNCTION_ROLE):
        pass


def test_policies_move_to_the_resources_of_a_test() -> None:
    other = "arn:aws:dynamodb:us-east-1:123456789012:table/test-school"
    moved = TENANT_ROLE.with_resources({TABLE_ARN: other, FUNCTION: FUNCTION + "-2"})
    assert moved.policies[0].statements[0].resources == (other, f"{other}/index/*")
    assert moved.trust is not None
    assert moved.trust.statements[0].principals[0].value == FUNCTION + "-2"


def test_the_environment_is_as_before_when_it_ends() -> None:
    before = list(handlers.BUILTIN_HANDLERS)
    with mock_aws():
        with enforce_iam(FUNCTION_ROLE, execution_role=FUNCTION):
            assert before != handlers.BUILTIN_HANDLERS
        assert before == handlers.BUILTIN_HANDLERS
        boto3.client("dynamodb", region_name=REGION).list_tables()
