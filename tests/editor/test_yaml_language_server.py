"""An editor completes, explains and checks our specs with the schemas as they are shipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_gen.model import FIELD_TYPES
from tests.conftest import absent_tool

from .client import LanguageServer

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"
VERTICAL = ROOT / "spec/verticals/education.yaml"
NEXUS = ROOT / "spec/nexus.yaml"
HOW_TO_GET_IT = "install Node.js 20 or newer and run `npm ci --ignore-scripts` in tests/editor"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        absent_tool("yaml-language-server", HOW_TO_GET_IT)
    assert node is not None
    with LanguageServer([node, str(SERVER), "--stdio"], ROOT) as running:
        yield running


def _edited(path: Path, before: str, insert: str) -> tuple[str, int, int]:
    """A file of ours with lines inserted before a line; the place of the `|` in them, 0-based."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert before in text
    edited = text.replace(before, insert + before, 1)
    offset = edited.index("|")
    return (
        edited.replace("|", "", 1),
        edited.count("\n", 0, offset),
        offset - edited.rindex("\n", 0, offset) - 1,
    )


def _completions(server: LanguageServer, path: Path, before: str, insert: str) -> set[str]:
    text, line, character = _edited(path, before, insert)
    uri = server.open(path, text)
    answer = server.at("textDocument/completion", uri, line, character)
    return {item["label"] for item in answer["items"]}


LESSON = "\n  Lesson:\n"
FIELD = "      title: {type: string"


def test_keys_of_a_field_are_those_of_its_type(server: LanguageServer) -> None:
    new_field = "      subtitle:\n        type: string\n        |\n"
    offered = _completions(server, VERTICAL, FIELD, new_field)
    assert {"max_length", "min_length", "pattern", "required", "immutable", "default"} <= offered
    assert not {"scale", "values", "to", "max_items"} & offered


def test_keys_of_a_field_follow_its_type(server: LanguageServer) -> None:
    new_field = "      fee:\n        type: decimal\n        |\n"
    offered = _completions(server, VERTICAL, FIELD, new_field)
    assert {"scale", "minimum", "maximum", "required"} <= offered
    assert not {"max_length", "pattern", "values"} & offered


def test_keys_are_offered_inside_braces(server: LanguageServer) -> None:
    new_field = "      subtitle: {type: string, m|}\n"
    assert "max_length" in _completions(server, VERTICAL, FIELD, new_field)


def test_every_field_type_is_offered(server: LanguageServer) -> None:
    new_field = "      subtitle:\n        type: |\n"
    assert set(FIELD_TYPES) <= _completions(server, VERTICAL, FIELD, new_field)


def test_keys_of_an_entity_are_offered(server: LanguageServer) -> None:
    new_entity = "\n  Topic:\n    |\n"
    offered = _completions(server, VERTICAL, LESSON, new_entity)
    assert {"description", "fields", "parent", "unique", "indexes", "access", "delete"} <= offered


def test_keys_of_an_environment_are_offered(server: LanguageServer) -> None:
    new_environment = "  test:\n    |\n"
    offered = _completions(server, NEXUS, "  staging:\n", new_environment)
    assert {"cors_origins", "lambda", "throttle", "deletion_protection"} <= offered


def test_hovering_a_key_explains_it(server: LanguageServer) -> None:
    text, line, _ = _edited(VERTICAL, FIELD, "      sub|title: {type: string}\n")
    uri = server.open(VERTICAL, text)
    key = text.splitlines()[line].index("type")
    answer = server.at("textDocument/hover", uri, line, key + 1)
    shown = answer["contents"]["value"].replace("\\", "")  # the server escapes Markdown
    assert FIELD_TYPES["string"].summary in shown


@pytest.mark.parametrize(
    ("field", "culprit"),
    [
        ("      subtitle: {type: string, requird: true}\n", "requird"),
        ("      subtitle: {type: strnig}\n", "strnig"),
        ("      subtitle: {type: integer, max_length: 3}\n", "max_length"),
        ("      subTitle: {type: string}\n", "subTitle"),
    ],
)
def test_a_mistake_is_underlined(server: LanguageServer, field: str, culprit: str) -> None:
    text, line, _ = _edited(VERTICAL, FIELD, field.replace("sub", "sub|", 1))
    found = server.diagnostics(server.open(VERTICAL, text))
    assert found
    column = text.splitlines()[line].index(culprit)
    assert {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in found} == {
        (line, column)
    }


@pytest.mark.parametrize("path", [VERTICAL, NEXUS], ids=lambda path: path.name)
def test_the_spec_itself_has_no_mistake(server: LanguageServer, path: Path) -> None:
    assert server.diagnostics(server.open(path, path.read_text(encoding="utf-8"))) == []
