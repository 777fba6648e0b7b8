"""Checks of arrays, maps, objects and free JSON."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal
from typing import Any

import pytest

from nexus_runtime import checks, nested_checks

from .test_text_checks import code, run


def test_every_error_of_a_list_is_noted_with_its_pointer() -> None:
    check = checks.list_of(checks.string(max_length=2), max_items=4)
    normal, errors = run(check, ["a", 1, "abc", None])
    assert errors == [("/x/1", "type"), ("/x/2", "max_length"), ("/x/3", "type")]
    assert run(check, ["a", "b"]) == (["a", "b"], [])
    assert normal is not None


def test_lists_and_maps_are_bounded() -> None:
    items = checks.list_of(checks.integer(), min_items=1, max_items=2)
    lists: list[Any] = [[], [1], [1, 2, 3], {}, "x"]
    assert [code(items, value) for value in lists] == [
        "min_items",
        None,
        "max_items",
        "type",
        "type",
    ]
    members = checks.map_of(checks.integer(), min_items=1, max_items=2)
    maps: list[Any] = [{}, {"a": 1}, [], {"a": 1, "b": 2, "c": 3}]
    assert [code(members, value) for value in maps] == [
        "min_items",
        None,
        "type",
        "max_items",
    ]


def test_names_in_a_map_are_bounded_and_escaped_in_pointers() -> None:
    check = checks.map_of(checks.integer())
    assert run(check, {"a/b": "x", "c~d": None})[1] == [("/x/a~1b", "type"), ("/x/c~0d", "type")]
    assert run(check, {"": 1})[1] == [("/x", "property_names")]
    assert run(check, {"n" * 256: 1})[1] == [("/x", "property_names")]
    assert run(check, {"n" * 255: 1})[1] == []
    for name in ("a\0", "a\nb", "\u2028", "\x85"):
        assert run(check, {name: 1})[1] == [("/x", "property_names")]


def test_no_value_and_no_name_in_free_json_holds_nul() -> None:
    check = checks.json_value()
    assert run(check, "a\0")[1] == [("/x", "pattern")]
    assert run(check, {"a": ["b\0", 1]})[1] == [("/x/a/0", "pattern")]
    assert run(check, [{"a\0": 1}])[1] == [("/x/0", "pattern")]
    assert run(check, {"a\n": "\t\x1b"}) == ({"a\n": "\t\x1b"}, [])


def test_no_element_of_a_list_and_no_value_of_a_map_holds_nul() -> None:
    assert run(checks.list_of(checks.text()), ["a", "\0"])[1] == [("/x/1", "pattern")]
    assert run(checks.map_of(checks.string()), {"a": "\0"})[1] == [("/x/a", "pattern")]
    assert run(checks.object_of({"a": checks.text()}), {"a": "\0"})[1] == [("/x/a", "pattern")]


def test_an_object_has_all_its_members_and_no_other() -> None:
    fields = {"label": checks.string(), "url": checks.url(), "size": checks.integer()}
    check = checks.object_of(fields, required=("label",), defaults={"size": 1})
    assert run(check, {"label": "a"}) == ({"label": "a", "url": None, "size": 1}, [])
    assert run(check, {"label": None, "other": 1, "url": "x"})[1] == [
        ("/x/other", "unknown"),
        ("/x/label", "required"),
        ("/x/url", "format"),
    ]
    assert code(check, []) == "type"


def test_objects_nest() -> None:
    inner = checks.object_of({"a": checks.integer()}, required=("a",))
    check = checks.list_of(checks.object_of({"inner": checks.map_of(inner)}))
    assert run(check, [{"inner": {"k": {}}}])[1] == [("/x/0/inner/k/a", "required")]


@pytest.mark.parametrize("value", [{"a": [1, None, True, "x"]}, [], "x", 5, False, Decimal("2.5")])
def test_free_json_is_taken_as_it_is(value: object) -> None:
    assert run(checks.json_value(), value) == (value, [])


def test_free_json_is_bounded_in_bytes_and_depth() -> None:
    check = checks.json_value(max_bytes=10, max_depth=2)
    assert code(check, "x" * 8) is None
    assert code(check, "é" * 5) == "max_bytes"
    assert code(check, [[1]]) is None
    assert run(check, [{"a/b": [1]}])[1] == [("/x/0/a~1b", "max_depth")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2**53, "maximum"),
        (-(2**53), "minimum"),
        (Decimal("1e17"), "maximum"),
        (Decimal("1e400"), "maximum"),
        (Decimal("0.12345678901234567890"), "precision"),
    ],
)
def test_free_json_holds_no_number_that_readers_would_change(value: object, code: str) -> None:
    assert run(checks.json_value(), {"n": [value]})[1] == [("/x/n/0", code)]


def test_errors_below_a_long_name_are_as_few_as_an_answer_holds() -> None:
    value = {"n" * 50_000: [Decimal("1e400")] * 10_000}
    tracemalloc.start()
    _, errors = run(checks.json_value(), value)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 1 <= len(errors) <= 2
    assert peak < 10_000_000


def test_free_json_without_errors_puts_no_pointer_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested_checks, "pointer_to", None)
    value = {"n" * 300: [0, {"m": "x"}]}
    assert run(checks.json_value(), value) == (value, [])
