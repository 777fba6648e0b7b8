"""Documents against their JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from nexus_gen.diagnostics import Diagnostic, Span, SpecError
from nexus_gen.frontend import schemas
from nexus_gen.frontend.document import Document, DocumentKind
from nexus_gen.frontend.schema_failure import Failure, descend
from nexus_gen.frontend.schema_problems import explain

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

MAX_PROBLEMS = 1000
"""Problems of one file that are looked at: nobody reads more of them."""


def validate(documents: Iterable[Document]) -> None:
    """Check the shape of every document.

    Raises SpecError with all problems of all documents, in the order of files and lines.
    """
    problems: list[Diagnostic] = []
    for document in documents:
        found = (p for failure in failures(document) for p in explain(failure, document))
        problems.extend(_in_order(islice(found, MAX_PROBLEMS)))
    if problems:
        raise SpecError(problems)


def failures(document: Document) -> Iterator[Failure]:
    """What its schema says against a document, one keyword at a time."""
    validator = _validator(document.kind)
    if validator.is_valid(document.data):
        return
    whole = schemas.schema(document.kind)
    for error in validator.iter_errors(document.data):
        yield _failure(error, whole)


@cache
def _validator(kind: DocumentKind) -> Draft202012Validator:
    """Compiled once; the import waits until there is something to validate."""
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(schemas.schema(kind))


def _failure(error: ValidationError, whole: schemas.Schema) -> Failure:
    path = tuple(error.instance_path)
    name = _key_at_fault(error)
    location = tuple(error.schema_path)
    keyword = error.kind.name if error.kind.name == "falseSchema" else str(location[-1])
    return Failure(
        keyword=keyword,
        path=path,
        instance=name if error.kind.name == "propertyNames" else error.instance,
        name=name,
        schema={} if keyword == "falseSchema" else descend(whole, location[:-1]),
        location=location,
        whole=whole,
    )


def _key_at_fault(error: ValidationError) -> str | None:
    match error.kind.name:
        case "propertyNames":
            return str(error.kind.value.instance)
        case "required":
            return str(error.kind.value)
        case _:
            return None


def _in_order(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(problems, key=lambda problem: problem.span or Span("", 1, 1, 1))
