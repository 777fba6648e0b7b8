"""Types are those that an independent tool derives from the OpenAPI document."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nexus_gen import pipeline
from nexus_gen.backends.client.backend import ClientBackend
from nexus_gen.backends.openapi.backend import OpenApiBackend
from nexus_gen.model import Model
from tests.backends.models import model_of, model_of_data, model_of_file
from tests.backends.random_specs import verticals
from tests.client import equality
from tests.client.workspace import HERE, ROOT, Workspace, empty

GOLDENS = sorted((ROOT / "tests" / "backends").glob("*/golden/*/vertical.yaml"))

CLASHES = (
    "vertical: shop\nentities:\n"
    + "".join(
        f"  {name}: {{fields: {{name: {{type: map, of: {{type: string}}}}}},"
        " access: {read: [member], create: [member], update: [member]}}\n"
        for name in ["ApiError", "Item", "Record", "Array", "Index", "News", "NewsList", "Client"]
    ),
    "vertical: yard\nentities:\n"
    + "".join(
        f"  {name}: {{fields: {{name: {{type: string}}}},"
        " access: {read: [member], create: [member], update: [member]}}\n"
        for name in ["Item", "News", "Course", "CourseCreate", "CourseQuery", "UseCourse", "Model"]
    ),
)


def compare(folder: Path, models: Iterable[Model]) -> Workspace:
    """A workspace with the client, the derived types and the comparison of each model."""
    workspace = empty(folder)
    documents = []
    for number, model in enumerate(models):
        for artifact in ClientBackend().generate(model):
            path = artifact.path.removeprefix("client/")
            workspace.lay({f"{number}/package/{path}": artifact.content})
        for artifact in OpenApiBackend().generate(model):
            workspace.lay({f"{number}/openapi.yaml": artifact.content})
        workspace.lay({f"{number}/equality.ts": equality.module(model, "./package")})
        documents.append(str(folder / f"{number}/openapi.yaml"))
    workspace.lay(
        {
            "derive.mjs": (HERE / "derive.mjs").read_bytes(),
            "tsconfig.json": '{"extends": "./0/package/tsconfig.json", "compilerOptions": '
            '{"noEmit": true, "declaration": false, "rootDir": "."}, "include": ["*/**/*.ts"]}',
        }
    )
    workspace.node("derive.mjs", *documents)
    return workspace


def test_types_of_our_own_spec(tmp_path: Path) -> None:
    compare(tmp_path, [pipeline.compile(ROOT)]).passes("tsc")


def test_types_of_golden_specs(tmp_path: Path) -> None:
    assert len(GOLDENS) > 8
    compare(tmp_path, map(model_of_file, GOLDENS)).passes("tsc")


def test_names_that_clash_with_the_core_with_one_another_and_with_globals(tmp_path: Path) -> None:
    compare(tmp_path, [model_of(*CLASHES)]).passes("tsc")


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(verticals(), min_size=8, max_size=16))
def test_any_spec_becomes_typescript_with_the_types_of_its_document(
    specs: list[dict[str, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder) / "all", map(model_of_data, specs)).passes("tsc")


MUTANTS = {
    "a field that may be null": ("summary: string | null;", "summary: string;"),
    "a field that is required": ("  slug: string;\n  summary?", "  slug?: string;\n  summary?"),
    "a field that is missing": ("  capacity: number | null;\n", ""),
    "a value of an enum": ('level: "beginner" | ', "level: "),
    "a field that cannot be changed": (
        "  title?: string;\n",
        "  title?: string;\n  slug?: string;\n",
    ),
    "an order that no index has": ('"-starts_on";\n    }\n', '"-starts_on" | "title";\n    }\n'),
    "a filter that is not there": ("  | { instructor: string;", "  | { lecturer: string;"),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the compiler says of our own spec's comparison, in a folder for each mutant."""
    model = pipeline.compile(ROOT)
    workspace = compare(tmp_path_factory.mktemp("types") / "all", [model] * len(MUTANTS))
    for number, (before, after) in enumerate(MUTANTS.values()):
        path = workspace.folder / f"{number}/package/src/verticals/education/course.ts"
        sound = path.read_text()
        assert before in sound
        path.write_text(sound.replace(before, after, 1))
    return workspace.run("tsc").stdout


@pytest.mark.parametrize("mutant", MUTANTS)
def test_comparison_sees(complaints: str, mutant: str) -> None:
    assert f"{list(MUTANTS).index(mutant)}/equality.ts(" in complaints, complaints
