"""A wrong environment, a foreign API or an open tenant claim stops the plan and says why."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Model
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_mock import MOCKS, apply, variables
from tests.outputs.terraform_roots import CORE_OUTPUTS, MockedRoot, core_state, mocked_root


@pytest.fixture
def arguments(project_model: Model, terraform_packages: Path) -> dict[str, Any]:
    return variables(project_model, project_model.environments[0], terraform_packages)


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


@pytest.fixture
def separate(
    rendered_terraform: Path, terraform: Terraform, terraform_packages: Path
) -> MockedRoot:
    return mocked_root("separate", rendered_terraform, terraform_packages, terraform)


def test_the_state_of_core_gives_what_the_separate_root_needs(
    separate: MockedRoot, tmp_path: Path
) -> None:
    state = core_state(tmp_path / "core.tfstate", CORE_OUTPUTS)
    assert separate.run("dev", state, command="plan")[1] == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "Unable to find remote state: No stored state was found for the given workspace"),
        ('{"version": 4, "terraform_ver', "Unable to read the remote state|unexpected EOF|state"),
        ('{"version": 99}', "does not support state version 99|version 99"),
    ],
    ids=["missing", "truncated", "of a later version"],
)
def test_a_state_of_core_that_cannot_be_read(
    separate: MockedRoot, tmp_path: Path, written: str | None, said: str
) -> None:
    path = tmp_path / "core.tfstate"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    errors = separate.run("dev", path, command="plan")[1]
    assert re.search(said, "\n".join(errors)), errors


@pytest.mark.parametrize("output", sorted(CORE_OUTPUTS))
def test_a_core_that_lacks_an_output(separate: MockedRoot, tmp_path: Path, output: str) -> None:
    less = {name: value for name, value in CORE_OUTPUTS.items() if name != output}
    state = core_state(tmp_path / "core.tfstate", less)
    errors = separate.run("dev", state, command="plan")[1]
    assert f"Core's state lacks the outputs: {output}." in "\n".join(errors)


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_a_state_of_core_of_another_environment(
    separate: MockedRoot, tmp_path: Path, environment: str
) -> None:
    state = core_state(tmp_path / "core.tfstate", {**CORE_OUTPUTS, "environment": "dev"})
    errors = "\n".join(separate.run(environment, state, command="plan")[1])
    if environment == "dev":
        assert errors == ""
    else:
        assert 'Core\'s state is that of "dev" (its output environment)' in errors
        assert f"this is the apply of {environment}" in errors


def test_the_output_that_names_core_s_environment_can_have_another_name(
    project_model: Model, terraform: Terraform, terraform_packages: Path, tmp_path: Path
) -> None:
    integration = replace(
        project_model.integration,
        core_outputs=(("environment", "stage"), *project_model.integration.core_outputs[1:]),
        names_environment=True,
    )
    model = replace(project_model, integration=integration)
    rendered = write(TerraformBackend().generate(model), tmp_path / "generated")
    root = mocked_root("separate", rendered, terraform_packages, terraform)
    outcomes = [
        "\n".join(root.run("prod", core_state(tmp_path / "core", outputs), command="plan")[1])
        for outputs in (
            {**CORE_OUTPUTS, "environment": "dev", "stage": "prod"},
            {**CORE_OUTPUTS, "environment": "prod", "stage": "dev"},
            {**CORE_OUTPUTS, "environment": "prod"},
        )
    ]
    assert outcomes[0] == ""
    assert 'Core\'s state is that of "dev" (its output stage)' in outcomes[1]
    assert "Core's state lacks the outputs: stage." in outcomes[2]


def test_a_role_that_core_s_default_tags_would_make_a_tenant_s(
    terraform: Terraform, terraform_backend: Path, arguments: dict[str, Any]
) -> None:
    role = {**MOCKS["resource", "aws_iam_role"], "tags_all": {"organization_id": "acme"}}
    mocks = {**MOCKS, ("resource", "aws_iam_role"): role}
    errors = apply(terraform, terraform_backend, arguments, mocks=mocks).errors
    assert errors
    for error in errors:
        assert "the tag organization_id would make every session of the role a tenant's" in error
