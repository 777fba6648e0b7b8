"""A wrong environment, a foreign API or an open tenant claim stops the plan and says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nexus_gen.model import Model
from tests.outputs.terraform_cli import Terraform
from tests.outputs.terraform_mock import MOCKS, apply, variables


@pytest.fixture
def arguments(project_model: Model, terraform_packages: Path) -> dict[str, Any]:
    return variables(project_model.environments[0], terraform_packages)


def test_unknown_environment(
    terraform: Terraform, terraform_backend: Path, arguments: dict[str, Any]
) -> None:
    api = {**arguments["rest_api"], "name": "aws-devops-live-ai-nexus-api"}
    wrong = {**arguments, "environment": "live", "rest_api": api}
    outcome = apply(terraform, terraform_backend, wrong)
    (error,) = outcome.errors
    assert "The spec has the environments dev, staging, prod." in error


def test_api_of_another_environment(
    terraform: Terraform, terraform_backend: Path, arguments: dict[str, Any]
) -> None:
    wrong = {**arguments, "environment": "prod"}
    (error,) = apply(terraform, terraform_backend, wrong).errors
    assert "`aws-devops-dev-ai-nexus-api` is not the REST API of the environment prod." in error


@pytest.mark.parametrize("origin", ["*", "https://a.example'])#set($x", "https://a.example\n"])
def test_origin_that_could_be_code(
    terraform: Terraform, rendered_terraform: Path, origin: str
) -> None:
    wrong = {
        "rest_api": {"id": "api", "root_resource_id": "root"},
        "authorizer_id": "authorizer",
        "cors_origins": [origin],
        "routes": {},
    }
    (error,) = apply(terraform, rendered_terraform / "modules" / "routes", wrong).errors
    assert "A CORS origin is a scheme, a host and perhaps a port" in error


def test_app_client_that_may_write_the_tenant_claim(
    terraform: Terraform, terraform_backend: Path, arguments: dict[str, Any]
) -> None:
    client = {"write_attributes": ["email", "custom:organization_id"]}
    mocks = {**MOCKS, ("data", "aws_cognito_user_pool_client"): client}
    (error,) = apply(terraform, terraform_backend, arguments, mocks=mocks).errors
    assert "remove custom:organization_id from the write_attributes of the app client" in error
