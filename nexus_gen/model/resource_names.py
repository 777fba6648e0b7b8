"""Physical AWS names, in one place: what Terraform composes and what the rules measure."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_gen.model.product import Model, Vertical

ALARMS = ("errors", "throttles", "slow", "server-errors", "access-denied")
"""Alarms of each vertical."""

LOG_METRICS = ("server-errors", "access-denied")
"""Metrics that are taken from each vertical's log."""


@dataclass(frozen=True, slots=True)
class ResourceName:
    """One physical name in one environment, and the limit that AWS sets for its kind."""

    kind: str
    value: str
    limit: int


def prefix(model: Model, environment: str) -> str:
    """`aws-devops-dev-ai-nexus`: what every physical name of an environment begins with."""
    return f"{model.product.project}-{environment}-{model.product.name}"


def vertical_names(model: Model, vertical: Vertical, environment: str) -> tuple[ResourceName, ...]:
    """Names that one vertical takes in one environment.

    Limits: Lambda function and IAM role 64 characters, DynamoDB table 255, SQS queue 80, log group
    and metric filter 512, alarm, dashboard and security group 255 (service quotas pages of each
    service).
    """
    base = f"{prefix(model, environment)}-{vertical.name.kebab}"
    return (
        ResourceName("DynamoDB table", base, 255),
        ResourceName("Lambda function", f"{base}-api", 64),
        ResourceName("IAM role", f"{base}-api", 64),
        ResourceName("IAM role", f"{base}-tenant", 64),
        ResourceName("security group", f"{base}-api", 255),
        ResourceName("log group", f"/aws/lambda/{base}-api", 512),
        *(ResourceName("metric filter", f"{base}-{metric}", 512) for metric in LOG_METRICS),
        ResourceName("CloudWatch dashboard", base, 255),
        *(ResourceName("CloudWatch alarm", f"{base}-{alarm}", 255) for alarm in ALARMS),
    )


def shared_names(model: Model, environment: str) -> tuple[ResourceName, ...]:
    """Names that all verticals of an environment share."""
    base = prefix(model, environment)
    return (
        ResourceName("Lambda layer", f"{base}-runtime", 140),
        ResourceName("KMS alias", f"alias/{base}", 256),
        ResourceName("KMS alias", f"alias/{base}-cursor", 256),
        ResourceName("SQS queue", f"{base}-failed-events", 80),
        ResourceName("CloudWatch alarm", f"{base}-failed-events", 255),
    )
