"""Specs from text, checked against their schemas, and refusals with the spot they must point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nexus_gen.analysis import analyse
from nexus_gen.diagnostics import Diagnostic, Span, SpecError
from nexus_gen.frontend import Document, DocumentKind, validate
from nexus_gen.frontend.files import SpecFile, Text, decode
from nexus_gen.frontend.loading import parse
from nexus_gen.model import Model

NEXUS = "spec/nexus.yaml"
EDUCATION = "spec/verticals/education.yaml"

PRODUCT = """\
nexus: 1
product: demo
project: acme
region: us-east-1
tenancy:
  claim: custom:organization_id
  roles: {admin: Runs an organization, member: Everybody else}
environments:
  dev: {cors_origins: [https://dev.example.com]}
integration: {mode: extended, reserved_paths: [files]}
"""

COURSE = """\
vertical: education
entities:
  Course:
    fields: {title: {type: string}}
    access: {read: [member]}
"""

_OPEN, _CLOSE = "«", "»"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A spec that one rule refuses.

    Attributes:
        files: path -> text; the culprit stands between `«` and `»`. A product and a vertical of
            the defaults above are added where none is given.
        help: the help of the diagnostic.
    """

    code: str
    files: Mapping[str, str]
    help: str

    def __str__(self) -> str:
        return f"{self.code}: {self.help}"


def document(file: str, text: str) -> Document:
    """One file of a spec, which must be readable; its kind follows from its path."""
    decoded = decode(file, text.encode())
    assert isinstance(decoded, Text), decoded
    found = parse(SpecFile(_kind(file), file, Path(file)), decoded)
    assert isinstance(found, Document), found
    return found


def documents(files: Mapping[str, str]) -> list[Document]:
    """A whole spec that follows its schemas, defaults added."""
    complete = {NEXUS: PRODUCT, **files}
    if not any(file.startswith("spec/verticals/") for file in files):
        complete[EDUCATION] = COURSE
    found = [document(file, unmarked(text)) for file, text in complete.items()]
    validate(found)
    return found


def compiled(files: Mapping[str, str]) -> Model:
    """The model of a spec that nothing is wrong with."""
    model, warnings = analyse(documents(files))
    assert not warnings, warnings
    return model


def problems(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Everything that the rules say of a spec."""
    try:
        return analyse(documents(files))[1]
    except SpecError as error:
        return error.diagnostics


def codes(files: Mapping[str, str]) -> list[str]:
    """The codes of all that the rules say of a spec, in the order of the files."""
    return [problem.code for problem in problems(files)]


def vertical(entities: str, name: str = "education") -> dict[str, str]:
    """A vertical's file, from the text under `entities`."""
    return {f"spec/verticals/{name}.yaml": f"vertical: {name}\nentities:\n{entities}"}


def course(fields: str, more: str = "") -> dict[str, str]:
    """An entity `Course` that members may read, with these fields and other lines."""
    return vertical(f"  Course:\n    fields: {{{fields}}}\n{more}    access: {{read: [member]}}\n")


def product(old: str, new: str) -> dict[str, str]:
    """The default product with a part replaced."""
    assert old in PRODUCT, old
    return {NEXUS: PRODUCT.replace(old, new)}


def unmarked(text: str) -> str:
    """The text without the marks around a culprit."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def marked_span(files: Mapping[str, str]) -> Span:
    """Where the marked culprit stands; exactly one is marked."""
    spans = [
        Span(file, number, line.index(_OPEN) + 1, line.index(_CLOSE))
        for file, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if _OPEN in line
    ]
    assert len(spans) == 1, spans
    return spans[0]


def _kind(file: str) -> DocumentKind:
    is_vertical = file.startswith("spec/verticals/")
    return DocumentKind.VERTICAL if is_vertical else DocumentKind.NEXUS
