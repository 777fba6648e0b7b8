"""Text through Python's own parser, and as `ruff format` would have written it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_gen.render import Code, LiteralError, comment, docstring, python
from tests.render.hostile import hostile_texts, surrogate_texts

ALL = (*hostile_texts(), *surrogate_texts())
pytestmark = pytest.mark.sampled
RUFF = Path(sys.executable).with_name("ruff")


def test_text_comes_back() -> None:
    for text in ALL:
        assert ast.literal_eval(python(text)) == text


def test_literal_is_one_printable_line() -> None:
    for text in ALL:
        python(text).encode()
        assert python(text).isprintable() or not text.isprintable()
        assert len(python(text).splitlines()) == 1


def test_data_comes_back() -> None:
    for text in ALL[::10]:
        data = {text: [text, (text,), (), [], {}, None, True, 1, -2, 0.1, 1e300], "k": {"x": text}}
        assert ast.literal_eval(python(data)) == data


def test_docstring_stays_inside_and_says_the_same() -> None:
    for text in ALL:
        module = ast.parse(f'def f():\n    """{docstring(text)}"""\n    return 1\n')
        function = module.body[0]
        assert isinstance(function, ast.FunctionDef)
        assert len(function.body) == 2
        assert ast.get_docstring(function, clean=False) == " ".join(text.split())


def test_comment_stays_on_its_line() -> None:
    source = "".join(f"# {comment(text)}\nx = {n}\n" for n, text in enumerate(ALL))
    assert [ast.unparse(node) for node in ast.parse(source).body] == [
        f"x = {n}" for n in range(len(ALL))
    ]


@pytest.mark.parametrize(
    "directive",
    [
        "noqa",
        "x # noqa: F401",
        "type: ignore",
        "type:ignore[x]",
        "ruff: noqa",
        "fmt: off",
        "fmt:skip",
        "mypy: disable-error-code",
        "mypy: ignore-errors",
        "pragma: no cover",
        "pylint: disable=all",
        "isort:skip_file",
        "nosec",
        "checkov:skip=CKV_AWS_1:because",
        "bridgecrew:skip=CKV_AWS_1",
        "tfsec:ignore:aws",
        "tflint-ignore: all",
        "eslint-disable",
        "@ts-ignore",
        "@ts-expect-error",
        "@ts-nocheck",
    ],
)
def test_comment_gives_no_order_to_a_linter(directive: str) -> None:
    line = f"# {comment(f'{directive} x')}"
    assert not re.search(r"#\s*(noqa|nosec|type:|fmt:|ruff:|mypy:|pylint:|pragma:|isort:)", line)
    assert directive not in line or directive in {"noqa", "nosec"}
    assert comment(directive).replace("`", "") == directive


def test_prose_in_a_comment_is_left_alone() -> None:
    for prose in ("A course that the organization offers.", "Price: in euros (12:30).", "a type"):
        assert comment(prose) == prose


def test_ruff_would_not_write_it_otherwise(tmp_path: Path) -> None:
    lines = [f"x = {python(text)}" for text in ALL]
    lines += [f'def f{n}():\n    """{docstring(text)}"""\n\n' for n, text in enumerate(ALL)]
    short = [
        line for line in lines if len(line) < 90 and line.isascii() and docstrings_ruff_keeps(line)
    ]
    assert len(short) > 1_000
    source = tmp_path / "literals.py"
    source.write_text("\n".join(sorted(short, reverse=True)) + "\n")
    command = [str(RUFF), "format", "--isolated", "--line-length=100", "--diff", str(source)]
    diff = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    changed = [line for line in diff.splitlines() if line[:1] in "+-" and line.strip("+-\n ")]
    assert not [line for line in changed if "x = " in line]
    assert not [line for line in changed if '"""' in line and '""""""' not in line]


def docstrings_ruff_keeps(line: str) -> bool:
    """Whether it is code, or a docstring that is not empty."""
    return '"""' not in line or '""""""' not in line


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: 2}, {1}, object(), b"x", 1j])
def test_what_has_no_literal_is_refused(value: object) -> None:
    with pytest.raises(LiteralError):
        python(value)


def test_code_stands_for_itself() -> None:
    assert python([Code("COURSE"), "x"]) == '[COURSE, "x"]'
