"""The language as JSON Schemas, from which the shipped `schemas/*.schema.json` are written.

The build never imports this: it reads the files. `pytest tests/frontend --update-golden` rewrites
them, and without the option the same test holds that they are in step.
"""

from __future__ import annotations

import json

from nexus_gen.frontend.document import DocumentKind
from nexus_gen.frontend.grammar.entities import vertical
from nexus_gen.frontend.grammar.parts import Schema
from nexus_gen.frontend.grammar.product import nexus

__all__ = ["SCHEMAS", "as_file"]

SCHEMAS: dict[DocumentKind, Schema] = {
    DocumentKind.NEXUS: nexus(),
    DocumentKind.VERTICAL: vertical(),
}


def as_file(schema: Schema) -> str:
    """A schema as it is shipped."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
