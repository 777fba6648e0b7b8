"""`terraform test` with a mocked AWS: what an apply would make, without an account.

One run block is one apply; blocks of one call share a state, so that a later one changes what an
earlier one made. Attributes that only AWS knows are made up, or as `MOCKS` say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.model import Environment
from nexus_gen.render import hcl
from tests.outputs.terraform_cli import Terraform

ACCOUNT = "123456789012"
MOCKS = {
    ("data", "aws_caller_identity"): {"account_id": ACCOUNT},
    ("data", "aws_partition"): {"partition": "aws"},
    ("data", "aws_region"): {"id": "us-east-1"},
    ("data", "aws_cognito_user_pool_client"): {"write_attributes": ["email"]},
    ("resource", "aws_iam_role"): {"arn": f"arn:aws:iam::{ACCOUNT}:role/r"},
    ("resource", "aws_dynamodb_table"): {"arn": f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/t"},
    ("resource", "aws_kms_key"): {"arn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k"},
    ("resource", "aws_sqs_queue"): {"arn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"},
    ("resource", "aws_cloudwatch_log_group"): {"arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:l"},
    ("resource", "aws_lambda_layer_version"): {
        "arn": f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:l"
    },
    ("resource", "aws_lambda_function"): {
        "arn": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f",
        "invoke_arn": "arn:aws:apigateway:us-east-1:lambda:path/f/invocations",
    },
}


def variables(environment: Environment, packages: Path) -> dict[str, Any]:
    """Arguments of the backend module for one environment."""
    return {
        "environment": environment.name,
        "packages_dir": str(packages),
        "rest_api": {
            "id": "api",
            "name": f"aws-devops-{environment.name}-ai-nexus-api",
            "root_resource_id": "root",
            "execution_arn": "arn:aws:execute-api:us-east-1:123456789012:api",
        },
        "api_url": "https://api.example.com/dev",
        "authorizer_id": "authorizer",
        "user_pool": {"id": "us-east-1_pool", "client_id": "client"},
        "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"]},
        "cors_origins": list(environment.cors_origins),
        "deletion_protection": environment.deletion_protection,
        "log_retention_days": environment.log_retention_days,
        "alarm_topic_arn": environment.alarm_topic_arn,
        "code_signing_config_arn": None,
        "function": {"memory_mb": 512, "timeout_seconds": 15, "reserved_concurrency": 7},
    }


@dataclass(frozen=True, slots=True)
class Applied:
    """What one apply left: `{address: values}`, and the outputs."""

    resources: dict[str, dict[str, Any]]
    outputs: dict[str, Any]

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Resources of one type, by address."""
        return {
            address: values
            for address, values in self.resources.items()
            if f".{kind}." in f".{address.split('[', 1)[0]}" and "data." not in address
        }

    def only(self, kind: str, ending: str = "") -> dict[str, Any]:
        """The one resource of a type whose address ends so."""
        (values,) = (v for a, v in self.of_type(kind).items() if a.endswith(ending))
        return values


@dataclass(frozen=True, slots=True)
class Outcome:
    """States after the runs that passed, and what Terraform said of those that did not."""

    states: tuple[Applied, ...]
    errors: tuple[str, ...]


def apply(
    terraform: Terraform,
    module: Path,
    *runs: Mapping[str, Any],
    mocks: Mapping[tuple[str, str], Mapping[str, Any]] = MOCKS,
) -> Outcome:
    """Apply `module` once for each set of variables, one after the other on one state."""
    terraform.init(module)
    tests = module / "tests"
    tests.mkdir(exist_ok=True)
    (tests / "applied.tftest.hcl").write_text(_test_file(runs, mocks), encoding="utf-8")
    completed = terraform.run(module, "test", "-verbose", "-json")
    messages = [json.loads(line) for line in completed.stdout.splitlines()]
    return Outcome(
        states=tuple(_applied(m["test_state"]) for m in messages if m["type"] == "test_state"),
        errors=tuple(
            f"{m['diagnostic']['summary']}: {m['diagnostic']['detail']}"
            for m in messages
            if m["type"] == "diagnostic" and m["diagnostic"]["severity"] == "error"
        ),
    )


def _test_file(
    runs: Sequence[Mapping[str, Any]], mocks: Mapping[tuple[str, str], Mapping[str, Any]]
) -> str:
    mocked = "".join(
        f'mock_{kind} "{name}" {{\n defaults = {hcl(defaults)}\n}}\n'
        for (kind, name), defaults in mocks.items()
    )
    blocks = "".join(
        f'run "apply_{number}" {{\n command = apply\n variables {{\n{_assignments(run)}}}\n}}\n'
        for number, run in enumerate(runs)
    )
    return f'mock_provider "aws" {{\n{mocked}}}\n{blocks}'


def _assignments(variables: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {hcl(value)}\n" for name, value in variables.items())


def _applied(state: dict[str, Any]) -> Applied:
    resources: dict[str, dict[str, Any]] = {}
    modules = [state["root_module"]]
    while modules:
        module = modules.pop()
        modules += module.get("child_modules", [])
        for resource in module.get("resources", []):
            resources[resource["address"]] = resource["values"]
    outputs = {name: output["value"] for name, output in state["outputs"].items()}
    return Applied(resources, outputs)
