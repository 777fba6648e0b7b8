"""A table, a bucket and two roles on moto, with their policies enforced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from nexus_gen.testing import IamDouble, Policy, Role, enforce_iam, parse

ACCOUNT = "123456789012"
REGION = "eu-west-1"
TABLE = "school"
TABLE_ARN = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
BUCKET = "files"
FUNCTION = f"arn:aws:iam::{ACCOUNT}:role/school-api"
TENANT = f"arn:aws:iam::{ACCOUNT}:role/school-tenant"
TAG = "aws:PrincipalTag/organization_id"
PREFIX = f"organizations/${{{TAG}}}/"
OPERATIONS = (
    "GetItem PutItem UpdateItem DeleteItem Query BatchGetItem BatchWriteItem ConditionCheckItem"
)

OWN_ITEMS = {
    "Sid": "OwnItems",
    "Effect": "Allow",
    "Action": [f"dynamodb:{operation}" for operation in OPERATIONS.split()],
    "Resource": [TABLE_ARN, f"{TABLE_ARN}/index/*"],
    "Condition": {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"${{{TAG}}}#*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
        "StringLike": {TAG: "?*"},
    },
}
NO_UNBOUNDED_READS = {
    "Sid": "NoUnboundedReads",
    "Effect": "Deny",
    "Action": ["dynamodb:Scan", "dynamodb:PartiQL*"],
    "Resource": "*",
}
OWN_OBJECTS = {
    "Sid": "OwnObjects",
    "Effect": "Allow",
    "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    "Resource": f"arn:aws:s3:::{BUCKET}/{PREFIX}*",
}
OWN_LIST = {
    "Sid": "OwnList",
    "Effect": "Allow",
    "Action": "s3:ListBucket",
    "Resource": f"arn:aws:s3:::{BUCKET}",
    "Condition": {"StringLike": {"s3:prefix": f"{PREFIX}*"}},
}
BECOME_TENANT = {
    "Sid": "BecomeTenant",
    "Effect": "Allow",
    "Action": ["sts:AssumeRole", "sts:TagSession"],
    "Resource": TENANT,
}
TRUST = {
    "Effect": "Allow",
    "Principal": {"AWS": FUNCTION},
    "Action": ["sts:AssumeRole", "sts:TagSession"],
    "Condition": {
        "StringLike": {"aws:RequestTag/organization_id": "?*"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["organization_id"]},
    },
}


def policy(*statements: Any) -> Policy:
    """A policy of these statements."""
    return parse({"Version": "2012-10-17", "Statement": list(statements)})


FUNCTION_ROLE = Role(FUNCTION, (policy(BECOME_TENANT),))
TENANT_ROLE = Role(
    TENANT, (policy(OWN_ITEMS, NO_UNBOUNDED_READS, OWN_OBJECTS, OWN_LIST),), policy(TRUST)
)


class World:
    """The double and the clients that a test needs; each is made once."""

    def __init__(self, iam: IamDouble) -> None:
        self.iam = iam
        self._clients: dict[tuple[str, ...], Any] = {}

    def _client(self, make: Callable[[], Any], *name: str) -> Any:
        if name not in self._clients:
            self._clients[name] = make()
        return self._clients[name]

    def administrator(self, service: str) -> Any:
        """A client that may do everything."""
        return self._client(
            lambda: self.iam.administrator(service, region_name=REGION), "administrator", service
        )

    def function(self, service: str) -> Any:
        """A client with the function's own credentials, which the environment holds."""
        return self._client(lambda: boto3.client(service, region_name=REGION), "function", service)

    def assume(self, **changes: Any) -> Any:
        """AssumeRole of the tenant role for org1, but for some parameters; None leaves one out."""
        tags = [{"Key": "organization_id", "Value": "org1"}]
        given = {"RoleArn": TENANT, "RoleSessionName": "tenant-org1", "Tags": tags, **changes}
        given = {name: value for name, value in given.items() if value is not None}
        return self.function("sts").assume_role(**given)

    def tenant(self, service: str, organization: str) -> Any:
        """A client with credentials that the function was vended for an organization."""
        tags = [{"Key": "organization_id", "Value": organization}]

        def make() -> Any:
            answer = self.assume(RoleSessionName=f"tenant-{organization}", Tags=tags)
            return client_of(answer["Credentials"], service)

        return self._client(make, "tenant", service, organization)


def client_of(credentials: Any, service: str) -> Any:
    """A client with credentials that STS vended."""
    return boto3.client(
        service,
        region_name=REGION,
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


@contextmanager
def arranged(*roles: Role) -> Iterator[World]:
    """Items and objects of org1, and of org10, of whose id the former's is a prefix."""
    with mock_aws(), enforce_iam(*roles, execution_role=FUNCTION) as iam:
        world = World(iam)
        arrange(world)
        iam.reset()
        yield world


def arrange(world: World) -> None:
    """Make the table, the bucket and what they hold."""
    dynamodb, s3 = world.administrator("dynamodb"), world.administrator("s3")
    names = ("pk", "sk", "gsi1pk", "gsi1sk")
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        KeySchema=_keys("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": "gsi1",
                "KeySchema": _keys("gsi1pk", "gsi1sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    for organization in ("org1", "org10"):
        dynamodb.put_item(TableName=TABLE, Item=item(organization))
        s3.put_object(Bucket=BUCKET, Key=object_key(organization), Body=b"x")


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def key(organization: str, id: str = "1") -> dict[str, Any]:
    """Primary key of a course."""
    return {"pk": {"S": f"{organization}#course"}, "sk": {"S": id}}


def item(organization: str, id: str = "1") -> dict[str, Any]:
    """A course."""
    index = {"gsi1pk": {"S": f"{organization}#course#by_level"}, "gsi1sk": {"S": id}}
    return {**key(organization, id), **index}


def object_key(organization: str) -> str:
    """Key of an organization's object; a space in it travels encoded."""
    return f"organizations/{organization}/a b.txt"


def refused(attempt: Any, *arguments: Any) -> Any:
    """What AWS answers an attempt with, which fails."""
    with pytest.raises(ClientError) as caught:
        attempt(*arguments)
    return caught.value.response
