"""What a spec says of core's resources is planned in a core of modules, `count` and `for_each`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.backends.terraform.references import expression
from nexus_gen.model import Model
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.core_stub import core_stub
from tests.outputs.other_core import REFERENCES, write_core
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_roots import ROOT_MOCKS

NETWORKS = [
    ("aws_vpc.one", "aws_subnet.counted"),
    ("aws_vpc.one.id", "aws_subnet.counted[*].id"),
    ("aws_subnet.counted[0].vpc_id", "aws_subnet.counted[*]"),
    ("aws_subnet.single.vpc_id", "aws_subnet.counted[1]"),
    ("local.network.vpc.id", "local.network.subnets"),
    ("local.network.vpc.id", "var.subnet_ids"),
    ("data.aws_vpc.found", "data.aws_subnets.found.ids"),
    ("data.aws_vpc.found.id", "aws_subnet.keyed"),
    ('module.net["spare"].vpc_id', 'aws_subnet.keyed["10.0.8.0/24"]'),
    ('module.net["main"].subnets["private"][0].vpc_id', "aws_subnet.single[*].id"),
]
"""References to a VPC and to subnets."""

MOCKS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    **ROOT_MOCKS,
    ("data", "aws_subnets"): {"ids": ["subnet-1", "subnet-2"]},
}


def rendered(model: Model, folder: Path, references: Mapping[str, str], authorizer: str) -> Path:
    """`terraform/` of the model with these references."""
    integration = replace(
        model.integration, core_resources=tuple(references.items()), authorizer=authorizer
    )
    return write(TerraformBackend().generate(replace(model, integration=integration)), folder)


def joined(terraform_folder: Path, core: Path) -> Path:
    """The core with our root placed in it."""
    (core / "nexus").symlink_to(terraform_folder)
    (core / "nexus.tf").symlink_to(Path("nexus/roots/extended/nexus.tf"))
    return core


@pytest.mark.parametrize("authorizer", ["reuse", "create"])
def test_every_kind_of_reference_is_planned(
    project_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path: Path,
    authorizer: str,
) -> None:
    generated = rendered(project_model, tmp_path / "generated", REFERENCES, authorizer)
    core = joined(generated, write_core(tmp_path / "core"))
    calls = (
        f'module "typed{number}" {{\n  source = "./typed"\n'
        f"  vpc_id = {expression('vpc', vpc)}\n"
        f"  subnet_ids = {expression('subnets', subnets)}\n}}\n"
        for number, (vpc, subnets) in enumerate(NETWORKS)
    )
    (core / "networks.tf").write_text("".join(calls), encoding="utf-8")
    terraform.init(core)
    given = {"environment": "dev", "nexus_packages_dir": str(terraform_packages)}
    test = core / mocked_apply.TEST_FILE
    test.parent.mkdir()
    test.write_text(mocked_apply.runs_file([given], MOCKS), encoding="utf-8")
    settings = f"-var-file={generated / 'environments' / 'dev.tfvars'}"
    lines = terraform.run(core, *mocked_apply.ARGUMENTS, settings).stdout.splitlines()
    assert mocked_apply.errors(lines) == ()
    (state,) = mocked_apply.states(lines)
    spa = state.resources['aws_cognito_user_pool_client.apps["spa"]']["id"]
    config = state.outputs["nexus_frontend_config"]
    assert config["userPoolClientId"] == spa
    network = state.resources['module.net["main"].aws_subnet.private[0]']["id"]
    function = next(
        values for address, values in state.resources.items() if ".aws_lambda_function." in address
    )
    assert network in function["vpc_config"][0]["subnet_ids"]


@pytest.mark.parametrize("authorizer", ["reuse", "create"])
def test_the_stand_in_has_what_every_kind_of_reference_begins_with(
    project_model: Model, terraform: Terraform, tmp_path: Path, authorizer: str
) -> None:
    generated = rendered(project_model, tmp_path / "generated", REFERENCES, authorizer)
    core = tmp_path / "core"
    more = [one for pair in NETWORKS for one in pair]
    lines = "".join(
        f'output "vpc{n}" {{\n value = {expression("vpc", vpc)}\n}}\n'
        f'output "subnets{n}" {{\n value = {expression("subnets", subnets)}\n}}\n'
        for n, (vpc, subnets) in enumerate(NETWORKS)
    )
    for name, text in core_stub([*REFERENCES.values(), *more]).items():
        path = core / (name or "stub.tf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (core / "networks.tf").write_text(lines, encoding="utf-8")
    assert terraform.validate(joined(generated, core)) == []
