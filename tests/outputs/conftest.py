"""The project's own spec, and its Terraform as rendered."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from nexus_gen.analysis.lower import lower
from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.frontend import load
from nexus_gen.model import Model
from tests import sample
from tests.outputs.terraform_cli import Terraform, create_terraform, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def project_model() -> Model:
    """The model of `spec/`, its Education vertical alone."""
    return lower(load(sample.built()))


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """The Terraform program."""
    return create_terraform(tmp_path_factory.mktemp("terraform"))


@pytest.fixture
def rendered_terraform(project_model: Model, tmp_path: Path) -> Path:
    """`generated/terraform` of `spec/`, fresh from the backend."""
    return write(TerraformBackend().generate(project_model), tmp_path / "generated")


@pytest.fixture(scope="module")
def terraform_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand-ins of the zips; only their hashes reach Terraform."""
    folder = tmp_path_factory.mktemp("dist")
    for name in ("education-api", "runtime-layer"):
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
            file.writestr("empty.py", "")
    return folder


@pytest.fixture(scope="module")
def terraform_backend(project_model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backend module, with what it calls beside it."""
    folder = tmp_path_factory.mktemp("generated")
    return write(TerraformBackend().generate(project_model), folder) / "backend"
