"""What the emulator must hold before a function runs: what Terraform creates on AWS."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nexus_gen.local.pool import Pool, ensure_pool
from nexus_gen.local.tables import ensure_table
from nexus_gen.model import Environment, Model, Vertical
from nexus_gen.model.resource_names import prefix
from nexus_gen.model.table import table_of

ACCOUNT = "000000000000"

DATA_KEY = {"KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT"}
CURSOR_KEY = {"KeyUsage": "GENERATE_VERIFY_MAC", "KeySpec": "HMAC_256"}
"""KMS keys as `modules/shared/keys.tf` makes them."""


@dataclass(frozen=True, slots=True)
class Estate:
    """What was provisioned.

    Attributes:
        variables: name of a vertical -> environment variables of its function.
        indexes_changed: name of a vertical -> indexes added and dropped, `+gsi4`.
    """

    variables: dict[str, dict[str, str]]
    pool: Pool
    indexes_changed: dict[str, list[str]]


class Provisioner:
    """Brings one emulator to what a model says; its SDK clients are made once.

    The emulator's credentials must be in the environment, see
    `emulator_credentials_in_environment`.
    """

    def __init__(self, endpoint: str, headers: Mapping[str, str]) -> None:
        import boto3

        session = boto3.Session()
        self._endpoint, self._headers = endpoint, headers
        self._cognito = session.client("cognito-idp")
        with_headers(self._cognito, headers)  # nobody signs a sign-in
        self._kms = session.client("kms")
        self._dynamodb = session.client("dynamodb")
        self._iam = session.client("iam")

    def provision(self, model: Model, environment: Environment) -> Estate:
        """Create what is missing; everything that is there already stays, data included."""
        base = prefix(model, environment.name)
        data_key = _key(self._kms, f"alias/{base}", DATA_KEY)
        cursor_key = _key(self._kms, f"alias/{base}-cursor", CURSOR_KEY)
        variables, changed = {}, {}
        for vertical in model.verticals:
            name = f"{base}-{vertical.name.kebab}"
            changed[vertical.name.raw] = self._table(name, vertical, environment, data_key)
            role = _tenant_role(self._iam, f"{name}-tenant")
            variables[vertical.name.raw] = function_variables(name, role, cursor_key, environment)
        return Estate(variables, self._pool(model), changed)

    def _pool(self, model: Model) -> Pool:
        return ensure_pool(self._cognito, model, self._endpoint, self._headers)

    def _table(
        self, name: str, vertical: Vertical, environment: Environment, key_arn: str
    ) -> list[str]:
        return ensure_table(
            self._dynamodb,
            name,
            table_of(vertical),
            key_arn=key_arn,
            protected=environment.deletion_protection,
            tags=table_tags(vertical),
        )


def with_headers(client: Any, headers: Mapping[str, str]) -> None:
    """Let every request of an SDK client carry these headers, outside its signature."""

    def add(request: Any, **_: Any) -> None:
        request.headers.update(headers)

    client.meta.events.register("before-send", add)


def table_tags(vertical: Vertical) -> dict[str, str]:
    """Tags of a vertical's table, besides those that the provider adds to everything."""
    return {"Vertical": vertical.name.kebab}


def function_variables(
    table: str, tenant_role_arn: str, cursor_key_arn: str, environment: Environment
) -> dict[str, str]:
    """Environment variables of a function, as `function.tf` sets them (a test compares)."""
    return {
        "TABLE_NAME": table,
        "TENANT_ROLE_ARN": tenant_role_arn,
        "CURSOR_KEY_ARN": cursor_key_arn,
        "CORS_ORIGINS": ",".join(environment.cors_origins),
        "ENVIRONMENT": environment.name,
        "LOG_LEVEL": "INFO",
    }


def _tenant_role(iam: Any, name: str) -> str:
    """A role that this account may assume: the emulator knows no function roles."""
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
    try:
        role = iam.get_role(RoleName=name)["Role"]
    except iam.exceptions.NoSuchEntityException:
        document = json.dumps(trust)
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]
    arn: str = role["Arn"]
    return arn


def _key(kms: Any, alias: str, settings: dict[str, str]) -> str:
    """ARN of the KMS key behind an alias; made where there is none."""
    try:
        arn: str = kms.describe_key(KeyId=alias)["KeyMetadata"]["Arn"]
    except kms.exceptions.NotFoundException:
        key = kms.create_key(**settings)["KeyMetadata"]
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
        arn = key["Arn"]
    return arn


def emulator_credentials_in_environment(variables: dict[str, str]) -> None:
    """Make this process speak to the emulator only; real credentials leave its environment."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"):
        os.environ.pop(name, None)
    os.environ.update(variables)
