"""From checked documents to the resolved model, and everything that a spec may not mean."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.analysis.lower import lower, lower_subject
from nexus_gen.analysis.rules import RULES
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Severity, Span, SpecError
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.loading import collector_paused
from nexus_gen.model import Model

__all__ = ["analyse", "analyse_subject", "lower"]


def analyse(documents: Iterable[Document]) -> tuple[Model, tuple[Diagnostic, ...]]:
    """The model of a project whose documents follow their schemas, and warnings in file order.

    Raises SpecError with every problem that any rule finds, warnings included.
    """
    subject, warnings = analyse_subject(documents)
    return subject.model, warnings


def analyse_subject(documents: Iterable[Document]) -> tuple[Subject, tuple[Diagnostic, ...]]:
    """As `analyse`, with the declarations that the model was made from."""
    with collector_paused():
        subject = lower_subject(documents)
        found = sorted((problem for rule in RULES for problem in rule(subject)), key=_position)
    if any(problem.severity is Severity.ERROR for problem in found):
        raise SpecError(found)
    return subject, tuple(found)


def _position(problem: Diagnostic) -> tuple[Span, str, str]:
    return problem.span or Span("", 0, 0, 0), problem.code, problem.message
