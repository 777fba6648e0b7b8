"""Suggestions are near, legal, and silent where nothing is near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.diagnostics.suggest import closest, did_you_mean, distance

_WORDS = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("strnig", "string", 1),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_distance_counts_edits_and_swaps(left: str, right: str, edits: int) -> None:
    assert distance(left, right) == edits


@given(_WORDS, _WORDS)
def test_distance_is_symmetric_and_bounded(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert abs(len(left) - len(right)) <= distance(left, right) <= max(len(left), len(right))
    assert (distance(left, right) == 0) == (left == right)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("strnig", "string"),
        ("String", "string"),
        ("max-length", "max_length"),
        ("max length", "max_length"),
        ("requird", "required"),
        ("xyz", None),
        ("", None),
        ("colour", None),
    ],
)
def test_the_nearest_legal_name_is_found(word: str, found: str | None) -> None:
    assert closest(word, ["string", "max_length", "required", "text"]) == found


def test_of_equally_near_names_the_first_by_alphabet_wins() -> None:
    assert closest("bat", ["rat", "cat"]) == "cat"


def test_without_a_near_name_the_legal_ones_are_listed() -> None:
    assert did_you_mean("xyz", ["b", "a"]) == "legal here: `a`, `b`"
    assert did_you_mean("xyz", []) == ""
    many = did_you_mean("xyz", [f"name_{number:02}" for number in range(30)])
    assert many.endswith("`name_19` and 10 more")


def test_a_hostile_word_costs_little() -> None:
    assert closest("x" * 1_000_000, ["string"]) is None
