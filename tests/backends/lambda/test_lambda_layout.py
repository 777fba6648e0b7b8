"""Expressions are laid out as the formatter leaves them."""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from nexus_gen.backends.lambda_.docstrings import after_colon, docstring_of, with_article
from nexus_gen.backends.lambda_.layout import (
    LIMIT,
    Expression,
    Optional,
    String,
    Text,
    call,
    lay_out,
    literal,
    signature,
    subscript,
    tuple_of,
    width,
)
from nexus_gen.backends.lambda_.names import shortened, singular
from nexus_gen.model import Name
from tests.backends.python_tools import ruff_complaints
from tests.backends.random_specs import HOSTILE
from tests.sizes import examples

LONG = "word " * 30
GENERATE = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without shrinking: a run of ruff takes its time, and its message names the line."""

json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        HOSTILE,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(HOSTILE, inner, max_size=5)
    ),
    max_leaves=12,
)


@examples(ci=20, soak=300, phases=GENERATE)
@given(st.lists(json_values, min_size=10, max_size=60))
def test_literals_evaluate_to_their_values_and_are_formatted(values: list[Any]) -> None:
    lines = [f"value = {lay_out(literal(value), lead=len('value = '))}\n" for value in values]
    module = ast.parse("".join(lines))
    assigned = [node.value for node in module.body if isinstance(node, ast.Assign)]
    assert [ast.literal_eval(node) for node in assigned] == values
    complaints = formatted_complaints("".join(lines))
    assert not complaints, complaints


def formatted_complaints(code: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "module.py").write_bytes(f'"""A module."""\n\n{code}'.encode())
        return ruff_complaints(Path(folder))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (tuple_of([Text("a")]), "(a,)"),
        (tuple_of([]), "()"),
        (call("f", Text("a"), b=String("c")), 'f(a, b="c")'),
        (subscript("Literal", String("a"), String("b")), 'Literal["a", "b"]'),
        (Optional(subscript("list", Text("str"))), "list[str] | None"),
        (String(r"^\d+$", raw=True), r'r"^\d+$"'),
        (String('say "x"', raw=True), "'say \"x\"'"),
        (literal({"a": [1, None, 1e22]}), '{"a": [1, None, 1.0e22]}'),
        (String("\u0301\u200b\u65e5"), '"\\u0301\\u200b\u65e5"'),
    ],
)
def test_what_fits_stays_on_one_line(expression: Expression, expected: str) -> None:
    assert lay_out(expression) == expected


def test_arguments_go_on_one_indented_line_if_they_fit_there() -> None:
    expression = call("function", Text("a" * 40), Text("b" * 40))
    code = lay_out(expression, lead=20)
    assert code == f"function(\n    {'a' * 40}, {'b' * 40}\n)"


def test_arguments_that_fit_nowhere_take_a_line_each() -> None:
    expression = call("function", Text("a" * 50), Text("b" * 50))
    assert lay_out(expression) == f"function(\n    {'a' * 50},\n    {'b' * 50},\n)"


def test_a_trailing_comma_counts() -> None:
    exactly = String("x" * (LIMIT - 2))
    assert "\n" not in lay_out(exactly)
    assert "\n" in lay_out(exactly, trail=1)


def test_a_long_text_is_written_in_parts_between_words() -> None:
    lines = lay_out(String(LONG), lead=10).splitlines()
    assert lines[0] == "(" and lines[-1] == ")"
    assert all(line.endswith(' "') and len(line) <= LIMIT for line in lines[1:-1])


def test_a_path_is_never_written_in_parts() -> None:
    assert "\n" not in lay_out(String("/path" * 40, whole=True))


def test_a_subscript_of_one_element_gets_no_comma() -> None:
    inner = subscript("Literal", *(String(str(number) * 30) for number in range(4)))
    lines = lay_out(subscript("list", inner)).splitlines()
    assert lines[-2:] == ["    ]", "]"]


def test_a_last_element_without_comma_may_fill_the_line() -> None:
    inner = subscript("list", Text("x" * (LIMIT - len("    list[]"))))
    assert lay_out(subscript("list", inner)).splitlines()[1] == f"    {inner.flat}"


def test_parameters_that_do_not_fit_take_lines_with_a_comma() -> None:
    code = lay_out(signature("f" * 60, "p" * 30, Text("Type"), "Response"))
    assert code.splitlines()[1] == f"    {'p' * 30}: Type,"


def test_wide_characters_take_two_columns() -> None:
    assert width("a\u65e5\uff01") == 5


@examples(ci=200, soak=10_000)
@given(text=HOSTILE, indent=st.sampled_from([0, 4]))
def test_docstrings_keep_their_words_and_their_lines_short(text: str, indent: int) -> None:
    code = docstring_of(text, indent)
    assert ast.literal_eval(code).split() == text.split()
    for line in code.splitlines():
        assert len(line) <= LIMIT or " " not in line.strip()


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("attachments", "attachment"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("courses", "course"),
        ("categories", "category"),
        ("statuses", "status"),
        ("sizes", "size"),
        ("data", "data"),
        ("answer_choices", "answer_choice"),
        ("address", "address"),
    ],
)
def test_a_list_is_named_after_one_of_its_elements(plural: str, expected: str) -> None:
    assert singular(Name(plural)).snake == expected


def test_long_names_are_cut_between_words() -> None:
    assert shortened(Name("one_very_extraordinarily_long_name")).snake == (
        "one_very_extraordinarily_long"
    )
    assert len(shortened(Name("x" * 40)).snake) == 32


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("course", "a course"),
        ("enrollment", "an enrollment"),
        ("user", "a user"),
        ("unit", "a unit"),
    ],
)
def test_articles_follow_the_sound(noun: str, expected: str) -> None:
    assert with_article(noun) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A course of ours.", "a course of ours."), ("NASA's own.", "NASA's own.")],
)
def test_only_articles_lose_their_capital_after_a_colon(text: str, expected: str) -> None:
    assert after_colon(text) == expected
