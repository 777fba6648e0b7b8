"""Keys: tenants, escaping, and where things lie."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus_runtime import keys
from nexus_runtime.keys import Tenant, escape, unescape
from nexus_runtime.problems import Problem

ORG = Tenant("acme")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize("value", ["a", "A-b_9", "x" * 64, "0"])
def test_an_organization_id_of_the_charset_is_a_tenant(value: str) -> None:
    assert Tenant(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "*", "a/b", "org1\n", "\norg1", "a b", "a#b", "é", "x" * 65, None, 7, ["a"], b"a", "a\0"],
)
def test_anything_else_is_not_a_tenant(value: object) -> None:
    with pytest.raises(ValueError, match="not an organization id"):
        Tenant(value)


@given(TEXT)
@example("$23")
@example("$$ #")
def test_escaped_text_comes_back_and_holds_no_separator(text: str) -> None:
    assert unescape(escape(text)) == text
    assert all(character > "#" for character in escape(text))


@given(TEXT, TEXT)
def test_keys_of_escaped_text_sort_as_the_text_does(one: str, other: str) -> None:
    first, second = (f"{escape(text)}#id".encode() for text in (one, other))
    assert (first < second) == (one < other)


@given(st.lists(TEXT, min_size=2, max_size=2), st.lists(TEXT, min_size=2, max_size=2))
def test_different_values_have_different_partitions(one: list[str], other: list[str]) -> None:
    first, second = (keys.index_partition(ORG, "e#i", tuple(parts)) for parts in (one, other))
    assert (first == second) == (one == other)


def test_every_kind_of_key_begins_with_the_tenant() -> None:
    made = [
        keys.primary_key(ORG, "course", "1"),
        keys.primary_key(ORG, "lesson", "1", ("2",)),
        keys.primary_key(ORG, "slot", "1", ("3", "2")),
        keys.unique_key(ORG, "course", "slug", "a#b"),
        keys.trash_key(ORG, "slot", "1", ("3", "2")),
        keys.idempotency_key(ORG, "user#1", "k#1"),
    ]
    assert [key["pk"]["S"] for key in made] == [
        "acme#course",
        "acme#lesson#2",
        "acme#slot#3#2",
        "acme#course#!slug#a$23b",
        "acme#!trash#slot#3#2",
        "acme#!idempotency#user$231#k$231",
    ]


def test_an_index_entry_holds_its_matches_and_its_order() -> None:
    entry = keys.index_key("gsi2", ORG, "course#by_level", ("a b", True, 7), "2026", "ID")
    assert entry == {
        "gsi2pk": {"S": "acme#course#by_level#a$20b#true#7"},
        "gsi2sk": {"S": "2026#ID"},
    }


def test_an_unset_match_makes_no_entry_and_an_unset_order_comes_first() -> None:
    assert keys.index_key("gsi1", ORG, "course#by_level", (None,), "x", "ID") == {}
    entry = keys.index_key("gsi1", ORG, "course#by_start", (), "", "ID")
    assert entry["gsi1sk"]["S"] == "#ID" < f"{escape(chr(0))}#ID"


def test_a_key_past_dynamodbs_bound_is_refused() -> None:
    assert keys.index_key("gsi1", ORG, "e#i", (), "é" * 480, "I" * 26)
    for match, sort in (((), "é" * 512), (("é" * 1024,), "")):
        with pytest.raises(Problem) as refused:
            keys.index_key("gsi1", ORG, "e#i", match, sort, "I" * 26)
        assert (refused.value.status, refused.value.code) == (400, "key_too_long")
    with pytest.raises(Problem):
        keys.unique_key(ORG, "e", "f", "x" * 2048)
