"""What the emulator must hold before a function runs: what Terraform creates on AWS."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nexus_gen.model import Model, Vertical
from nexus_gen.model.resource_names import prefix

ORGANIZATIONS = ("acme", "globex")
PASSWORD = "Local-only-password-1!"
ACCOUNT = "000000000000"


@dataclass(frozen=True, slots=True)
class User:
    """A ready-made user; everybody has the same password."""

    email: str
    organization: str
    role: str


@dataclass(frozen=True, slots=True)
class Estate:
    """What was provisioned.

    Attributes:
        functions: vertical name -> environment variables of its function.
        issuer_url: where the user pool serves its keys.
    """

    functions: dict[str, dict[str, str]]
    issuer_url: str
    user_pool_id: str
    client_id: str
    users: tuple[User, ...]


def provision(model: Model, endpoint: str, environment: str) -> Estate:
    """Create what is missing; everything that is there already stays, data included.

    Args:
        endpoint: the emulator. Its credentials must be in the process environment.
        environment: name of the environment whose settings hold, the first of the spec as a rule.
    """
    import boto3

    session = boto3.Session()
    pool_id, client_id = _user_pool(session.client("cognito-idp"), model)
    key_arn = _cursor_key(session.client("kms"), prefix(model, environment))
    dynamodb, iam = session.client("dynamodb"), session.client("iam")
    origins = next(e.cors_origins for e in model.environments if e.name == environment)
    functions = {}
    for vertical in model.verticals:
        name = f"{prefix(model, environment)}-{vertical.name.kebab}"
        _table(dynamodb, name, vertical)
        functions[vertical.name.raw] = {
            "TABLE_NAME": name,
            "TENANT_ROLE_ARN": _tenant_role(iam, f"{name}-tenant"),
            "CURSOR_KEY_ARN": key_arn,
            "CORS_ORIGINS": ",".join(origins),
            "ENVIRONMENT": environment,
            "LOG_LEVEL": "INFO",
        }
    return Estate(
        functions,
        f"{endpoint}/{pool_id}",
        pool_id,
        client_id,
        _users(session.client("cognito-idp"), pool_id, model),
    )


def table_definition(name: str, vertical: Vertical) -> dict[str, Any]:
    """`CreateTable` input for a vertical's table: keys, overloaded indexes, on-demand billing."""
    slots = range(1, vertical.index_slots + 1)
    attributes = ["pk", "sk", *(f"gsi{n}{part}" for n in slots for part in ("pk", "sk"))]
    definition: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": a, "AttributeType": "S"} for a in attributes],
        "KeySchema": _key_schema("pk", "sk"),
    }
    if vertical.index_slots:
        definition["GlobalSecondaryIndexes"] = [
            {
                "IndexName": f"gsi{n}",
                "KeySchema": _key_schema(f"gsi{n}pk", f"gsi{n}sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
            for n in slots
        ]
    return definition


def _key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


@contextmanager
def _already_there(client: Any, *codes: str) -> Iterator[None]:
    try:
        yield
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in codes:
            raise


def _table(dynamodb: Any, name: str, vertical: Vertical) -> None:
    definition = table_definition(name, vertical)
    with _already_there(dynamodb, "ResourceInUseException"):
        dynamodb.create_table(**definition)
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"}
        )
        return
    _add_missing_indexes(dynamodb, name, definition)


def _add_missing_indexes(dynamodb: Any, name: str, definition: dict[str, Any]) -> None:
    table = dynamodb.describe_table(TableName=name)["Table"]
    present = {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
    for index in definition.get("GlobalSecondaryIndexes", []):
        if index["IndexName"] not in present:
            dynamodb.update_table(
                TableName=name,
                AttributeDefinitions=definition["AttributeDefinitions"],
                GlobalSecondaryIndexUpdates=[{"Create": index}],
            )


def _tenant_role(iam: Any, name: str) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                "Action": ["sts:AssumeRole", "sts:TagSession"],
            }
        ],
    }
    with _already_there(iam, "EntityAlreadyExists"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    arn: str = iam.get_role(RoleName=name)["Role"]["Arn"]
    return arn


def _cursor_key(kms: Any, base: str) -> str:
    alias = f"alias/{base}-cursor"
    try:
        arn: str = kms.describe_key(KeyId=alias)["KeyMetadata"]["Arn"]
    except kms.exceptions.NotFoundException:
        key = kms.create_key(KeyUsage="GENERATE_VERIFY_MAC", KeySpec="HMAC_256")["KeyMetadata"]
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
        arn = key["Arn"]
    return arn


def _user_pool(cognito: Any, model: Model) -> tuple[str, str]:
    name = f"{model.product.name}-local"
    for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]:
        if pool["Name"] == name:
            clients = cognito.list_user_pool_clients(UserPoolId=pool["Id"], MaxResults=60)
            return pool["Id"], clients["UserPoolClients"][0]["ClientId"]
    attribute = model.tenancy.claim.removeprefix("custom:")
    pool = cognito.create_user_pool(
        PoolName=name,
        Schema=[{"Name": attribute, "AttributeDataType": "String", "Mutable": False}],
    )["UserPool"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool["Id"],
        ClientName="local",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        WriteAttributes=["email"],
    )["UserPoolClient"]
    return pool["Id"], client["ClientId"]


def _users(cognito: Any, pool_id: str, model: Model) -> tuple[User, ...]:
    users = [
        User(f"{role}@{organization}.example", organization, role)
        for organization in ORGANIZATIONS
        for role, _ in model.tenancy.roles
    ]
    for role, description in model.tenancy.roles:
        with _already_there(cognito, "GroupExistsException"):
            cognito.create_group(UserPoolId=pool_id, GroupName=role, Description=description)
    for user in users:
        _user(cognito, pool_id, user, model.tenancy.claim)
    return tuple(users)


def _user(cognito: Any, pool_id: str, user: User, claim: str) -> None:
    with _already_there(cognito, "UsernameExistsException"):
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=user.email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": user.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": claim, "Value": user.organization},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=user.email, Password=PASSWORD, Permanent=True
    )
    cognito.admin_add_user_to_group(UserPoolId=pool_id, Username=user.email, GroupName=user.role)


def emulator_credentials_in_environment(variables: dict[str, str]) -> None:
    """Make this process speak to the emulator only; real credentials leave its environment."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"):
        os.environ.pop(name, None)
    os.environ.update(variables)
