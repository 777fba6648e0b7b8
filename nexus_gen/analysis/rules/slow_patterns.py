"""NX247: a short text can make a pattern take for ever."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.portable_patterns import is_sound
from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic


def slow_patterns(subject: Subject) -> Iterator[Diagnostic]:
    """Patterns that backtrack too much over the longest text of their field."""
    for source in subject.fields("pattern"):
        pattern = source.field.constraints.pattern or ""
        if is_sound(pattern):
            yield from _slow(source, pattern)


def _slow(source: FieldSource, pattern: str) -> Iterator[Diagnostic]:
    from nexus_gen.analysis.ambiguity import MAX_STEPS, cost  # only a pattern pays for it

    length = source.field.constraints.max_length or 0
    found = cost(pattern, length)
    if (steps := found.steps(length)) <= MAX_STEPS:
        return
    how = (
        "takes time exponential in its length"
        if found.degree is None
        else f"may take {steps:.0e} steps"
    )
    yield Diagnostic(
        "NX247",
        f"matching a text of {length:,} characters against the pattern of `{source.label}` {how}",
        (source.place / "pattern").span,
        note="backtracks",
        help="let what follows a repetition, and what is repeated in it, begin with characters "
        "that it cannot contain" + ("" if found.anchored else "; begin the pattern with `^`"),
    )
