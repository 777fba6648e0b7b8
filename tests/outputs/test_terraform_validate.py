"""Both roots are valid for the real AWS provider, and differ only in what the mode is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import hcl2
import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Model
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_roots import place_in_core


@pytest.mark.parametrize("authorizer", ["reuse", "create"])
def test_separate_root_is_valid(
    project_model: Model, terraform: Terraform, tmp_path: Path, authorizer: str
) -> None:
    integration = replace(project_model.integration, authorizer=authorizer)
    model = replace(project_model, integration=integration)
    folder = write(TerraformBackend().generate(model), tmp_path)
    assert terraform.validate(folder / "roots" / "separate") == []


@pytest.mark.parametrize("authorizer", ["reuse", "create"])
def test_extended_root_is_valid_inside_core(
    project_model: Model, terraform: Terraform, tmp_path: Path, authorizer: str
) -> None:
    integration = replace(project_model.integration, authorizer=authorizer)
    model = replace(project_model, integration=integration)
    folder = write(TerraformBackend().generate(model), tmp_path / "generated")
    assert terraform.validate(place_in_core(folder, tmp_path / "core")) == []


def module_arguments(path: Path) -> dict[str, Any]:
    """Arguments of the root's call of the backend."""
    with path.open(encoding="utf-8") as file:
        (module,) = hcl2.load(file)["module"]
    (arguments,) = module.values()
    return {name: value for name, value in arguments.items() if not name.startswith("__")}


def test_both_roots_give_the_backend_the_same_arguments(rendered_terraform: Path) -> None:
    roots = rendered_terraform / "roots"
    extended = module_arguments(roots / "extended" / "nexus.tf")
    separate = module_arguments(roots / "separate" / "main.tf")
    of_mode = {"source", "api_url", "authorizer_id", "rest_api", "user_pool", "network"}
    assert extended.keys() == separate.keys() > of_mode
    for name in extended:
        if name not in of_mode:
            assert extended[name] == separate[name], name
        elif isinstance(extended[name], dict):
            assert extended[name].keys() == separate[name].keys(), name


def test_hash_covers_every_argument_of_every_route_resource(rendered_terraform: Path) -> None:
    folder = rendered_terraform / "modules" / "routes"
    hashed = (folder / "outputs.tf").read_text(encoding="utf-8")
    for file in ("methods.tf", "cors.tf"):
        with (folder / file).open(encoding="utf-8") as opened:
            blocks = hcl2.load(opened)["resource"]
        for block in blocks:
            ((kind, named),) = block.items()
            ((name, arguments),) = named.items()
            address = f"{kind}.{name}".replace('"', "")
            assert address in hashed, address
            part = hashed[hashed.index(address) :].split("\n    ]", 1)[0]
            for argument in arguments:
                if argument in {"for_each", "name", "rest_api_id"} or argument.startswith("__"):
                    continue
                assert f".{argument}" in part, f"{address}.{argument}"
