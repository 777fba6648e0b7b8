"""Two organizations use the generated function at once, with the rendered policies enforced.

Run as a program, so that the code under test may be broken: it prints what IAM refused and what was
answered otherwise than it should be, and exits with 1 if there is anything to print.
"""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
from moto import mock_aws

from nexus_gen.testing import IamDouble, Role, enforce_iam
from nexus_gen.verify.iam.rendered import Rendered
from tests.behaviour.api import Client
from tests.behaviour.estate import REGION, TABLE, create_cursor_key, table_definition

ACCOUNT = "123456789012"
COURSES = "/education/courses"
RESOURCES = (COURSES, f"{COURSES}/{{course_id}}", f"{COURSES}/{{course_id}}/restore")


def roles_of(rendered: Rendered, cursor_key: str) -> list[Role]:
    """The rendered roles, in a world where table and cursor key are moto's."""
    (table,) = rendered.tables
    actual = {table.arn: f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"}
    actual |= dict.fromkeys(_resources_of(rendered, "AuthenticateCursors"), cursor_key)
    return [
        Role(
            role.arn, tuple(document.policy for document in role.policies), role.trust.policy
        ).with_resources(actual)
        for role in rendered.roles
    ]


def _resources_of(rendered: Rendered, sid: str) -> list[str]:
    return [
        resource
        for role in rendered.roles
        for document in role.policies
        for statement in document.policy.statements
        if statement.sid == sid
        for resource in statement.resources
    ]


def drill(handler: Any) -> list[str]:
    """Use the API as two organizations in turn; what was not answered as it should be."""
    problems: list[str] = []
    callers = [Client(handler, RESOURCES, tenant) for tenant in ("org1", "org10")]

    def expect(what: str, status: int, wanted: int) -> None:
        if status != wanted:
            problems.append(f"{what}: {status} instead of {wanted}")

    made: dict[str, str] = {}
    for caller in callers:
        answer = caller.post(COURSES, {"title": "x", "slug": "x"})
        expect(f"{caller.tenant} creates", answer.status, 201)
        made[caller.tenant] = answer.json.get("id", "0" * 26)
    for caller, other in zip(callers, reversed(callers), strict=True):
        own = f"{COURSES}/{made[caller.tenant]}"
        expect(f"{caller.tenant} reads its own", caller.get(own).status, 200)
        listed = caller.get(COURSES, query={"level": "beginner"})
        expect(f"{caller.tenant} lists", listed.status, 200)
        ids = [item["id"] for item in listed.json.get("items", [])]
        if ids != [made[caller.tenant]]:
            problems.append(f"{caller.tenant} lists {ids}")
        changed = caller.patch(own, {"title": "y"}, headers={"If-Match": "*"})
        expect(f"{caller.tenant} changes its own", changed.status, 200)
        foreign = f"{COURSES}/{made[other.tenant]}"
        expect(f"{caller.tenant} reads another's", caller.get(foreign).status, 404)
    return problems


def main(rendered_file: Path, generated: Path) -> int:
    """Run the drill on the handlers below `generated/`."""
    rendered: Rendered = pickle.loads(rendered_file.read_bytes())
    (function,) = rendered.functions
    with mock_aws():
        administrator = boto3.Session(region_name=REGION)
        cursor_key = create_cursor_key(administrator.client("kms"))
        administrator.client("dynamodb").create_table(
            **table_definition(generated / "terraform" / "modules" / "education")
        )
        variables = {
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "TABLE_NAME": TABLE,
            "TENANT_ROLE_ARN": function.tenant_role,
            "CURSOR_KEY_ARN": cursor_key,
            "CORS_ORIGINS": "https://app.example.com",
            "ENVIRONMENT": "test",
            "LOG_LEVEL": "CRITICAL",
        }
        roles = roles_of(rendered, cursor_key)
        with (
            patch.dict(os.environ, variables),
            enforce_iam(*roles, execution_role=function.role) as iam,
        ):
            problems = drill(importlib.import_module("education_api.handler").handler)
            problems += _refusals(iam)
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


def _refusals(iam: IamDouble) -> list[str]:
    return [f"IAM refused {d.request.action} to {d.session.context}" for d in iam.denials]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
