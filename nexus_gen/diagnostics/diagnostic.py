"""A problem found in a spec, as a value that stages yield."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from nexus_gen.diagnostics.span import Span


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Label(NamedTuple):
    """A second place that has to do with the problem, with what to say there."""

    span: Span
    message: str


class Diagnostic(NamedTuple):
    """One problem: the fact, where it is, and the move that mends it.

    Attributes:
        code: catalog code, `NX` and three digits; names the problem and is never reused.
        message: the fact, without a full stop; identifiers in backticks.
        span: the culprit, or None where a problem has no place in a file.
        note: a few words to stand under the caret (`not a type`).
        labels: partners of the culprit (`first defined here`).
        help: the move, in the imperative.
    """

    code: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.ERROR
    note: str = ""
    labels: tuple[Label, ...] = ()
    help: str = ""


class SpecError(Exception):
    """The spec is at fault: carries every problem of the stage that failed, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems in the spec")
