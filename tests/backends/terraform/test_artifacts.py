"""The tree that the backend renders from a small model, and where its lines come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.terraform.backend import TerraformBackend
from tests.backends.terraform.small import at, small_model

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def artifacts() -> dict[str, Artifact]:
    return {artifact.path: artifact for artifact in TerraformBackend().generate(small_model())}


def test_tree_is_the_golden_one(artifacts: dict[str, Artifact], update_golden: bool) -> None:
    """What is rendered; static files are compared with nothing, they are their own source."""
    rendered = {
        path: artifact.content
        for path, artifact in artifacts.items()
        if artifact.template.endswith(".jinja")
    }
    if update_golden:
        for path, content in rendered.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(content)
    golden = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes()
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }
    assert rendered == golden


def test_two_builds_are_the_same(artifacts: dict[str, Artifact]) -> None:
    again = {artifact.path: artifact for artifact in TerraformBackend().generate(small_model())}
    assert again == artifacts


def test_every_artifact_names_its_source(artifacts: dict[str, Artifact]) -> None:
    for path, artifact in artifacts.items():
        assert artifact.sources, path
        assert path.startswith("terraform/"), path


def lines_of(artifact: Artifact) -> list[tuple[str, int]]:
    """Each anchored line, stripped, with the line of the spec that it renders."""
    lines = artifact.content.decode("utf-8").splitlines()
    return [(lines[number - 1].strip(), span.line) for number, span in artifact.anchors]


def test_routes_lead_to_their_entities(artifacts: dict[str, Artifact]) -> None:
    book, page = at(4).line, at(10).line
    assert lines_of(artifacts["terraform/modules/library/routes.tf"]) == [
        ("locals {", 1),
        ('"/library/books"                           = ["GET", "POST"]', book),
        ('"/library/books/{book_id}"                 = ["GET"]', book),
        ('"/library/books/{book_id}/pages"           = ["GET", "POST"]', page),
        ('"/library/books/{book_id}/pages/{page_id}" = ["GET"]', page),
        ("}", 1),
    ]


def test_indexes_of_the_table_lead_to_their_declarations(artifacts: dict[str, Artifact]) -> None:
    assert lines_of(artifacts["terraform/modules/library/table.tf"]) == [
        ('resource "aws_dynamodb_table" "library" {', 1),
        ("# Book.by_title", 8),
        ("point_in_time_recovery {", 1),
    ]
