"""What an apply would make, without an account: `terraform test` with a mocked AWS.

One run block is one apply; blocks of one file share a state, so that a later one changes what an
earlier one made. Attributes that only AWS knows are made up, or as `MOCKS` and overrides say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.model import Environment, Model
from nexus_gen.model.resource_names import rest_api_name
from nexus_gen.render import hcl

_INSTANCE = re.compile(r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]")

ACCOUNT = "123456789012"
REGION = "us-east-1"
TEST_FILE = "tests/applied.tftest.hcl"
"""Where Terraform looks for it, relative to the module under test."""

ARGUMENTS = ("test", "-verbose", "-json")
"""Of `terraform`, to be run in an initialized module that holds the test file."""

MOCKS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("data", "aws_caller_identity"): {"account_id": ACCOUNT},
    ("data", "aws_partition"): {"partition": "aws"},
    ("data", "aws_region"): {"id": REGION},
    ("data", "aws_cognito_user_pool_client"): {"write_attributes": ["email"]},
    ("data", "aws_dynamodb_table"): {
        "arn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/t",
        "hash_key": "pk",
        "range_key": "sk",
        "attribute": [{"name": name, "type": "S"} for name in ("pk", "sk")],
        "global_secondary_index": [
            {
                "name": f"gsi{slot}",
                "hash_key": f"gsi{slot}pk",
                "range_key": f"gsi{slot}sk",
                "projection_type": "ALL",
                "non_key_attributes": [],
                "on_demand_throughput": [],
                "read_capacity": 0,
                "write_capacity": 0,
            }
            for slot in range(1, 21)
        ],
        "local_secondary_index": [],
        "replica": [],
        "ttl": [{"attribute_name": "ttl", "enabled": True}],
    },
    ("resource", "aws_iam_role"): {"arn": f"arn:aws:iam::{ACCOUNT}:role/r"},
    ("resource", "aws_dynamodb_table"): {"arn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/t"},
    ("resource", "aws_kms_key"): {"arn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k"},
    ("resource", "aws_cloudwatch_log_group"): {"arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:l"},
    ("resource", "aws_lambda_layer_version"): {"arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:layer:l"},
    ("resource", "aws_lambda_function"): {
        "arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f",
        "invoke_arn": f"arn:aws:apigateway:{REGION}:lambda:path/f/invocations",
    },
}
"""`(data or resource, type)` -> attributes that the provider's own checks want well-formed."""


def arguments(model: Model, environment: Environment, packages: Path) -> dict[str, Any]:
    """Arguments of the backend module for one environment.

    `packages` is the folder of the zips, of which only hashes reach Terraform.
    """
    reused = {} if model.integration.authorizer == "create" else {"authorizer_id": "authorizer"}
    return {
        **reused,
        "environment": environment.name,
        "packages_dir": str(packages),
        "rest_api": {
            "id": "api",
            "name": rest_api_name(model, environment.name),
            "root_resource_id": "root",
            "execution_arn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api",
        },
        "api_url": "https://api.example.com/dev",
        "user_pool": {
            "id": f"{REGION}_pool",
            "arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_pool",
            "client_id": "client",
        },
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
        return {a: values for a, values in self.resources.items() if type_of(a) == kind}

    def only(self, kind: str, ending: str = "") -> dict[str, Any]:
        """The one resource of a type whose address ends so."""
        (values,) = (v for a, v in self.of_type(kind).items() if a.endswith(ending))
        return values


def type_of(address: str) -> str:
    """Type of the resource at an address, empty for a data source: `aws_iam_role`."""
    return module_and_type(address)[1]


def module_and_type(address: str) -> tuple[str, str]:
    """Address of the module (empty for the root) and type of the resource at an address."""
    parts = _INSTANCE.sub("", address).split(".")
    modules = []
    while parts[0] == "module" and len(parts) > 2:
        modules += parts[:2]
        parts = parts[2:]
    return ".".join(modules), "" if parts[0] == "data" else parts[0]


def runs_file(
    runs: Sequence[Mapping[str, Any]],
    mocks: Mapping[tuple[str, str], Mapping[str, Any]] = MOCKS,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The test file that applies the module once for each set of variables.

    `overrides` give attributes to single resources and data sources: address without index ->
    values.
    """
    mocked = "".join(
        f'mock_{kind} "{name}" {{\n defaults = {hcl(defaults)}\n}}\n'
        for (kind, name), defaults in mocks.items()
    )
    overridden = "".join(
        f"override_{'data' if '.data.' in address else 'resource'} {{\n"
        f" target = {address}\n values = {hcl(values)}\n}}\n"
        for address, values in (overrides or {}).items()
    )
    blocks = "".join(
        f'run "apply_{number}" {{\n command = apply\n variables {{\n{assignments(run)}}}\n}}\n'
        for number, run in enumerate(runs)
    )
    return f'mock_provider "aws" {{\n{mocked}}}\n{overridden}{blocks}'


def assignments(variables: Mapping[str, Any]) -> str:
    """The body of a block that sets these."""
    return "".join(f"{name} = {hcl(value)}\n" for name, value in variables.items())


def shows_state(line: str) -> bool:
    """Whether a line of the output shows the state after a run."""
    return '"type":"test_state"' in line


def states(lines: Sequence[str]) -> tuple[Applied, ...]:
    """The states that the output shows, in the order of the runs."""
    return tuple(_applied(line) for line in lines if shows_state(line))


def errors(lines: Sequence[str]) -> tuple[str, ...]:
    """What Terraform said of runs that failed."""
    messages = (json.loads(line) for line in lines if '"type":"diagnostic"' in line)
    return tuple(
        f"{m['diagnostic']['summary']}: {m['diagnostic']['detail']}"
        for m in messages
        if m["diagnostic"]["severity"] == "error"
    )


def _applied(line: str) -> Applied:
    state = _state(line)
    resources: dict[str, dict[str, Any]] = {}
    modules = [state["root_module"]]
    while modules:
        module = modules.pop()
        modules += module.get("child_modules", [])
        for resource in module.get("resources", []):
            resources[resource["address"]] = resource["values"]
    outputs = {name: output["value"] for name, output in state.get("outputs", {}).items()}
    return Applied(resources, outputs)


def _state(line: str) -> dict[str, Any]:
    """The state in a message, without the provider's schemas, 13 MB that follow it."""
    end = line.find(',"provider_format_version":')
    text = f"{line[:end]}}}}}" if end >= 0 else line
    state: dict[str, Any] = json.loads(text)["test_state"]
    return state
