"""The handlers of `spec/` please Python's tools, load, and are as short as hand-written ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_gen.backends.lambda_.backend import LambdaBackend
from nexus_gen.model import Model
from tests.backends.python_tools import mypy_complaints, ruff_complaints

ROOT = Path(__file__).parents[2]
COURSE_LINES = 150
"""What a person would need for the entity of the example, and a few lines more."""


@pytest.fixture(scope="module")
def rendered_lambda(project_model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`generated/lambda` of `spec/`, fresh from the backend."""
    folder = tmp_path_factory.mktemp("generated")
    for artifact in LambdaBackend().generate(project_model):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return folder / "lambda"


@pytest.fixture(scope="module")
def lambda_packages(rendered_lambda: Path) -> list[Path]:
    """The handler package of each vertical."""
    packages = sorted(path.parent for path in rendered_lambda.glob("*-api/*/handler.py"))
    assert packages
    return packages


def test_ruff_finds_nothing(lambda_packages: list[Path]) -> None:
    for package in lambda_packages:
        complaints = ruff_complaints(package)
        assert not complaints, complaints


def test_mypy_finds_nothing(
    rendered_lambda: Path, lambda_packages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    layer = rendered_lambda / "shared" / "python"
    complaints = mypy_complaints(lambda_packages, layer, tmp_path_factory.mktemp("mypy"))
    assert not complaints, complaints


def test_every_vertical_loads_with_nothing_but_the_layer(
    project_model: Model, rendered_lambda: Path
) -> None:
    for vertical in project_model.verticals:
        name = vertical.name
        path = [rendered_lambda / f"{name.kebab}-api", rendered_lambda / "shared" / "python"]
        routes = sum(len(entity.operations) for entity in vertical.entities)
        program = (
            f"import sys; sys.path[:0] = {[str(one) for one in path]!r}\n"
            f"from {name.snake}_api import handler\n"
            f"import nexus_runtime\n"
            f"assert nexus_runtime.__file__.startswith(sys.path[1]), nexus_runtime.__file__\n"
            f"assert callable(handler.handler)\n"
            f"assert len(handler.app._routes) == {routes}\n"
        )
        variables = {**os.environ, "AWS_DEFAULT_REGION": "eu-west-1", "PYTHONPATH": ""}
        subprocess.run([sys.executable, "-c", program], env=variables, check=True, cwd=path[0])


def test_a_course_is_no_longer_than_by_hand(rendered_lambda: Path) -> None:
    module = rendered_lambda / "education-api" / "education_api" / "course.py"
    assert len(module.read_text(encoding="utf-8").splitlines()) <= COURSE_LINES


def test_the_layer_is_the_runtime_byte_for_byte(rendered_lambda: Path) -> None:
    layer = rendered_lambda / "shared" / "python" / "nexus_runtime"
    runtime = ROOT / "nexus_runtime"
    copied = {path.relative_to(layer): path.read_bytes() for path in layer.rglob("*.*")}
    files = (*runtime.rglob("*.py"), runtime / "py.typed")
    assert copied == {path.relative_to(runtime): path.read_bytes() for path in files}


def test_checks_lead_back_to_the_lines_of_their_fields(project_model: Model) -> None:
    artifacts = {one.path: one for one in LambdaBackend().generate(project_model)}
    for vertical in project_model.verticals:
        for entity in vertical.entities:
            folder = f"lambda/{vertical.name.kebab}-api/{vertical.name.snake}_api"
            artifact = artifacts[f"{folder}/{entity.name.snake}.py"]
            lines = artifact.content.decode().splitlines()
            anchors = {span: line for line, span in artifact.anchors}
            for field in entity.fields:
                assert lines[anchors[field.span] - 1].startswith(
                    f'    "{field.name.snake}": checks.'
                )
            starts = [line for line, _ in artifact.anchors]
            assert starts == sorted(starts)
