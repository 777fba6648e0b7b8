"""The bytes as rendered are what `terraform fmt` would write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import CoreState, Model
from tests.outputs.terraform_cli import Terraform, write


def changed(model: Model, variant: str) -> Model:
    """The project's model with one thing changed that changes the layout."""
    integration = model.integration
    match variant:
        case "authorizer of our own":
            return replace(model, integration=replace(integration, authorizer="create"))
        case "state in S3":
            settings = (("bucket", "state"), ("key", "{environment}/a b.tfstate"), ("region", "x"))
            state = CoreState("s3", settings)
            return replace(model, integration=replace(integration, core_state=state))
        case "API of one name in all environments":
            return replace(model, integration=replace(integration, rest_api="shared"))
        case "API named as its environment":
            return replace(model, integration=replace(integration, rest_api="{environment}"))
        case "shared log group":
            return replace(model, product=replace(model.product, shared_log_group=True))
        case "no vertical":
            return replace(model, verticals=())
        case "entities without indexes":
            (vertical, *others) = model.verticals
            bare = tuple(replace(entity, indexes=()) for entity in vertical.entities)
            return replace(model, verticals=(replace(vertical, entities=bare), *others))
    return model


@pytest.mark.parametrize(
    "variant",
    [
        "as it is",
        "authorizer of our own",
        "state in S3",
        "API of one name in all environments",
        "API named as its environment",
        "shared log group",
        "no vertical",
        "entities without indexes",
    ],
)
def test_fmt_would_change_nothing(
    project_model: Model, terraform: Terraform, tmp_path: Path, variant: str
) -> None:
    folder = write(TerraformBackend().generate(changed(project_model, variant)), tmp_path)
    completed = terraform.run(folder, "fmt", "-check", "-diff", "-recursive", "-no-color")
    assert (completed.returncode, completed.stdout, completed.stderr) == (0, "", "")
