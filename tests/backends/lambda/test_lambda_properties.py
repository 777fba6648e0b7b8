"""What holds for the handlers of any spec."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from nexus_gen.model import Model
from tests.backends.models import model_of_data
from tests.backends.python_tools import ruff_complaints
from tests.backends.random_specs import HOSTILE, verticals
from tests.sizes import examples

Render = Callable[[Model], dict[str, bytes]]

_BATCH = st.lists(verticals(), min_size=4, max_size=10)
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@examples(
    ci=15,
    soak=150,
    suppress_health_check=_SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(_BATCH)
def test_any_spec_becomes_python_that_ruff_leaves_alone(
    rendered: Render, specs: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, spec in enumerate(specs):
            for path, content in rendered(model_of_data(spec)).items():
                file = folder / f"spec{number}" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                compile(content, path, "exec")
        complaints = ruff_complaints(folder)
    assert not complaints, complaints


@examples(ci=200, soak=2_000)
@given(text=HOSTILE, key=HOSTILE)
def test_text_of_a_spec_is_a_value_in_python_and_nothing_else(
    rendered: Render, text: str, key: str
) -> None:
    field = {"type": "json", "default": {key: [text]}}
    fields = {
        "text": {"type": "text", "default": text, "description": text, "pattern": text},
        "kind": {"type": "enum", "values": [text, "other"]},
        "json": field,
    }
    note = {"description": text, "fields": fields, "access": {"read": ["member"]}}
    spec = {"vertical": "notes", "description": text, "entities": {"Note": note}}
    module = ast.parse(rendered(model_of_data(spec))["notes-api/notes_api/note.py"])
    checks = _assigned(module, "CHECKS")
    assert isinstance(checks, ast.Dict)
    of_text, of_kind, _ = (call for call in checks.values if isinstance(call, ast.Call))
    assert _keyword(of_text, "pattern") == text
    assert [ast.literal_eval(argument) for argument in of_kind.args] == [text, "other"]
    collection = _assigned(module, "notes")
    assert isinstance(collection, ast.Call)
    assert _keyword(collection, "defaults") == {"text": text, "json": {key: [text]}}


@examples(ci=200, soak=2_000)
@given(text=HOSTILE)
def test_a_description_stays_in_its_docstring(rendered: Render, text: str) -> None:
    fields = {"text": {"type": "text"}}
    note = {"description": text, "fields": fields, "access": {"read": ["member"]}}
    spec = {"vertical": "notes", "entities": {"Note": note}}
    plain = {"vertical": "notes", "entities": {"Note": {**note, "description": ""}}}
    path = "notes-api/notes_api/note.py"
    module, expected = (ast.parse(rendered(model_of_data(one))[path]) for one in (spec, plain))
    assert [ast.dump(node) for node in module.body[1:]] == [
        ast.dump(node) for node in expected.body[1:]
    ]
    docstring = ast.get_docstring(module, clean=False) or ""
    words = " ".join(text.split())
    assert " ".join(docstring.split()).lower().endswith(words.lower() or "notes.")


def _assigned(module: ast.Module, name: str) -> ast.expr:
    for target, value in _assignments(module):
        if isinstance(target, ast.Name) and target.id == name:
            return value
    raise AssertionError(name)


def _assignments(module: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in module.body:
        if isinstance(node, ast.Assign):
            yield node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.target, node.value


def _keyword(call: ast.Call, name: str) -> Any:
    return next(ast.literal_eval(word.value) for word in call.keywords if word.arg == name)
