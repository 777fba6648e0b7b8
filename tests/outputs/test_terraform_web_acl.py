"""The stage of the separate root has the web ACL that its environment names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Model
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_roots import MockedRoot, mocked_root

NAME = "webacl/api/0a1b2c3d-0000-4000-8000-0123456789ab"
WEB_ACL = f"arn:aws:wafv2:us-east-1:123456789012:regional/{NAME}"
OTHER_ACCOUNT = WEB_ACL.replace("123456789012", "210987654321")
KIND = "aws_wafv2_web_acl_association"


def root_of(
    model: Model, web_acls: list[str | None], folder: Path, packages: Path, terraform: Terraform
) -> MockedRoot:
    """The separate root of the model, its environments having these web ACLs."""
    environments = tuple(
        replace(environment, web_acl_arn=web_acl)
        for environment, web_acl in zip(model.environments, web_acls, strict=True)
    )
    generated = write(
        TerraformBackend().generate(replace(model, environments=environments)), folder
    )
    return mocked_root("separate", generated, packages, terraform)


def test_each_environment_attaches_its_own_web_acl_or_none(
    project_model: Model, terraform: Terraform, terraform_packages: Path, tmp_path: Path
) -> None:
    web_acls = [None, OTHER_ACCOUNT, WEB_ACL]
    root = root_of(project_model, web_acls, tmp_path, terraform_packages, terraform)
    assert terraform.validate(root.folder) == []
    for environment, web_acl in zip(project_model.environments, web_acls, strict=True):
        state, errors = root.run(environment.name)
        assert errors == ()
        assert state is not None
        stage = state.only("aws_api_gateway_stage")
        attached = state.of_type(KIND)
        # One address for every web ACL: with one address each, the old one might be detached last.
        assert list(attached) == ([f'{KIND}.nexus["stage"]'] if web_acl else [])
        for association in attached.values():
            assert association["web_acl_arn"] == web_acl
            assert association["resource_arn"] == stage["arn"]


@pytest.mark.parametrize(
    ("web_acl", "told"),
    [
        (WEB_ACL.replace("us-east-1", "eu-west-1"), "takes one of its own Region"),
        (WEB_ACL.replace("regional", "global"), "with the scope REGIONAL"),
        (WEB_ACL.replace("wafv2", "waf-regional"), "with the scope REGIONAL"),
    ],
)
def test_a_plan_refuses_a_web_acl_that_no_stage_takes(
    project_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path: Path,
    web_acl: str,
    told: str,
) -> None:
    root = root_of(project_model, [web_acl, None, None], tmp_path, terraform_packages, terraform)
    _, errors = root.run("dev", command="plan")
    assert [error for error in errors if told in " ".join(error.split())]
