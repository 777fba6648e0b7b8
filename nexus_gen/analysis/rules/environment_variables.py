"""NX307: a function's environment variables are larger than Lambda takes."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Environment, Model, Vertical
from nexus_gen.model.resource_names import vertical_names

LIMIT = 4096
"""Bytes of all names and values together (Lambda quotas, "Environment variables")."""

_ROLE_ARN = len("arn:aws-us-gov:iam::123456789012:role/") + 64
_KEY_ARN = len("arn:aws-us-gov:kms:ap-southeast-9:123456789012:key/") + 40
_LEVEL = len("CRITICAL")
_NAMES = "TABLE_NAME TENANT_ROLE_ARN CURSOR_KEY_ARN CORS_ORIGINS ENVIRONMENT LOG_LEVEL"


def environment_variables(subject: Subject) -> Iterator[Diagnostic]:
    """Environments whose origins leave no room; nothing else in the variables grows."""
    for environment in subject.model.environments:
        for vertical in subject.model.verticals[:1]:
            size = variable_bytes(subject.model, vertical, environment)
            if size > LIMIT:
                place = subject.nexus / "environments" / environment.name
                yield Diagnostic(
                    "NX307",
                    f"the functions of `{environment.name}` would have {size:,} bytes of "
                    f"environment variables, and Lambda takes {LIMIT:,}",
                    (place / "cors_origins").key,
                    note="most of it",
                    labels=(Label(environment.span, "in this environment"),),
                    help="list fewer or shorter origins",
                )


def variable_bytes(model: Model, vertical: Vertical, environment: Environment) -> int:
    """Names and values of a function's variables, in bytes, at most."""
    table = vertical_names(model, vertical, environment.name)[0].value
    origins = ",".join(environment.cors_origins)
    fixed = len(_NAMES) + _ROLE_ARN + _KEY_ARN + _LEVEL
    return fixed + len(table) + len(origins.encode()) + len(environment.name)
