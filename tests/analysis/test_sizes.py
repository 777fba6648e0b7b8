"""Sizes of keys are what the runtime's keys take at worst, to the byte."""

from __future__ import annotations

import pytest

from nexus_gen.analysis import sizes
from nexus_gen.model import Field
from nexus_runtime.keys import escape

from .documents import compiled, course


def field(declaration: str) -> Field:
    """A field as the compiler holds it."""
    model = compiled(course(f"a: {declaration}"))
    return model.verticals[0].entities[0].fields[0]


@pytest.mark.parametrize("value", ["#", "a#b", "  ", "$$$", "!x", '"', "é #", "日本", "%&a"])
def test_a_value_of_an_enum_takes_what_its_escape_takes(value: str) -> None:
    quoted = value.replace("'", "''")
    found = sizes.key_bytes(field(f"{{type: enum, values: ['{quoted}']}}"))
    assert found == len(escape(value).encode())


def test_an_email_takes_what_its_worst_local_part_takes() -> None:
    local, domain = "#" * 64, "@" + "a" * 189
    assert sizes.key_bytes(field("{type: email}")) == len(escape(local + domain).encode())


def test_the_record_of_an_idempotency_key_takes_what_the_worst_key_takes() -> None:
    assert max(len(escape(chr(code))) for code in range(128)) == sizes._ESCAPED


def test_a_string_without_max_length_can_be_every_sort_key() -> None:
    spec = course("a: {type: string}", "    indexes: {by_a: {sort: a}}\n")
    for index in compiled(spec).verticals[0].entities[0].indexes:
        assert sizes.sort_key_bytes(index) <= sizes.MAX_SORT_KEY


def test_a_text_of_the_largest_max_length_can_be_stored_in_ordinary_text() -> None:
    (entity,) = compiled(course("a: {type: text, max_length: 100000}")).verticals[0].entities
    assert sizes.item_bytes(entity, sizes.ORDINARY) < 110_000
    assert sizes.item_bytes(entity, sizes.WIDEST) > 400_000
