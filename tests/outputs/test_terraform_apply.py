"""What an apply of the backend makes: permissions, functions, tables, routes, names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.model import Model
from nexus_gen.model.resource_names import TERRAFORM, shared_names, vertical_names
from tests.outputs.conftest import ROOT
from tests.outputs.terraform_cli import Terraform
from tests.outputs.terraform_mock import Applied, apply, variables

TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/t"
DATA_KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
ROLE = "arn:aws:iam::123456789012:role/r"

OWN_ITEMS = {
    "Effect": "Allow",
    "Action": [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:Query",
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
    ],
    "Resource": [TABLE, f"{TABLE}/index/*"],
    "Condition": {
        "ForAllValues:StringLike": {
            "dynamodb:LeadingKeys": ["${aws:PrincipalTag/organization_id}#*"]
        },
        "Null": {"dynamodb:LeadingKeys": "false"},
        "StringLike": {"aws:PrincipalTag/organization_id": "?*"},
    },
}
NO_UNBOUNDED_READS = {
    "Effect": "Deny",
    "Action": ["dynamodb:Scan", "dynamodb:PartiQL*"],
    "Resource": "*",
}
DECRYPT_TABLE = {
    "Effect": "Allow",
    "Action": "kms:Decrypt",
    "Resource": DATA_KEY,
    "Condition": {"StringEquals": {"kms:ViaService": "dynamodb.us-east-1.amazonaws.com"}},
}


@pytest.fixture(scope="module")
def environments(
    terraform: Terraform,
    project_model: Model,
    terraform_backend: Path,
    terraform_packages: Path,
) -> dict[str, Applied]:
    """The backend applied for each environment."""
    runs = [
        variables(project_model, environment, terraform_packages)
        for environment in project_model.environments
    ]
    outcome = apply(terraform, terraform_backend, *runs)
    assert outcome.errors == ()
    names = (environment.name for environment in project_model.environments)
    return dict(zip(names, outcome.states, strict=True))


@pytest.fixture(scope="module")
def dev(environments: dict[str, Applied]) -> Applied:
    return environments["dev"]


def statements(policy: str) -> list[dict[str, Any]]:
    """Statements of a policy document, without their labels."""
    document = json.loads(policy)
    assert document["Version"] == "2012-10-17"
    return [{k: v for k, v in s.items() if k != "Sid"} for s in document["Statement"]]


def test_tenant_role_reaches_own_items_and_nothing_else(dev: Applied) -> None:
    policy = dev.only("aws_iam_role_policy", ".tenant")["policy"]
    assert statements(policy) == [OWN_ITEMS, NO_UNBOUNDED_READS, DECRYPT_TABLE]


def test_tenant_role_is_assumed_by_the_function_with_one_tag(dev: Applied) -> None:
    role = dev.only("aws_iam_role", ".tenant")
    assert role["max_session_duration"] == 3600
    assert statements(role["assume_role_policy"]) == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": ROLE},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
            "Condition": {
                "StringLike": {"aws:RequestTag/organization_id": "?*"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["organization_id"]},
            },
        }
    ]


def test_nothing_carries_the_tenant_as_a_tag(dev: Applied) -> None:
    for address, values in dev.resources.items():
        assert "organization_id" not in (values.get("tags") or {}), address


def test_function_role_holds_no_permission_on_data(dev: Applied) -> None:
    policy = statements(dev.only("aws_iam_role_policy", ".function")["policy"])
    actions = {
        a for s in policy for a in ([s["Action"]] if isinstance(s["Action"], str) else s["Action"])
    }
    assert actions == {
        "sts:AssumeRole",
        "sts:TagSession",
        "kms:GenerateMac",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "kms:Decrypt",
    }
    assert all(s["Effect"] == "Allow" and s["Resource"] != "*" for s in policy)
    (key,) = (s for s in policy if "kms:Decrypt" in s["Action"])
    services = key["Condition"]["StringEquals"]["kms:ViaService"]
    assert services == "lambda.us-east-1.amazonaws.com"
    attached = dev.of_type("aws_iam_role_policy_attachment").values()
    assert {attachment["policy_arn"] for attachment in attached} == {
        "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess",
    }


def test_function_is_configured_as_its_environment_says(dev: Applied) -> None:
    function = dev.only("aws_lambda_function")
    assert function["handler"] == "education_api.handler.handler"
    assert (function["runtime"], function["architectures"]) == ("python3.13", ["arm64"])
    assert (function["memory_size"], function["timeout"]) == (512, 15)
    assert function["reserved_concurrent_executions"] == 7
    assert function["tracing_config"] == [{"mode": "Active"}]
    assert function["logging_config"][0]["log_format"] == "JSON"
    assert not function["dead_letter_config"]
    assert function["vpc_config"][0]["subnet_ids"] == ["subnet-1", "subnet-2"]
    assert function["environment"][0]["variables"] == {
        "TABLE_NAME": "aws-devops-dev-ai-nexus-education",
        "TENANT_ROLE_ARN": ROLE,
        "CURSOR_KEY_ARN": DATA_KEY,
        "CORS_ORIGINS": "https://dev.diatonic.ai,http://localhost:5173",
        "ENVIRONMENT": "dev",
        "LOG_LEVEL": "INFO",
    }


def test_function_is_called_for_paths_of_its_vertical_only(dev: Applied) -> None:
    permission = dev.only("aws_lambda_permission")
    assert permission["principal"] == "apigateway.amazonaws.com"
    api = "arn:aws:execute-api:us-east-1:123456789012:api"
    assert permission["source_arn"] == f"{api}/*/*/education/*"


def test_function_reaches_https_and_nothing_reaches_it(dev: Applied) -> None:
    rule = dev.only("aws_vpc_security_group_egress_rule")
    assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 443, 443)
    assert dev.of_type("aws_vpc_security_group_ingress_rule") == {}


def test_table_has_the_slots_that_its_entities_need(dev: Applied, project_model: Model) -> None:
    table = dev.only("aws_dynamodb_table")
    assert (table["hash_key"], table["range_key"]) == ("pk", "sk")
    assert table["billing_mode"] == "PAY_PER_REQUEST"
    assert table["point_in_time_recovery"][0]["enabled"] is True
    assert table["server_side_encryption"] == [{"enabled": True, "kms_key_arn": DATA_KEY}]
    assert table["ttl"][0]["attribute_name"] == "ttl"
    slots = sorted(
        (index["name"], index["hash_key"], index["range_key"], index["projection_type"])
        for index in table["global_secondary_index"]
    )
    needed = range(1, project_model.verticals[0].index_slots + 1)
    assert slots == [(f"gsi{n}", f"gsi{n}pk", f"gsi{n}sk", "ALL") for n in needed]


def test_only_protected_environments_refuse_to_lose_their_table(
    environments: dict[str, Applied],
) -> None:
    protected = {
        name: state.only("aws_dynamodb_table")["deletion_protection_enabled"]
        for name, state in environments.items()
    }
    assert protected == {"dev": False, "staging": False, "prod": True}


def test_every_path_is_served_behind_the_authorizer(dev: Applied, project_model: Model) -> None:
    paths = {o.path for e in project_model.verticals[0].entities for o in e.operations}
    methods = dev.of_type("aws_api_gateway_method")
    for path in paths:
        method = methods[f'module.routes.aws_api_gateway_method.any["{path}"]']
        assert method["http_method"] == "ANY"
        assert method["authorization"] == "COGNITO_USER_POOLS"
        assert method["authorizer_id"] == "authorizer"
        preflight = methods[f'module.routes.aws_api_gateway_method.options["{path}"]']
        assert (preflight["http_method"], preflight["authorization"]) == ("OPTIONS", "NONE")
    assert len(methods) == 2 * len(paths)
    assert set(dev.outputs["routes"]) == paths


def test_a_path_hangs_from_the_path_before_it(dev: Applied) -> None:
    resources = dev.of_type("aws_api_gateway_resource")
    by_path = {address.split('"')[1]: values for address, values in resources.items()}
    for path, resource in by_path.items():
        parent, _, part = path.rpartition("/")
        assert resource["path_part"] == part
        assert resource["parent_id"] == (by_path[parent]["id"] if parent else "root")


def test_preflight_names_only_allowed_origins(dev: Applied) -> None:
    response = dev.of_type("aws_api_gateway_integration_response")[
        'module.routes.aws_api_gateway_integration_response.options["/education/courses"]'
    ]
    template = response["response_templates"]["application/json"]
    allowed = "#foreach($origin in ['https://dev.diatonic.ai', 'http://localhost:5173'])"
    assert allowed in template.splitlines()
    headers = response["response_parameters"]
    assert headers["method.response.header.Access-Control-Allow-Methods"] == "'GET,POST'"
    assert headers["method.response.header.Vary"] == "'Origin'"
    assert "method.response.header.Access-Control-Allow-Origin" not in headers


def test_alarms_go_to_the_topic_where_there_is_one(environments: dict[str, Applied]) -> None:
    alarms = environments["prod"].of_type("aws_cloudwatch_metric_alarm").values()
    assert {alarm["alarm_name"].removeprefix("aws-devops-prod-ai-nexus-") for alarm in alarms} == {
        "education-errors",
        "education-throttles",
        "education-slow",
        "education-server-errors",
        "education-access-denied",
        "education-unreadable",
        "education-read-throttles",
        "education-write-throttles",
    }
    topic = ["arn:aws:sns:us-east-1:123456789012:ops"]
    assert all(alarm["alarm_actions"] == topic for alarm in alarms)
    quiet = environments["dev"].of_type("aws_cloudwatch_metric_alarm").values()
    assert all(not alarm["alarm_actions"] for alarm in quiet)


def test_physical_names_are_those_that_the_rules_measure(
    environments: dict[str, Applied], project_model: Model
) -> None:
    for environment, state in environments.items():
        planned = sorted(
            (label, values[attribute])
            for label, (kind, attribute) in TERRAFORM.items()
            for values in state.of_type(kind).values()
        )
        measured = sorted(
            (name.kind, name.value)
            for name in (
                *shared_names(project_model, environment),
                *(
                    name
                    for vertical in project_model.verticals
                    for name in vertical_names(project_model, vertical, environment)
                ),
            )
        )
        assert planned == measured


def test_frontend_config_is_what_the_client_package_reads(dev: Applied) -> None:
    source = (ROOT / "templates/client/src/core/config.ts").read_text(encoding="utf-8")
    interface = source[source.index("interface ClientConfig") :].partition("}")[0]
    assert set(dev.outputs["frontend_config"]) == set(re.findall(r"readonly (\w+):", interface))


def test_frontend_learns_where_everything_is(dev: Applied) -> None:
    assert dev.outputs["frontend_config"] == {
        "environment": "dev",
        "region": "us-east-1",
        "apiUrl": "https://api.example.com/dev",
        "userPoolId": "us-east-1_pool",
        "userPoolClientId": "client",
    }
    assert dev.outputs["function_names"] == {"education": "aws-devops-dev-ai-nexus-education-api"}
    assert dev.outputs["table_names"] == {"education": "aws-devops-dev-ai-nexus-education"}
