"""The reference of `spec/nexus.yaml` is what the schema says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.cli.schema import read_schemas
from tests.docs.reference import page

PAGE = Path(__file__).parents[2] / "docs" / "nexus-yaml.md"
SCHEMA = json.loads(read_schemas()["nexus.schema.json"])


def test_the_page_is_made_from_the_schema(pytestconfig: pytest.Config) -> None:
    made = page(SCHEMA)
    if pytestconfig.getoption("update_golden"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def test_every_key_of_the_schema_is_on_the_page() -> None:
    """Looked for in another way than the page is made: whatever stands below `properties`."""
    named = {key for found in _properties(SCHEMA) for key in found}
    assert {"reserved_concurrency", "workspace", "request_headers", "claim"} <= named
    text = PAGE.read_text(encoding="utf-8")
    absent = {key for key in named if f"{key}`" not in text}
    assert absent == set()


def _properties(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield value
            yield from _properties(value)
    elif isinstance(node, list):
        for value in node:
            yield from _properties(value)
