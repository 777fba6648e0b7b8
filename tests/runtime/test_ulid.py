"""Ids: unique, in order of creation, and not to be guessed."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_runtime import ulid


def test_ids_ascend_and_are_valid() -> None:
    ids = [ulid.new() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert all(ulid.is_valid(id) for id in ids)


def test_ids_ascend_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ulid.new()
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    assert before < ulid.new() < ulid.new()


def test_an_id_begins_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ulid, "_last", 0)
    monkeypatch.setattr("time.time", lambda: 1469918176.385)
    assert ulid.new().startswith("01ARYZ6S41")
    """The time of the example in the ULID specification."""


def test_neighbours_within_a_millisecond_are_not_one_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    monkeypatch.setattr(ulid, "_last", 0)
    ids = [ulid.new() for _ in range(50)]
    assert len({id[-6:] for id in ids}) > 40


def test_threads_do_not_get_the_same_id() -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ulid.new() for _ in range(500)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000


@pytest.mark.parametrize(
    "text", ["", "x", "01ARYZ6S41\n", "01K0000000000000000000000i", "81K00000000000000000000000"]
)
def test_other_text_is_not_an_id(text: str) -> None:
    assert not ulid.is_valid(text)
    assert not ulid.is_valid("01K00000000000000000000000\n")


@given(st.text(max_size=30))
def test_only_canonical_ids_are_ids(text: str) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    canonical = len(text) == 26 and text[0] in "01234567" and set(text) <= set(alphabet)
    assert ulid.is_valid(text) == canonical
