"""NX246: Python and ECMA-262 read a pattern differently."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.pattern_dialects import read
from nexus_gen.analysis.portable_patterns import advice, compile_error
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def unportable_patterns(subject: Subject) -> Iterator[Diagnostic]:
    """Patterns with a part that does not mean the same in Python, OpenAPI and TypeScript."""
    for source in subject.fields("pattern"):
        pattern = source.field.constraints.pattern or ""
        if compile_error(pattern) is not None:
            continue
        reading = read(pattern, is_line=source.field.type.name == "string")
        if (problem := reading.worst) is not None:
            yield Diagnostic(
                "NX246",
                f"the pattern of `{source.label}` has `{problem.part}`: {problem.why}",
                (source.place / "pattern").span,
                note="not the same everywhere",
                help=advice(reading),
            )
