"""The mode is one line of the spec, and both modes make the same backend."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.model.resource_names import TERRAFORM, api_names
from nexus_gen.pipeline import compile, generate
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.mocked_apply import ACCOUNT, MOCKS, REGION, Applied
from tests import sample
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_roots import place_in_core

OURS = "module.nexus."
LINE = "  mode: {}\n"
POOL = f"{REGION}_pool"
POOL_ARN = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{POOL}"
API = {
    "id": "api",
    "root_resource_id": "root",
    "execution_arn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api",
}
CORE: Mapping[tuple[str, str], Mapping[str, Any]] = {
    **MOCKS,
    ("data", "aws_availability_zones"): {"names": ["us-east-1a", "us-east-1b"]},
    ("data", "aws_api_gateway_rest_api"): API,
    ("resource", "aws_api_gateway_rest_api"): API,
    ("resource", "aws_api_gateway_stage"): {"invoke_url": "https://api.example.com/stage"},
    ("resource", "aws_api_gateway_authorizer"): {"id": "authorizer"},
    ("resource", "aws_cognito_user_pool"): {"id": POOL, "arn": POOL_ARN},
    ("resource", "aws_cognito_user_pool_client"): {"id": "client"},
    ("resource", "aws_vpc"): {"id": "vpc-1"},
    ("resource", "aws_subnet"): {"id": "subnet-1"},
}
"""One core for both: what Option A refers to is what Option B looks up."""

OUTPUTS = {
    "authorizer_id": "authorizer",
    "cognito_user_pool_id": POOL,
    "cognito_user_pool_arn": POOL_ARN,
    "cognito_user_pool_client_id": "client",
    "vpc_id": "vpc-1",
    "private_subnet_ids": ["subnet-1", "subnet-1"],
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Mode -> a project with the repository's spec in that mode."""
    found = {}
    for mode in ("extended", "separate"):
        folder = tmp_path_factory.mktemp(mode)
        sample.copy_spec(folder)
        spec = folder / "spec/nexus.yaml"
        text = spec.read_text(encoding="utf-8")
        line = next(
            LINE.format(one) for one in ("extended", "separate") if LINE.format(one) in text
        )
        spec.write_text(text.replace(line, LINE.format(mode)), encoding="utf-8")
        found[mode] = folder
    return found


def test_the_mode_is_one_line_of_the_spec_and_of_the_output_only_the_guide(
    projects: dict[str, Path],
) -> None:
    texts = [
        (projects[mode] / "spec/nexus.yaml").read_text(encoding="utf-8").splitlines()
        for mode in ("extended", "separate")
    ]
    changed = [line for line in difflib.ndiff(*texts) if line.startswith(("- ", "+ "))]
    assert changed == ["-   mode: extended", "+   mode: separate"]
    extended, separate = (
        {artifact.path: artifact.content for artifact in generate(compile(folder))}
        for folder in projects.values()
    )
    assert extended.keys() == separate.keys()
    assert {path for path in extended if extended[path] != separate[path]} == {"README.md"}


@pytest.fixture(scope="module")
def applied(
    projects: dict[str, Path],
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[Applied]]:
    """Mode -> what a mocked apply of its root makes; two applies of the first."""
    folder = tmp_path_factory.mktemp("applied")
    generated = write(generate(compile(projects["extended"])), folder / "generated")
    core = place_in_core(generated, folder / "core")
    separate = write(generate(compile(projects["separate"])), folder / "other")
    state = (
        "override_data {\n target = data.terraform_remote_state.core\n"
        f" values = {{ outputs = {json.dumps(OUTPUTS)} }}\n}}\n"
    )
    packages = str(terraform_packages)
    return {
        "extended": mocked(terraform, core, ["", ""], generated, packages),
        "separate": mocked(terraform, separate / "roots" / "separate", [state], separate, packages),
    }


def mocked(
    terraform: Terraform, root: Path, files: list[str], generated: Path, packages: str
) -> list[Applied]:
    """The states after an apply of the root for each test file, which adds its text."""
    terraform.init(root)
    (root / "tests").mkdir()
    runs = mocked_apply.runs_file([{}], CORE).replace(" variables {\n}\n", "")
    for number, text in enumerate(files):
        (root / f"tests/t{number}.tftest.hcl").write_text(f"{text}{runs}", encoding="utf-8")
    settings = f"-var-file={generated / 'environments' / 'dev.tfvars'}"
    chosen = f"-var=nexus_packages_dir={packages}"
    lines = terraform.run(root, *mocked_apply.ARGUMENTS, settings, chosen).stdout.splitlines()
    assert mocked_apply.errors(lines) == ()
    states = list(mocked_apply.states(lines))
    assert len(states) == len(files)
    return states


def below(state: Applied) -> dict[str, dict[str, Any]]:
    """Address below our module -> attributes."""
    return {
        address.removeprefix(OURS): values
        for address, values in state.resources.items()
        if address.startswith(OURS)
    }


def test_both_modes_make_the_same_resources(applied: dict[str, list[Applied]]) -> None:
    extended, again = map(below, applied["extended"])
    (separate,) = map(below, applied["separate"])
    assert len(extended) > 80
    assert extended.keys() == separate.keys()
    compared = 0
    for address, values in extended.items():
        for attribute, value in values.items():
            # What two applies of one mode do not agree on was made up by the mock.
            if again[address][attribute] == value:
                compared += 1
                assert separate[address][attribute] == value, f"{address}.{attribute}"
    assert compared > 8 * len(extended)


def test_both_modes_render_the_same_policies(applied: dict[str, list[Applied]]) -> None:
    def policies(state: Applied) -> dict[str, Any]:
        return {
            f"{address}.{attribute}": json.loads(values[attribute])
            for address, values in below(state).items()
            for attribute in ("policy", "assume_role_policy")
            if str(values.get(attribute, "")).startswith("{")
        }

    extended, separate = policies(applied["extended"][0]), policies(applied["separate"][0])
    assert len(extended) >= 6
    assert extended == separate


def test_both_modes_tell_the_same(applied: dict[str, list[Applied]]) -> None:
    extended, separate = (dict(applied[mode][0].outputs["nexus"]) for mode in applied)
    # It is made of ids, which the mock makes up anew.
    del extended["redeploy_hash"], separate["redeploy_hash"]
    assert extended == separate


def test_only_the_separate_root_adds_a_deployment_and_a_stage(
    applied: dict[str, list[Applied]], projects: dict[str, Path]
) -> None:
    (state,) = applied["separate"]
    own = {a: values for a, values in state.resources.items() if not a.startswith("module.")}
    managed = {address: values for address, values in own.items() if "data." not in address}
    assert managed.keys() == {
        "aws_api_gateway_deployment.nexus",
        "aws_api_gateway_stage.nexus",
        "aws_api_gateway_method_settings.all",
        "aws_cloudwatch_log_group.access",
        "aws_cloudwatch_metric_alarm.api_errors",
    }
    measured = {
        (TERRAFORM[name.kind][0], name.value)
        for name in api_names(compile(projects["separate"]), "dev")
    }
    assert measured == {
        ("aws_api_gateway_stage", managed["aws_api_gateway_stage.nexus"]["stage_name"]),
        ("aws_cloudwatch_log_group", managed["aws_cloudwatch_log_group.access"]["name"]),
        (
            "aws_cloudwatch_metric_alarm",
            managed["aws_cloudwatch_metric_alarm.api_errors"]["alarm_name"],
        ),
    }
