"""Documents from text, without a disk."""

from __future__ import annotations

from pathlib import Path

from nexus_gen.diagnostics import Diagnostic, SpecError
from nexus_gen.frontend import Document, DocumentKind, validate
from nexus_gen.frontend.files import SpecFile, Text, decode
from nexus_gen.frontend.loading import parse

VERTICAL = "spec/verticals/education.yaml"

_KINDS = {"spec/nexus.yaml": DocumentKind.NEXUS}


def read(content: str | bytes, name: str = VERTICAL) -> Document | list[Diagnostic]:
    """The document in a file's content, or what reading it reports."""
    raw = content.encode() if isinstance(content, str) else content
    text = decode(name, raw)
    if not isinstance(text, Text):
        return [text]
    return parse(SpecFile(_KINDS.get(name, DocumentKind.VERTICAL), name, Path(name)), text)


def document(content: str, name: str = VERTICAL) -> Document:
    """The document in a file's content, which must be readable."""
    found = read(content, name)
    assert isinstance(found, Document), found
    return found


def problems(content: str | bytes, name: str = VERTICAL) -> list[Diagnostic]:
    """What reading and then checking the shape report."""
    found = read(content, name)
    if not isinstance(found, Document):
        return found
    try:
        validate([found])
    except SpecError as error:
        return list(error.diagnostics)
    return []


def codes(content: str | bytes, name: str = VERTICAL) -> list[str]:
    """The codes of `problems`, in their order."""
    return [problem.code for problem in problems(content, name)]
