"""What AWS would refuse is refused, in its words, to clients that know nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from nexus_gen.testing import UnmodelledError

from .attempts import DYNAMODB, NEVER, S3, S3_NEVER, Attempt
from .world import (
    BUCKET,
    FUNCTION,
    FUNCTION_ROLE,
    TABLE,
    TENANT,
    TENANT_ROLE,
    World,
    arranged,
    client_of,
    key,
    refused,
)


@pytest.fixture(scope="module")
def lasting_world(nothing_of_this_machine: None) -> Iterator[World]:
    """Two organizations with an item and an object each, for tests that change nothing."""
    with arranged(FUNCTION_ROLE, TENANT_ROLE) as world:
        yield world


@pytest.fixture
def world(lasting_world: World) -> World:
    """The lasting world, with nothing asked yet."""
    lasting_world.iam.reset()
    return lasting_world


def dump(world: World) -> str:
    """Everything that is stored."""
    items = world.administrator("dynamodb").scan(TableName=TABLE)["Items"]
    objects = world.administrator("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    stored = [(one["Key"], one["ETag"]) for one in objects]
    return json.dumps([sorted(items, key=str), sorted(stored)])


@pytest.mark.parametrize(("own", "theirs"), [("org1", "org10"), ("org10", "org1")])
@pytest.mark.parametrize("name", DYNAMODB)
def test_a_tenant_does_not_reach_anothers_items(
    world: World, name: str, own: str, theirs: str
) -> None:
    before = dump(world)
    error = refused(DYNAMODB[name], world.tenant("dynamodb", own), own, theirs)
    assert error["Error"]["Code"] == "AccessDeniedException"
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert dump(world) == before


@pytest.mark.parametrize("name", NEVER)
def test_nobody_does_what_names_no_key(world: World, name: str) -> None:
    before = dump(world)
    error = refused(NEVER[name], world.tenant("dynamodb", "org1"), "org1", "org10")
    assert error["Error"]["Code"] == "AccessDeniedException"
    assert dump(world) == before


@pytest.mark.parametrize(("own", "theirs"), [("org1", "org10"), ("org10", "org1")])
@pytest.mark.parametrize("name", S3)
def test_a_tenant_does_not_reach_anothers_objects(
    world: World, name: str, own: str, theirs: str
) -> None:
    before = dump(world)
    error = refused(S3[name], world.tenant("s3", own), own, theirs)
    # The answer to a HEAD has no body to say more.
    assert error["Error"]["Code"] == ("403" if name == "head object" else "AccessDenied")
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert dump(world) == before


@pytest.mark.parametrize("name", S3_NEVER)
def test_nobody_lists_beyond_an_organization(world: World, name: str) -> None:
    error = refused(S3_NEVER[name], world.tenant("s3", "org1"), "org1", "org10")
    assert error["Error"]["Code"] == "AccessDenied"


@pytest.mark.parametrize("name", [*DYNAMODB, *NEVER])
def test_the_function_itself_reaches_no_data(world: World, name: str) -> None:
    attempt: Attempt = (DYNAMODB | NEVER)[name]
    error = refused(attempt, world.function("dynamodb"), "org1", "org1")
    assert error["Error"]["Code"] == "AccessDeniedException"


def test_messages_are_those_of_aws(world: World) -> None:
    tenant = world.tenant("dynamodb", "org1")
    assert refused(DYNAMODB["get"], tenant, "org1", "org10")["Error"]["Message"] == (
        "User: arn:aws:sts::123456789012:assumed-role/school-tenant/tenant-org1 is not authorized "
        "to perform: dynamodb:GetItem on resource: "
        "arn:aws:dynamodb:eu-west-1:123456789012:table/school because no identity-based policy "
        "allows the dynamodb:GetItem action"
    )
    message = refused(NEVER["scan"], tenant, "org1", "org10")["Error"]["Message"]
    assert message.endswith("with an explicit deny in an identity-based policy")


def test_what_was_asked_of_iam_is_kept(world: World) -> None:
    tenant = world.tenant("dynamodb", "org1")
    world.iam.reset()
    refused(DYNAMODB["transact put"], tenant, "org1", "org10")
    own, theirs = world.iam.judgements
    assert [one.decision.outcome for one in (own, theirs)] == ["allow", "implicit deny"]
    assert theirs.request.action == "dynamodb:PutItem"
    assert theirs.request.context == {
        "aws:PrincipalTag/organization_id": "org1",
        "dynamodb:LeadingKeys": ("org10#course",),
        "dynamodb:EnclosingOperation": "TransactWriteItems",
    }
    assert world.iam.denials == [theirs]


@pytest.mark.parametrize(
    "changes",
    [
        {"Tags": None},
        {"Tags": [{"Key": "organization_id", "Value": ""}]},
        {"Tags": [{"Key": "organization", "Value": "org1"}]},
        {
            "Tags": [
                {"Key": "organization_id", "Value": "org1"},
                {"Key": "department", "Value": "x"},
            ]
        },
        {"RoleArn": TENANT.replace("school-tenant", "absent")},
        {"RoleArn": FUNCTION},
    ],
)
def test_a_trust_policy_is_enforced(world: World, changes: dict[str, Any]) -> None:
    error = refused(lambda: world.assume(**changes))
    assert error["Error"]["Code"] == "AccessDenied"
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_only_whom_it_names_assumes_a_role(world: World) -> None:
    sts = world.tenant("sts", "org1")
    tags = [{"Key": "organization_id", "Value": "org10"}]
    error = refused(lambda: sts.assume_role(RoleArn=TENANT, RoleSessionName="tenant", Tags=tags))
    assert error["Error"]["Code"] == "AccessDenied"


@pytest.mark.parametrize(
    "changes",
    [
        {"Tags": [{"Key": "organization_id", "Value": "org1\n"}]},
        {"Tags": [{"Key": "organization_id", "Value": "*"}]},
        {"Tags": [{"Key": "organization_id", "Value": "x" * 257}]},
        {"RoleSessionName": "x y"},
        {"RoleSessionName": "x" * 65},
    ],
)
def test_sts_refuses_what_no_tag_and_no_name_may_hold(world: World, changes: Any) -> None:
    error = refused(lambda: world.assume(**changes))
    assert error["Error"]["Code"] == "ValidationError"
    assert world.iam.judgements == []


def test_credentials_that_nobody_vended_are_refused(world: World) -> None:
    made_up = {"AccessKeyId": "ASIAMADEUP", "SecretAccessKey": "x", "SessionToken": "x"}
    expected = {
        "dynamodb": "UnrecognizedClientException",
        "s3": "InvalidAccessKeyId",
        "sts": "InvalidClientTokenId",
    }
    calls: dict[str, Any] = {
        "dynamodb": lambda client: client.get_item(TableName=TABLE, Key=key("org1")),
        "s3": lambda client: client.list_objects_v2(Bucket=BUCKET),
        "sts": lambda client: client.get_caller_identity(),
    }
    for service, code in expected.items():
        assert refused(calls[service], client_of(made_up, service))["Error"]["Code"] == code


def test_anybody_may_ask_who_they_are(world: World) -> None:
    assert world.function("sts").get_caller_identity()["Account"]


def test_what_is_not_modelled_fails_the_call_and_the_test(world: World) -> None:
    with pytest.raises(UnmodelledError, match="dynamodb CreateBackup"):
        world.function("dynamodb").create_backup(TableName=TABLE, BackupName="backup")
    assert len(world.iam.errors) == 1
    world.iam.reset()
