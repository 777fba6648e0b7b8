"""NX245: a pattern is no regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.pattern_dialects import read
from nexus_gen.analysis.portable_patterns import Broken, advice, compile_error, in_yaml
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

_HELP = {
    "missing ), unterminated subpattern": "close the group with `)`, or write `\\(` for the sign",
    "unbalanced parenthesis": "remove the `)` that no `(` opens, or write `\\)` for the sign",
    "unterminated character set": "close the class with `]`, or write `\\[` for the sign",
    "nothing to repeat": "put what is repeated before it, or a backslash to mean the sign: "
    "`.*` is any text",
    "multiple repeat": "keep one of the two, or put a backslash before the sign that is meant",
    "bad escape (end of pattern)": "write `\\\\` for a backslash",
}


def broken_patterns(subject: Subject) -> Iterator[Diagnostic]:
    """Patterns that do not compile."""
    for source in subject.fields("pattern"):
        pattern = source.field.constraints.pattern or ""
        if (broken := compile_error(pattern)) is None:
            continue
        reading = read(pattern, is_line=source.field.type.name == "string")
        problem = reading.worst
        help_ = _help(pattern, broken)
        yield Diagnostic(
            "NX245",
            f"the pattern of `{source.label}` has `{problem.part}`: {problem.why}"
            if problem and not help_
            else f"the pattern of `{source.label}` is not a regular expression: {broken.why}",
            (source.place / "pattern").span,
            note="does not compile",
            help=help_
            or (advice(reading) if problem else "")
            or "put a backslash before what is meant literally, and quote it singly",
        )


def _help(pattern: str, broken: Broken) -> str:
    """The move for what is wrong in any dialect; empty for what another dialect reads."""
    if broken.why.startswith("bad character range"):
        turned = re.sub(
            r"([A-Za-z0-9])-([A-Za-z0-9])",
            lambda match: f"{match[2]}-{match[1]}" if match[1] > match[2] else match[0],
            pattern,
        )
    elif broken.why == "min repeat greater than max repeat":
        turned = re.sub(
            r"\{([0-9]+),([0-9]+)\}",
            lambda match: f"{{{min(_pair(match))},{max(_pair(match))}}}",
            pattern,
        )
    else:
        return _HELP.get(broken.why, "")
    return f"write {in_yaml(turned)}" if compile_error(turned) is None else ""


def _pair(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]), int(match[2])
