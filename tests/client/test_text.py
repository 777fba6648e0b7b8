"""Text of a spec comes out of the client's modules as it went in, and never as code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nexus_gen.backends.client.backend import ClientBackend
from nexus_gen.backends.client.metadata import metadata
from tests.backends.models import model_of_data
from tests.backends.random_specs import HOSTILE, verticals
from tests.client.workspace import empty

READ = """
import { existsSync, readdirSync } from "node:fs";
const found = {};
for (const name of readdirSync("out")) {
  const { model } = await import(`./out/${name}/model.js`);
  const note = existsSync(`out/${name}/note.js`) ? await import(`./out/${name}/note.js`) : {};
  found[name] = { model, exports: Object.keys(note), defaults: note.notes?.defaults };
}
console.log(JSON.stringify(found));
"""

CORE = "export const useEntity = 0, useEntityList = 0;\n"


def run_modules(folder: Path, specs: list[dict[str, Any]]) -> dict[str, Any]:
    """What the modules of each spec's client export, by its number, and its metadata."""
    workspace = empty(folder)
    sources = []
    for number, spec in enumerate(specs):
        for artifact in ClientBackend().generate(model_of_data(spec)):
            name = artifact.path.rpartition("/")[2]
            if name in ("model.ts", "note.ts"):
                workspace.lay({f"in/{number}/{name}": artifact.content})
                sources.append(f"in/{number}/{name}")
    workspace.passes("esbuild", *sources, "--outdir=out", "--outbase=in", "--format=esm")
    workspace.lay({"read.mjs": READ, "core/index.js": CORE})
    found: dict[str, Any] = json.loads(workspace.node("read.mjs"), parse_int=float)
    return found


def as_json(value: object) -> Any:
    """As JavaScript reads it, whose numbers are doubles."""
    return json.loads(json.dumps(value), parse_int=float)


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(specs=st.lists(verticals(), min_size=20, max_size=40))
def test_the_model_of_any_spec_is_its_metadata(
    tmp_path_factory: Any, specs: list[dict[str, Any]]
) -> None:
    found = run_modules(tmp_path_factory.mktemp("text") / "all", specs)
    assert len(found) == len(specs)
    for number, spec in enumerate(specs):
        assert found[str(number)]["model"] == as_json(metadata(model_of_data(spec)))


def note(text: str) -> dict[str, Any]:
    """A spec that says the text wherever it can."""
    fields = {
        "kind": {"type": "enum", "values": [text, "other"], "description": text},
        "body": {"type": "text", "default": text, "description": text},
        "more": {"type": "json", "default": {text: [text]}},
    }
    entity = {"description": text, "fields": fields, "access": {"read": ["member"]}}
    return {"vertical": "notes", "description": text, "entities": {"Note": entity}}


@settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(texts=st.lists(HOSTILE, min_size=300, max_size=500, unique=True))
def test_hostile_text_is_text_in_defaults_and_leaves_no_comment(
    tmp_path_factory: Any, texts: list[str]
) -> None:
    texts += [
        "__proto__",
        "constructor",
        "*/ export const leaked = 1; /*",
        "`${process.exit(1)}`",
        "// \n alert(1)",
        "\\",
    ]
    found = run_modules(tmp_path_factory.mktemp("text") / "all", [note(text) for text in texts])
    for number, text in enumerate(texts):
        assert found[str(number)]["defaults"] == {"body": text, "more": {text: [text]}}
        assert found[str(number)]["exports"] == ["notes", "useNote", "useNotes"]
