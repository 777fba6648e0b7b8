"""YAML becomes plain data with positions, and what is not plain is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nexus_gen.diagnostics import Span
from nexus_gen.frontend.grammar import SCHEMAS
from nexus_gen.frontend.yaml_problems import NUMBERS_AND_FLAGS

from .reading import VERTICAL, codes, document, problems, read

POSITIONS = """\
vertical: education
entities:
  Course:
    fields:
      title: {type: string,
              required: true}
      "tägs": [a, 'b c']
    empty:
    again: &x {type: text}
    same: *x
    long: |
      one
      two
"""


def _span(line: int, column: int, end: int) -> Span:
    return Span(VERTICAL, line, column, end)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("vertical",), (1, 1, 9), (1, 11, 20)),
        (("entities", "Course"), (3, 3, 9), (4, 5, 12)),
        (("entities", "Course", "fields", "title"), (5, 7, 12), (5, 14, 28)),
        (("entities", "Course", "fields", "title", "required"), (6, 15, 23), (6, 25, 29)),
        (("entities", "Course", "fields", "tägs"), (7, 7, 13), (7, 15, 25)),
        (("entities", "Course", "fields", "tägs", 1), (7, 19, 24), (7, 19, 24)),
        (("entities", "Course", "empty"), (8, 5, 10), (8, 5, 10)),
        (("entities", "Course", "same"), (10, 5, 9), (10, 11, 13)),
        (("entities", "Course", "same", "type"), (9, 16, 20), (9, 22, 26)),
        (("entities", "Course", "long"), (11, 5, 9), (11, 11, 12)),
        (("entities", "Course", "fields", "title", "of", "x"), (5, 7, 12), (5, 14, 28)),
        ((), (1, 1, 20), (1, 1, 20)),
    ],
)
def test_a_path_leads_to_its_key_and_value(
    path: tuple[str | int, ...], key: tuple[int, int, int], value: tuple[int, int, int]
) -> None:
    source = document(POSITIONS).source
    assert source.key(*path) == _span(*key)
    assert source.value(*path) == _span(*value)


def test_data_is_plain() -> None:
    data = document("a: {b: [1, 1.5, true, null, x, 'no', \"1\"]}\nc: &q {d: 1}\ne: *q\n").data
    assert data == {
        "a": {"b": [1, 1.5, True, None, "x", "no", "1"]},
        "c": {"d": 1},
        "e": {"d": 1},
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_lines(end: str) -> None:
    found = document(end.join(["a: 1", "b: 2", ""]))
    assert found.source.key("b") == _span(2, 1, 2)
    assert found.lines == ("a: 1", "b: 2", "")


def test_a_byte_order_mark_is_no_character() -> None:
    assert document("\ufeffa: 1\n").source.key("a") == _span(1, 1, 2)


def test_nothing_below_a_duplicate_key_is_reported() -> None:
    assert codes("a: 1\na: {b: no, c: !x 1, d: {e: 1, e: 2}}\nf: no\n") == ["NX012", "NX013"]


def test_a_flood_of_problems_is_cut_off() -> None:
    assert len(codes("a: 1\n" * 5000)) == 1000


@pytest.mark.parametrize("entry", ["k{}: 1\n", "- {}\n"])
def test_the_entries_of_one_mapping_or_list_are_bounded(entry: str) -> None:
    def entries(count: int) -> str:
        return "x:\n" + "".join("  " + entry.format(number) for number in range(count))

    assert not isinstance(read(entries(5000)), list)
    assert [problem.code for problem in problems(entries(5001))] == ["NX022"]


def test_each_duplicate_is_reported_with_the_first() -> None:
    found = problems("a: 1\na: 2\na: 3\n")
    assert [p.code for p in found] == ["NX012", "NX012"]
    assert [label.span.line for problem in found for label in problem.labels] == [1, 1]


def test_what_comes_later_is_refused_as_a_whole() -> None:
    later = "{a: {on: 1, b: [no, 012]}, c: 1e3, c: 2}"
    assert codes(
        f"vertical: x\nentities: {{A: {{fields: {{a: {{type: text}}}}}}}}\noperations: {later}"
    ) == ["NX902"]
    assert codes(f"entities: {{A: {{fields: {{}}, on: 1, states: {later}}}}}") == ["NX013"]
    assert codes(f"entities: {{A: {{fields: {{states: {later}}}}}}}") == ["NX013"] * 3 + ["NX012"]


def test_what_nothing_can_be_read_after_is_told_also_inside_what_comes_later() -> None:
    deep = "[" * 70 + "]" * 70
    assert codes(f"operations: {deep}\n") == ["NX019"]
    assert codes(f"a: 1\na: {deep}\n") == ["NX012", "NX019"]


def test_a_bomb_of_271_bytes_is_refused_before_it_grows() -> None:
    links = "abcdefgh"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 8)}]\n" for before, name in pairwise(links)
    )
    assert len(bomb) <= 300
    assert codes(bomb) == ["NX018"]


def test_aliases_cannot_nest_past_the_bound() -> None:
    chain = "n0: &n0 []\n" + "".join(f"n{i}: &n{i} [*n{i - 1}]\n" for i in range(1, 90))
    assert codes(chain) == ["NX019"]


def test_an_anchor_that_contains_itself_is_refused() -> None:
    assert codes("a: &a [*a]\n") == ["NX017"]
    assert codes("a: &a 1\nb: &a [*a]\n") == ["NX017"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[[{? "])
def test_depth_is_bounded(opening: str) -> None:
    assert codes("x:\n  " + opening * 100_000)[-1] in ("NX019", "NX007", "NX014")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b: c\n", "NX007"),
        ("a: 'x\n", "NX007"),
        ("a: [1,\n", "NX007"),
        ("a: @x\n", "NX007"),
        ('a: "\\q"\n', "NX007"),
        ("a:\n  b: 1\n c: 2\n", "NX007"),
        ("a:\n\tb: 1\n", "NX008"),
        ("a: {\n\tb: 1}\n", "NX008"),
        ("a: 1\n\t\nb: 2\n", "NX008"),
        ("", "NX009"),
        ("# nothing\n", "NX009"),
        ("---\n", "NX009"),
        ("~\n", "NX009"),
        ("---\na: 1\n---\nb: 2\n", "NX010"),
        ("- a\n", "NX011"),
        ("text\n", "NX011"),
        ("1: a\n", "NX014"),
        ("true: a\n", "NX014"),
        ("? [a]\n: b\n", "NX014"),
        ("a: &a x\n*a : b\n", "NX014"),
        ("<<: {a: 1}\n", "NX015"),
        ("a: !!str x\n", "NX016"),
        ("a: !x {}\n", "NX016"),
        ("!x a: b\n", "NX016"),
        ("%YAML 1.1\n---\na: 1\n", "NX016"),
        ("%TAG !e! tag:example.com,2000:\n---\na: 1\n", "NX016"),
        ("a: *b\n", "NX017"),
        ("a: 1e400\nb: 1.0e+400\n", "NX013 NX020"),
        ("a: x\u2028y\n", "NX006"),
        ("a: x\x85y\n", "NX006"),
        ("a: x\x00\n", "NX006"),
        ("a: \ufeffx\n", "NX006"),
    ],
)
def test_what_is_not_plain_is_refused(text: str, code: str) -> None:
    assert codes(text) == code.split()


@pytest.mark.parametrize("text", ["a: 'x\n\ty'\n", "a: |\n  x\n  \ty\n", "a:\t1\n"])
def test_tabs_that_do_not_indent_are_fine(text: str) -> None:
    assert not isinstance(read(text), list)


@pytest.mark.parametrize(
    ("content", "place"),
    [(b"a: 1\nb: \xff\n", (2, 4, 5)), ("a: é\nb: ".encode() + b"\xc3(", (2, 4, 5))],
)
def test_a_byte_that_is_not_utf8_is_pointed_at(content: bytes, place: tuple[int, int, int]) -> None:
    (problem,) = problems(content)
    assert (problem.code, problem.span) == ("NX005", _span(*place))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_unicode_encoding_is_refused(encoding: str) -> None:
    assert codes("a: 1\n".encode(encoding))[0] in ("NX005", "NX006")


def test_all_problems_of_a_file_are_reported_in_order() -> None:
    found = problems("a: no\nb: !x 1\n1: c\nd: .inf\ne: 'x\n")
    assert [p.code for p in found] == ["NX013", "NX016", "NX014", "NX020", "NX007"]


def test_keys_of_numbers_and_flags_are_those_of_the_schemas() -> None:
    found: dict[str, set[str]] = {}

    def look(schema: object) -> None:
        if isinstance(schema, dict):
            named = schema.get("properties", {})
            for key, value in named.items() if isinstance(named, dict) else ():
                if isinstance(value, dict):
                    found.setdefault(key, set()).add(str(value.get("type")))
        for inner in schema.values() if isinstance(schema, dict) else schema:
            if isinstance(inner, dict | list):
                look(inner)

    look(list(SCHEMAS.values()))
    only = {key for key, types in found.items() if types <= {"integer", "number", "boolean"}}
    assert only == NUMBERS_AND_FLAGS


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ("off", "write a number, or `none`"),
        ("no", "write a number, or `none`"),
        ("010", "write `10`, or `8` if it is octal"),
    ],
)
def test_a_reservation_that_readers_disagree_about_is_a_number_or_its_word(
    written: str, help_: str
) -> None:
    (problem,) = problems(f"lambda: {{reserved_concurrency: {written}}}\n")
    assert (problem.code, problem.help) == ("NX013", help_)
