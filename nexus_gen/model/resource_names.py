"""Physical AWS names, in one place: what Terraform composes and what the rules measure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from nexus_gen.model.product import IntegrationMode, Model, Vertical
from nexus_gen.model.table import table_of

ALARMS = (
    "errors",
    "throttles",
    "slow",
    "server-errors",
    "access-denied",
    "unreadable",
)
"""Alarms of each vertical, beside those on what its table refuses."""

THROTTLE_METRICS = (("read", "ReadThrottleEvents"), ("write", "WriteThrottleEvents"))
"""What is refused, and DynamoDB's metric of it, by TableName and GlobalSecondaryIndexName
(DynamoDB Developer Guide, "DynamoDB metrics and dimensions")."""

METRICS_AN_ALARM = 10
"""Most metrics that one alarm on metric math reads (CloudWatch User Guide, "Service quotas")."""

LOG_METRICS = ("server-errors", "access-denied", "unreadable")
"""Metrics that are taken from the logs of verticals."""

TERRAFORM: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "DynamoDB table": ("aws_dynamodb_table", "name"),
        "Lambda function": ("aws_lambda_function", "function_name"),
        "IAM role": ("aws_iam_role", "name"),
        "security group": ("aws_security_group", "name"),
        "log group": ("aws_cloudwatch_log_group", "name"),
        "metric filter": ("aws_cloudwatch_log_metric_filter", "name"),
        "CloudWatch dashboard": ("aws_cloudwatch_dashboard", "dashboard_name"),
        "CloudWatch alarm": ("aws_cloudwatch_metric_alarm", "alarm_name"),
        "Lambda layer": ("aws_lambda_layer_version", "layer_name"),
        "KMS alias": ("aws_kms_alias", "name"),
        "API authorizer": ("aws_api_gateway_authorizer", "name"),
        "API stage": ("aws_api_gateway_stage", "stage_name"),
    }
)
"""Kind of a name -> the type of the Terraform resource that has it, and the attribute it is in."""


class ResourceName(NamedTuple):
    """One physical name in one environment, and the limit that AWS sets for its kind."""

    kind: str
    value: str
    limit: int


def prefix(model: Model, environment: str) -> str:
    """`aws-devops-dev-ai-nexus`: what every physical name of an environment begins with."""
    return f"{model.product.project}-{environment}-{model.product.name}"


def rest_api_name(model: Model, environment: str) -> str:
    """Name of core's REST API in an environment."""
    return _filled(model, model.integration.rest_api, environment)


def table_name(model: Model, vertical: Vertical, environment: str) -> str:
    """Name of the table that holds a vertical's items, ours or adopted."""
    if vertical.table is not None and vertical.table.name is not None:
        return _filled(model, vertical.table.name, environment)
    return f"{prefix(model, environment)}-{vertical.name.kebab}"


def _filled(model: Model, pattern: str, environment: str) -> str:
    names = {"project": model.product.project, "product": model.product.name}
    for name, value in {**names, "environment": environment}.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


class ThrottleAlarm(NamedTuple):
    """An alarm on what a table and its indexes refuse.

    Attributes:
        name: `read-throttles`, and from the second of a kind on `read-throttles-2`.
        kind: `reads` or `writes`.
        metric: DynamoDB's name of it.
        indexes: names of the indexes that it watches; empty for the table itself.
    """

    name: str
    kind: str
    metric: str
    indexes: tuple[str, ...]


def throttle_alarms(vertical: Vertical) -> tuple[ThrottleAlarm, ...]:
    """Alarms that together watch the table of a vertical and every index that it uses."""
    watched = ("", *(index.name for index in table_of(vertical).indexes))
    groups = [
        watched[start : start + METRICS_AN_ALARM]
        for start in range(0, len(watched), METRICS_AN_ALARM)
    ]
    return tuple(
        ThrottleAlarm(
            f"{kind}-throttles" if number == 1 else f"{kind}-throttles-{number}",
            f"{kind}s",
            metric,
            group,
        )
        for kind, metric in THROTTLE_METRICS
        for number, group in enumerate(groups, start=1)
    )


def vertical_names(model: Model, vertical: Vertical, environment: str) -> tuple[ResourceName, ...]:
    """Names that one vertical takes in one environment.

    Limits: Lambda function and IAM role 64 characters, DynamoDB table 255, log group and
    metric filter 512, alarm, dashboard and security group 255 (service quotas pages of each
    service).
    """
    base = f"{prefix(model, environment)}-{vertical.name.kebab}"
    return (
        ResourceName("DynamoDB table", table_name(model, vertical, environment), 255),
        ResourceName("Lambda function", f"{base}-api", 64),
        ResourceName("IAM role", f"{base}-api", 64),
        ResourceName("IAM role", f"{base}-tenant", 64),
        ResourceName("security group", f"{base}-api", 255),
        *(() if model.product.shared_log_group else _log_names(base, f"{base}-api")),
        ResourceName("CloudWatch dashboard", base, 255),
        *(
            ResourceName("CloudWatch alarm", f"{base}-{alarm}", 255)
            for alarm in (*ALARMS, *(alarm.name for alarm in throttle_alarms(vertical)))
        ),
    )


def shared_names(model: Model, environment: str) -> tuple[ResourceName, ...]:
    """Names that all verticals of an environment share."""
    base = prefix(model, environment)
    return (
        ResourceName("Lambda layer", f"{base}-runtime", 140),
        ResourceName("KMS alias", f"alias/{base}", 256),
        ResourceName("KMS alias", f"alias/{base}-cursor", 256),
        *(_log_names(base, f"{base}-functions") if model.product.shared_log_group else ()),
    )


def _log_names(base: str, group: str) -> tuple[ResourceName, ...]:
    """A log group, of one function or of all, and the filters on it."""
    return (
        ResourceName("log group", f"/aws/lambda/{group}", 512),
        *(ResourceName("metric filter", f"{base}-{metric}", 512) for metric in LOG_METRICS),
    )


def api_names(model: Model, environment: str) -> tuple[ResourceName, ...]:
    """Names that are taken on core's REST API and beside it, as the integration has it.

    Limits: authorizer and stage 128 characters (API Gateway API reference), log group 512.
    """
    base = prefix(model, environment)
    names = []
    if model.integration.authorizer == "create":
        names.append(ResourceName("API authorizer", f"{base}-cognito", 128))
    if model.integration.mode is IntegrationMode.SEPARATE:
        names.append(ResourceName("API stage", f"{environment}-nexus", 128))
        names.append(ResourceName("log group", f"/aws/apigateway/{base}-access", 512))
        names.append(ResourceName("CloudWatch alarm", f"{base}-api-errors", 255))
    return tuple(names)
