"""Text through PyYAML, a CommonMark parser, and JSON's."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml as pyyaml
from markdown_it import MarkdownIt

from nexus_gen.render import LiteralError, markdown, typescript, yaml
from nexus_gen.render.text import HIDDEN
from tests.render.hostile import hostile_texts, surrogate_texts

TEXTS = hostile_texts()
pytestmark = pytest.mark.sampled
LOADERS = [pyyaml.SafeLoader, *([pyyaml.CSafeLoader] if hasattr(pyyaml, "CSafeLoader") else [])]


@pytest.mark.parametrize("loader", LOADERS)
def test_yaml_gives_the_text_back(loader: type) -> None:
    source = "".join(f"- {yaml(text)}\n" for text in TEXTS)
    assert pyyaml.load(source, loader) == list(TEXTS)


@pytest.mark.parametrize("loader", LOADERS)
def test_yaml_gives_data_back(loader: type) -> None:
    data = [
        {text[:40]: [text, None, True, -1, 0.5, 1e30, 1e-7, 12345678901234567890, {}, []]}
        for text in TEXTS[::20]
    ]
    assert pyyaml.load(str(yaml(data)), loader) == data


def test_yaml_is_one_line() -> None:
    assert all(len(yaml(text).splitlines()) == 1 for text in TEXTS)


def visible(source: str) -> list[str]:
    """What a reader of each block of the rendered Markdown sees."""
    blocks: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "inline":
            blocks.append("".join(child.content for child in token.children or []))
        elif token.type in {"fence", "code_block", "html_block", "hr"}:
            blocks.append(f"<{token.type}>")
    return blocks


def shown(text: str) -> str:
    """What is left of a text on one line of prose, hidden characters aside."""
    return HIDDEN.sub("", " ".join(text.split())).strip()


def test_markdown_shows_the_text_as_a_paragraph() -> None:
    for text in TEXTS:
        if not shown(text):
            continue
        found = visible(f"{markdown(text)}\n")
        assert len(found) == 1, text
        assert shown(found[0]) == shown(text), text


def test_markdown_has_no_element_but_the_paragraph() -> None:
    for text in TEXTS:
        tokens = MarkdownIt("commonmark").enable("table").parse(f"{markdown(text)}\n")
        kinds = {token.type for token in tokens} - {"paragraph_open", "inline", "paragraph_close"}
        inline = {child.type for token in tokens for child in token.children or []}
        assert not kinds, text
        assert inline <= {"text", "text_special"}, text


def test_markdown_stays_in_its_cell_of_a_table() -> None:
    for text in TEXTS:
        found = visible(f"| a | b |\n|---|---|\n| {markdown(text)} | last |\n")
        assert len(found) == 4, text
        assert found[-1] == "last", text


def test_typescript_gives_the_text_back() -> None:
    for text in (*TEXTS, *surrogate_texts()):
        assert json.loads(typescript(text)) == text
        assert len(typescript(text).splitlines()) == 1


def test_typescript_keys_are_bare_where_they_can_be() -> None:
    assert typescript({"a": 1, "a-b": [True, None], "2": "x"}) == (
        '{ a: 1, "a-b": [true, null], "2": "x" }'
    )
    assert typescript({"__proto__": 1}) == '{ ["__proto__"]: 1 }', "not the prototype"


@pytest.mark.parametrize("literal", [yaml])
def test_text_that_utf8_cannot_carry_is_refused(literal: Any) -> None:
    for text in surrogate_texts():
        with pytest.raises(LiteralError):
            literal(text)


def test_prose_stays_readable_in_markdown() -> None:
    prose = "A course (12 lessons), from draft to certificate: it's 100% yours!"
    assert markdown(prose) == prose
