"""Names that are keywords, look like digits or are as long as may be: all outputs are sound."""

from __future__ import annotations

from pathlib import Path

from nexus_gen import pipeline
from tests.cli.conftest import run

LONG = "a23456789012345678901234567890123456789x"
LONG_ENTITY = f"{LONG[:-1].capitalize()}Z"
WORDS = """
    public default class import from type lambda return function delete constructor global async
    await new this var let enum void static yield interface package count each self local
    variable output resource provider
"""
SPEC = f"""
vertical: l
entities:
  I:
    plural: Is
    fields:
      l: {{type: string, required: true}}
      o: {{type: ref, to: O, on_delete: detach}}
      i: {{type: object, fields: {{l: {{type: integer}}, class: {{type: date}}}}}}
      {LONG}: {{type: ref, to: {LONG_ENTITY}, on_delete: restrict}}
    unique: [l]
    indexes:
      l: {{match: [l]}}
      o: {{match: [o]}}
      mine: {{match: [created_by]}}
      class: {{match: [{LONG}], sort: l}}
    access: {{read: [member, owner], create: [member], update: [owner], delete: [owner]}}
  O:
    plural: Os
    fields:
      i: {{type: string}}
      with: {{type: object, fields: {{pass: {{type: object, fields: {{raise: {{type: text}}}}}}}}}}
      in: {{type: decimal}}
      is: {{type: ref, to: I, on_delete: restrict}}
{chr(10).join(f"      {word}: {{type: string}}" for word in WORDS.split())}
    unique: [class, default]
    indexes: {{public: {{match: [import], sort: in}}, is: {{match: [is]}}, type: {{sort: from}}}}
    access: {{read: [member], create: [member], update: [member], delete: [member]}}
    delete: {{soft: true, retain: 30d}}
  {LONG_ENTITY}:
    fields:
      {LONG}: {{type: string, required: true, pattern: "^[a-z]+$", max_length: 100}}
      b{LONG[1:]}: {{type: object, fields: {{{LONG}: {{type: list, of: {{type: integer}}}}}}}}
    unique: [{LONG}]
    indexes: {{{LONG}: {{match: [{LONG}]}}}}
    access: {{read: [member], create: [member], update: [member], delete: [member]}}
  B{LONG_ENTITY[1:]}:
    parent: {LONG_ENTITY}
    fields: {{{LONG}: {{type: string, required: true}}}}
    indexes: {{{LONG}: {{match: [{LONG}], sort: updated_at}}}}
    access: {{inherit: {LONG_ENTITY}}}
"""


def test_outputs_of_hazardous_names_are_sound(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path).code == 0
    (tmp_path / "spec/verticals/notes.yaml").unlink()
    (tmp_path / "spec/verticals/l.yaml").write_text(SPEC)
    pipeline.build(tmp_path)
    tools = ("ruff", "mypy", "openapi", "typescript")
    done = run("check", *(f"--only={tool}" for tool in tools), cwd=tmp_path)
    assert done.code == 0, done.out
