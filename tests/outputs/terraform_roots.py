"""Both roots under a mocked AWS: the separate one as it is, the extended one inside a core."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.render import hcl
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.mocked_apply import ACCOUNT, MOCKS, REGION, Applied
from tests.outputs.conftest import ROOT
from tests.outputs.terraform_cli import Terraform

TRIGGERS = "  triggers = {\n"
LINE = "    nexus = module.nexus.redeploy_hash\n"

CORE_OUTPUTS = {
    "authorizer_id": "authorizer",
    "cognito_user_pool_id": f"{REGION}_pool",
    "cognito_user_pool_client_id": "client",
    "vpc_id": "vpc-1",
    "private_subnet_ids": ["subnet-1", "subnet-2"],
}
"""What the separate root reads of core's state, by the default names."""

ROOT_MOCKS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    **MOCKS,
    ("data", "aws_api_gateway_rest_api"): {
        "id": "api",
        "root_resource_id": "root",
        "execution_arn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api",
    },
    ("data", "aws_availability_zones"): {"names": [f"{REGION}a", f"{REGION}b"]},
    ("resource", "aws_api_gateway_rest_api"): {
        "execution_arn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api"
    },
    ("resource", "aws_api_gateway_stage"): {
        "arn": f"arn:aws:apigateway:{REGION}::/restapis/api/stages/dev-nexus"
    },
    ("resource", "aws_cognito_user_pool"): {
        "id": f"{REGION}_pool",
        "arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_pool",
    },
}


@dataclass(frozen=True, slots=True)
class MockedRoot:
    """A root that `terraform init` has run in.

    Attributes:
        environments: folder of the `.tfvars` files.
        given: variables besides those of the environment.
    """

    mode: str
    folder: Path
    environments: Path
    given: Mapping[str, Any]
    terraform: Terraform

    def run(
        self, environment: str, core_state: Path | None = None, command: str = "apply"
    ) -> tuple[Applied | None, tuple[str, ...]]:
        """Apply or plan for one environment: what it left (an apply only), and its errors.

        The state of core is mocked unless the path of one is given; nothing else is read.
        """
        given = dict(self.given)
        overridden = ""
        if self.mode == "extended":
            given["environment"] = environment
        elif core_state is None:
            values = hcl({"outputs": CORE_OUTPUTS})
            target = "data.terraform_remote_state.core"
            overridden = f"override_data {{\n target = {target}\n values = {values}\n}}\n"
        else:
            given["core_state"] = {"path": str(core_state)}
        text = mocked_apply.runs_file([given], ROOT_MOCKS)
        test = self.folder / mocked_apply.TEST_FILE
        test.parent.mkdir(exist_ok=True)
        test.write_text(overridden + text.replace("command = apply", f"command = {command}"))
        settings = self.environments / f"{environment}.tfvars"
        done = self.terraform.run(self.folder, *mocked_apply.ARGUMENTS, f"-var-file={settings}")
        lines = done.stdout.splitlines()
        applied = mocked_apply.states(lines)
        return (applied[0] if applied else None), mocked_apply.errors(lines)


def mocked_root(mode: str, rendered: Path, packages: Path, terraform: Terraform) -> MockedRoot:
    """The root of a mode, from `generated/terraform`; the extended one is joined to a core."""
    given = {"nexus_packages_dir": str(packages)}
    folder = rendered / "roots" / "separate"
    if mode == "extended":
        folder = place_in_core(rendered, rendered.parent / "core")
    terraform.init(folder)
    return MockedRoot(mode, folder, rendered / "environments", given, terraform)


def place_in_core(terraform_folder: Path, core: Path) -> Path:
    """A copy of the example estate with our root placed as the comment in it says."""
    leftovers = shutil.ignore_patterns(".terraform*", "*.tfstate*")
    shutil.copytree(ROOT / "examples" / "core", core, ignore=leftovers)
    (core / "nexus").symlink_to(terraform_folder)
    (core / "nexus.tf").symlink_to(Path("nexus/roots/extended/nexus.tf"))
    deployment = core / "api.tf"
    text = deployment.read_text(encoding="utf-8")
    assert text.count(TRIGGERS) == 1
    deployment.write_text(text.replace(TRIGGERS, TRIGGERS + LINE), encoding="utf-8")
    return core


def core_state(path: Path, outputs: Mapping[str, Any], version: int = 4) -> Path:
    """A state file as Terraform writes it, of a core with these outputs."""
    document = {
        "version": version,
        "terraform_version": "1.11.4",
        "serial": 1,
        "lineage": "5f0b1f6e-0000-4000-8000-000000000000",
        "outputs": {
            name: {
                "value": value,
                "type": "string" if isinstance(value, str) else ["tuple", ["string", "string"]],
            }
            for name, value in outputs.items()
        },
        "resources": [],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
