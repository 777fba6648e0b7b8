"""What a check says: findings, the result of one check, and the report over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nexus_gen.diagnostics import Diagnostic, Label, Severity, Span


class Outcome(StrEnum):
    """How a check ended: skipped means that its tool is absent."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem that a check found in `generated/`.

    Attributes:
        code: catalog code, `NX5` and two digits: the kind of check.
        rule: the tool's own name of what is wrong (`CKV_AWS_119`, `F401`), may be empty.
        message: the fact, in the tool's words, on one line.
        path: file relative to the project root, with forward slashes; empty where the finding has
            no file.
        line: 1-based line in it, 0 for the file as a whole.
        column: 1-based column, 0 for the line as a whole.
        note: a few words to stand under the line.
        origin: the part of the spec that this place renders.
        help: the move, in the imperative.
        severity: a warning does not make its check fail.
    """

    code: str
    message: str
    rule: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    note: str = ""
    origin: Span | None = None
    help: str = ""
    severity: Severity = Severity.ERROR

    @property
    def title(self) -> str:
        """The message, after the tool's own name of the rule."""
        return f"{self.rule}: {self.message}" if self.rule else self.message

    def diagnostic(self) -> Diagnostic:
        """The finding as a diagnostic: at fault is the generated line, its label is the spec's."""
        span = None
        if self.path and self.line:
            column = max(self.column, 1)
            span = Span(self.path, self.line, column, column + 1)
        elif self.path:
            span = Span.of_file(self.path)
        return Diagnostic(
            self.code,
            self.title,
            span,
            severity=self.severity,
            note=self.note,
            labels=(Label(self.origin, "rendered from here"),) if self.origin else (),
            help=self.help,
        )

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Finding:
        """A diagnostic of another stage about a file of `generated/` as a finding."""
        span = diagnostic.span
        placed = span is not None and not span.is_whole_file
        return cls(
            diagnostic.code,
            diagnostic.message,
            path=span.file if span else "",
            line=span.line if span and placed else 0,
            column=span.column if span and placed else 0,
            note=diagnostic.note,
            help=diagnostic.help,
            severity=diagnostic.severity,
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check went.

    Attributes:
        name: what `--only` takes.
        seconds: wall-clock time.
        detail: a few words for people: what was looked at, or how to get an absent tool.
    """

    name: str
    outcome: Outcome
    seconds: float
    findings: tuple[Finding, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All results, in the order in which the checks are listed."""

    results: tuple[CheckResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, check by check."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def ok(self) -> bool:
        """Whether no check failed. A skipped check does not fail."""
        return all(result.outcome is not Outcome.FAILED for result in self.results)

    def count(self, outcome: Outcome) -> int:
        """How many checks ended so."""
        return sum(result.outcome is outcome for result in self.results)
