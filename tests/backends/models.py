"""Models from YAML, as the compiler makes them, for tests of backends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nexus_gen.analysis.lower import lower
from nexus_gen.frontend.document import Document, DocumentKind, SourceMap
from nexus_gen.frontend.yaml_reader import read
from nexus_gen.model import Model

PRODUCT = """
nexus: 1
product: shop
project: acme
region: eu-west-1
tenancy:
  claim: custom:organization_id
  roles:
    admin: Runs an organization
    member: Everybody else
environments:
  dev:
    cors_origins: [http://localhost:5173]
integration:
  mode: extended
"""


def model_of(*verticals: str) -> Model:
    """The model of a small product with these verticals, each the text of its file."""
    documents = [_document("spec/nexus.yaml", PRODUCT, DocumentKind.NEXUS)]
    for number, text in enumerate(verticals):
        file = f"spec/verticals/v{number}.yaml"
        documents.append(_document(file, text, DocumentKind.VERTICAL))
    return lower(documents)


def model_of_data(*verticals: Mapping[str, Any]) -> Model:
    """As `model_of`, from what the files would hold; for text that is no matter of YAML."""
    documents = [_document("spec/nexus.yaml", PRODUCT, DocumentKind.NEXUS)]
    for number, data in enumerate(verticals):
        file = f"spec/verticals/v{number}.yaml"
        document = Document(DocumentKind.VERTICAL, file, dict(data), SourceMap(file), ())
        documents.append(document)
    return lower(documents)


def model_of_file(path: Path) -> Model:
    """The model of a small product with the vertical that a file holds."""
    return model_of(path.read_text(encoding="utf-8"))


def _document(file: str, text: str, kind: DocumentKind) -> Document:
    lines = tuple(text.splitlines())
    reading = read(file, text, lines)
    assert not reading.problems, reading.problems
    return Document(kind, file, reading.data, reading.source, lines)
