"""Types as text: what binds more closely than `[]` stands in parentheses."""

from __future__ import annotations

import pytest

from nexus_gen.backends.client.types import value
from tests.backends.models import model_of


@pytest.mark.parametrize(
    ("declaration", "type"),
    [
        ("{type: list, of: {type: enum, values: [a, b]}}", '("a" | "b")[]'),
        ("{type: list, of: {type: string}}", "string[]"),
        ("{type: map, of: {type: enum, values: [a, b]}}", 'Record<string, "a" | "b">'),
        (
            "{type: object, fields: {kinds: {type: list, of: {type: enum, values: [a, b]}}}}",
            '{ kinds?: ("a" | "b")[] | null }',
        ),
    ],
)
def test_a_type_reads_as_it_is_meant(declaration: str, type: str) -> None:
    model = model_of(
        "vertical: notes\nentities:\n  Note:\n    fields:\n"
        f"      field: {declaration}\n    access: {{read: [member]}}\n"
    )
    assert value(model.verticals[0].entities[0].fields[0], 2) == type
