"""A vertical is data: no source names one, or an entity, but in an example of its prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_gen import pipeline

ROOT = Path(__file__).parents[2]
MODEL = pipeline.compile(ROOT)
NAMES = {
    word
    for vertical in MODEL.verticals
    for word in (
        vertical.name.raw,
        *(f"{vertical.name.raw}.{entity.name.raw}" for entity in vertical.entities),
        *(operation.path for entity in vertical.entities for operation in entity.operations),
    )
}
PROSE = re.compile(r"/\*.*?\*/|//[^\n]*|\{#.*?#\}|<!--.*?-->|^\s*#[^\n]*", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
PYTHON = sorted(
    path for part in ("nexus_gen", "nexus_runtime") for path in ROOT.glob(f"{part}/**/*.py")
)
OTHERS = sorted(
    path
    for pattern in ("templates/**/*.*", "console/src/**/*.ts*", "nexus_gen/**/*.json")
    for path in ROOT.glob(pattern)
    if not path.name.endswith((".test.ts", ".md.jinja"))
)


def in_python(text: str) -> Iterator[str]:
    """Identifiers and texts of a module, docstrings aside."""
    tree = ast.parse(text)
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)) if id(node) not in prose:
                yield value
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name


def in_others(text: str) -> Iterator[str]:
    """Quoted texts of a template or a TypeScript module, comments aside."""
    for match in QUOTED.finditer(PROSE.sub("", text)):
        yield next(filter(None, match.groups()), "")


@pytest.mark.parametrize("path", [*PYTHON, *OTHERS], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_source_names_a_vertical_or_an_entity(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = in_python(text) if path.suffix == ".py" else in_others(text)
    assert NAMES.intersection(words) == set()
