"""Which indexes items of before are missing from after a save."""

from __future__ import annotations

import pytest

from nexus_gen.local.reindexed import reindexed
from tests.backends.models import model_of

NOTES = """vertical: notes
entities:
  Note:
    fields:
      title: {type: string, required: true}
      level: {type: string}
      stars: {type: integer}
    indexes:
      by_title: {sort: title}
      by_level: {match: [level], sort: title}
    access: {read: [member], create: [member]}
"""
NEW_ENTITY = """  Other:
    fields: {title: {type: string, required: true}}
    indexes: {by_title: {sort: title}}
    access: {read: [member], create: [member]}
"""


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("by_level: {match: [level], sort: title}", "by_level: {match: [level], sort: title}", []),
        ("stars: {type: integer}", "stars: {type: integer, minimum: 1}", []),
        ("by_level: {match: [level], sort: title}", "by_level: {sort: stars}", ["by_level"]),
        (
            "      by_title: {sort: title}\n",
            "      by_stars: {sort: stars}\n      by_title: {sort: title}\n",
            ["by_stars", "by_title", "by_level"],
        ),
        (
            "    access:",
            "      by_stars: {sort: stars}\n    access:",
            ["by_stars"],
        ),
        ("      by_title: {sort: title}\n", "", ["by_level"]),
    ],
)
def test_indexes_that_moved_are_named(old: str, new: str, moved: list[str]) -> None:
    assert old in NOTES
    found = reindexed(model_of(NOTES), model_of(NOTES.replace(old, new)))
    assert found == [f"notes.Note.{name}" for name in moved]


def test_an_entity_that_is_new_has_no_items_of_before() -> None:
    assert reindexed(model_of(NOTES), model_of(NOTES + NEW_ENTITY)) == []
