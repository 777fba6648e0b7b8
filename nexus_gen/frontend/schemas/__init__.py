"""The JSON Schemas as shipped: what editors read is what the build validates with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from nexus_gen.frontend.document import DocumentKind

Schema = dict[str, Any]


def path_of(kind: DocumentKind) -> Path:
    """The schema file of a kind of document."""
    return Path(__file__).parent / f"{kind.value}.schema.json"


@cache
def schema(kind: DocumentKind) -> Schema:
    """The schema of a kind of document. Callers do not change it."""
    loaded: Schema = json.loads(path_of(kind).read_text(encoding="utf-8"))
    return loaded
