"""What the compiler computes as the largest item is at least what full items take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nexus_gen import pipeline
from nexus_gen.analysis.sizes import MAX_ITEM, item_bytes
from nexus_gen.model import Entity

from .api import Client
from .estate import Table
from .samples import COURSES, ENROLLMENTS, JOURNALS, course, enrollment, lesson

WIDE = "\U0001f600"
"""A character of four bytes in UTF-8."""

KEY = {"Idempotency-Key": "$" * 255}


def size(attribute: dict[str, Any]) -> int:
    """Bytes of an attribute's value (DynamoDB developer guide, "DynamoDB item sizes and formats";
    a number counts two digits a byte and one more)."""
    ((kind, value),) = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(value.lstrip("-")) // 2 + 2
        case "L":
            return 3 + sum(1 + size(element) for element in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + size(one) for name, one in value.items())
    return 1


def largest(table: Table, entity: str) -> int:
    """Bytes of the largest item that stores one of an entity's: itself, or the record of a key."""
    sizes = [
        sum(len(name.encode()) + size(value) for name, value in item.items())
        for item in table.items()
        if f"#{entity}" in item["pk"]["S"] or "#!idempotency#" in item["pk"]["S"]
    ]
    assert len(sizes) == 2
    return max(sizes)


@pytest.fixture(scope="package")
def entities(project: Path) -> dict[str, Entity]:
    (vertical,) = pipeline.compile(project).verticals
    return {entity.name.pascal: entity for entity in vertical.entities}


@pytest.fixture
def organization(client: Client) -> Client:
    """A caller whose names are as long as they may be."""
    return client.having(tenant="t" * 64, user="$" * 128)


def test_a_full_lesson(organization: Client, table: Table, entities: dict[str, Entity]) -> None:
    parent = organization.post(COURSES, course()).json["id"]
    url = f"https://example.com/{'x' * 2028}"
    full = lesson(
        title=WIDE * 200,
        body=WIDE * 50_000,
        kind="exercise",
        length=f"PT{'1' * 61}S",
        video_url=url,
        attachments=[{"label": WIDE * 80, "url": url}] * 10,
    )
    answer = organization.post(f"{COURSES}/{parent}/lessons", full, headers=KEY)
    assert answer.status == 201
    bound = item_bytes(entities["Lesson"])
    assert bound * 0.98 < largest(table, "lesson") <= bound < MAX_ITEM


def test_a_full_enrollment(organization: Client, table: Table, entities: dict[str, Entity]) -> None:
    target = organization.post(COURSES, course()).json["id"]
    full = enrollment(
        target,
        learner="l" * 128,
        progress=0.123456789012345,
        note=WIDE * 500,
        answers={f"{number:03}{WIDE * 252}": WIDE * 1000 for number in range(50)},
        settings={"a": "x" * 1992},
    )
    answer = organization.post(ENROLLMENTS, full, headers=KEY)
    assert answer.status == 201
    bound = item_bytes(entities["Enrollment"])
    assert bound * 0.98 < largest(table, "enrollment") <= bound < MAX_ITEM


def test_the_record_of_a_key_counts_where_no_index_is_larger(
    organization: Client, table: Table, entities: dict[str, Entity]
) -> None:
    answer = organization.post(JOURNALS, {"entry": WIDE * 100}, headers=KEY)
    assert answer.status == 201
    assert largest(table, "journal") <= item_bytes(entities["Journal"])
