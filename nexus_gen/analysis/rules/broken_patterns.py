"""NX245: a pattern is no regular expression."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.portable_patterns import compile_error
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def broken_patterns(subject: Subject) -> Iterator[Diagnostic]:
    """Patterns that do not compile."""
    for source in subject.fields("pattern"):
        if (why := compile_error(source.field.constraints.pattern or "")) is not None:
            yield Diagnostic(
                "NX245",
                f"the pattern of `{source.label}` is not a regular expression: {why}",
                (source.place / "pattern").span,
                note="does not compile",
                help="put a backslash before what is meant literally, and quote it singly",
            )
