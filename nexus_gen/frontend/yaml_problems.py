"""Diagnostics of YAML itself: syntax, and what the language leaves out of YAML."""

from __future__ import annotations

from collections.abc import Iterable

from yaml import MarkedYAMLError, YAMLError
from yaml.events import Event

from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.diagnostics.suggest import did_you_mean
from nexus_gen.frontend import slips
from nexus_gen.frontend.positions import Locator, Position
from nexus_gen.frontend.scalars import Ambiguous, Unrepresentable
from nexus_gen.model.product import NO_RESERVATION

_HELP_BY_PROBLEM = {
    "mapping values are not allowed": "quote the text if the colon belongs to it, else check the "
    "indentation",
    "did not find expected ',' or '}'": "close the `{` with `}`, and put a comma between entries",
    "did not find expected ',' or ']'": "close the `[` with `]`, and put a comma between entries",
    "found unexpected end of stream": "close the quote",
    "did not find expected key": "indent the keys of one mapping alike, and close what is open "
    "above",
    "did not find expected '-' indicator": "indent the entries of one list alike",
    "could not find expected ':'": "write `key: value`, with a space after the colon",
    "cannot start any token": "quote text that begins with this character",
    "did not find expected node content": "write a value here, or quote it",
    "escape": "inside \"...\" write a backslash as `\\\\`, or use '...'",
}


def syntax(error: MarkedYAMLError, text: str, locator: Locator) -> Diagnostic:
    """Text that libyaml cannot parse: the slip behind it, else libyaml's words, its context as a
    label."""
    if error.problem_mark is None:
        return unreadable(error, locator)
    span = locator.character(error.problem_mark)
    problem = str(error.problem)
    if "tab character" in problem:
        return tab(_tab_after(span, locator))
    if _character_at(span, locator) == "\t" and "cannot start any token" in problem:
        return tab(span)
    if (slip := slips.find(error, text, locator.lines)) is not None:
        column = slip.column + 1
        return Diagnostic(
            "NX007",
            slip.fact,
            Span(locator.file, slip.line + 1, column, column + len(slip.text)),
            note=slip.note,
            help=slip.help,
        )
    labels: tuple[Label, ...] = ()
    if error.context_mark is not None:
        opened = locator.character(error.context_mark)
        if (opened.line, opened.column) != (span.line, span.column):
            labels = (Label(opened, str(error.context)),)
    return Diagnostic(
        "NX007",
        f"this is not YAML: {problem}",
        span,
        labels=labels,
        help=next((move for part, move in _HELP_BY_PROBLEM.items() if part in problem), ""),
    )


def unreadable(error: YAMLError, locator: Locator) -> Diagnostic:
    """Text that libyaml rejects without saying where."""
    return Diagnostic("NX007", f"this is not YAML: {error}", Span.of_file(locator.file))


def tab(span: Span) -> Diagnostic:
    """A tab that indents."""
    return Diagnostic(
        "NX008",
        "a tab indents this line",
        span,
        note="a tab",
        help="indent with spaces; YAML does not say how wide a tab is",
    )


def empty(locator: Locator) -> Diagnostic:
    """Nothing but white space and comments."""
    return Diagnostic(
        "NX009",
        f"`{locator.file}` is empty",
        Span.of_file(locator.file),
        help="write its keys, or delete the file",
    )


def second_document(span: Span) -> Diagnostic:
    """`---` in the middle of a file."""
    return Diagnostic(
        "NX010",
        "the file holds two YAML documents",
        span,
        note="the second begins here",
        help="keep one document in each file",
    )


def not_a_mapping(span: Span) -> Diagnostic:
    """A list or text at the top of a file."""
    return Diagnostic(
        "NX011",
        "the file does not hold keys and values",
        span,
        note="expected `key: value`",
        help="begin with the keys of the file, `vertical: education` for example",
    )


def duplicate_key(again: Event, first: Position, locator: Locator) -> Diagnostic:
    """The same key twice in one mapping."""
    return Diagnostic(
        "NX012",
        f"`{getattr(again, 'value', '')}` is defined twice",
        locator.event(again),
        note="defined again",
        labels=(Label(locator.span(first), "first defined here"),),
        help="rename or remove one of the two",
    )


NUMBERS_AND_FLAGS = frozenset(
    {
        *("burst", "deletion_protection", "immutable", "max_bytes", "max_depth", "max_items"),
        *("max_length", "memory_mb", "min_items", "min_length", "rate", "required"),
        *("resource_quota", "scale", "soft", "timeout_seconds"),
    }
)
"""Keys whose value is never a text, in every place that has them."""


def ambiguous(text: str, trap: Ambiguous, span: Span, key: str | int) -> Diagnostic:
    """The value of a key that YAML 1.1 and YAML 1.2 read differently."""
    meant = f"write {trap.instead}" if trap.instead else ""
    quoted = f'quote it if you mean the text: "{text}"'
    if key == "reserved_concurrency" and meant:
        help_ = f"write a number, or `{NO_RESERVATION}`" if trap.other == "a boolean" else meant
    elif meant and key in NUMBERS_AND_FLAGS:
        help_ = meant
    elif meant and key in ("minimum", "maximum"):
        help_ = f"{meant}; {quoted}"
    else:
        help_ = f"{quoted}; {meant} if you mean that" if meant else quoted
    return Diagnostic(
        "NX013",
        f"`{text}` is {trap.other} to some readers of YAML and {trap.reading} to others",
        span,
        note="ambiguous",
        help=help_,
    )


def ambiguous_entries(found: list[Diagnostic], listed: Span | None, locator: Locator) -> Diagnostic:
    """Two or more entries of one list that YAML 1.1 and YAML 1.2 read differently.

    Args:
        found: what is said of each.
        listed: the list, if it stands in brackets on one line.
    """
    spans = [problem.span for problem in found if problem.span is not None]
    texts = list(dict.fromkeys(_text_at(span, locator) for span in spans))
    message = ", ".join(f"`{text}`" for text in texts[:_NAMED])
    message += " and others" if len(texts) > _NAMED else ""
    first, *others = spans
    return Diagnostic(
        "NX013",
        f"{message} are not text to all readers of YAML",
        listed or first,
        note=_ENTRIES,
        labels=() if listed else tuple(Label(span, "and this") for span in others),
        help=f"quote them: {_with_quotes(spans, listed, locator)}"
        if listed
        else "quote them: " + ", ".join(f'"{text}"' for text in texts[:_NAMED]),
    )


_NAMED = 5
_ENTRIES = "ambiguous entries"
_NEAR = 3
"""Lines below a list in which its entries are named again, as a field's default is."""


def _with_quotes(spans: list[Span], listed: Span, locator: Locator) -> str:
    """The text of a list with its ambiguous entries in quotes."""
    line = locator.lines[listed.line - 1]
    written, at = "", listed.column - 1
    for span in spans:
        written += f'{line[at : span.column - 1]}"{_text_at(span, locator)}"'
        at = span.end_column - 1
    return written + line[at : listed.end_column - 1]


def together(found: list[Diagnostic], locator: Locator) -> list[Diagnostic]:
    """The problems of a file, in order; what names an entry of an ambiguous list again is told
    with the list."""
    kept: list[Diagnostic] = []
    for problem in found:
        before = kept[-1] if kept else None
        if before is None or not _is_again(problem, before, locator):
            kept.append(problem)
        elif problem.span is not None:
            kept[-1] = before._replace(
                labels=(*before.labels, Label(problem.span, "and here again")),
                help=before.help
                + ("" if "again" in before.help else ", and where they are named again"),
            )
    return kept


def _is_again(problem: Diagnostic, before: Diagnostic, locator: Locator) -> bool:
    if (before.code, before.note, problem.code) != ("NX013", _ENTRIES, "NX013"):
        return False
    if problem.span is None or before.span is None or problem.note == _ENTRIES:
        return False
    is_near = 0 <= problem.span.line - before.span.line <= _NEAR + len(before.labels)
    return is_near and f"`{_text_at(problem.span, locator)}`" in before.message


def _text_at(span: Span, locator: Locator) -> str:
    return locator.lines[span.line - 1][span.column - 1 : span.end_column - 1]


def conflict(marks: list[Span]) -> Diagnostic:
    """Lines that git leaves where it could not merge; the first may have lost its partners."""
    first, *others = marks
    return Diagnostic(
        "NX023",
        "the file holds a merge conflict",
        first,
        note="a marker of git",
        labels=tuple(Label(span, "and this") for span in others),
        help="keep one side, and delete the lines of the markers and of the other side"
        if others
        else "delete this line, and what is left of the side that you do not keep",
    )


def key_not_text(span: Span) -> Diagnostic:
    """A number, a boolean, null, a collection or an alias as a key."""
    return Diagnostic(
        "NX014",
        "a key is not text",
        span,
        note="not text",
        help="quote the key if you mean the text",
    )


def merge_key(span: Span) -> Diagnostic:
    """`<<`"""
    return Diagnostic(
        "NX015",
        "merge keys are not part of the language",
        span,
        note="a merge key of YAML 1.1",
        help="repeat the keys: each entity says all that it has",
    )


def tag(name: str, span: Span) -> Diagnostic:
    """`!!python/object`, `!Ref`, `!!str`"""
    shown = name.replace("tag:yaml.org,2002:", "!!")
    return Diagnostic(
        "NX016",
        f"`{shown}` is a YAML tag, which the language does not use",
        span,
        help='remove the tag; quote the value if it is text: "..."',
    )


def directive(span: Span) -> Diagnostic:
    """`%YAML 1.1`, `%TAG`"""
    return Diagnostic(
        "NX016",
        "YAML directives are not part of the language",
        span,
        note="a directive",
        help="remove the lines that begin with `%`",
    )


def unknown_alias(name: str, anchors: Iterable[str], span: Span) -> Diagnostic:
    """`*name` where no finished `&name` stands before it."""
    return Diagnostic(
        "NX017",
        f"`*{name}` refers to no anchor that is complete here",
        span,
        help=did_you_mean(name, anchors) or f"define it before: `&{name}`, or quote the text",
    )


def too_many_aliases(span: Span, bound: int) -> Diagnostic:
    """A billion laughs."""
    return Diagnostic(
        "NX018",
        f"the aliases of this file stand for more than {bound:,} values",
        span,
        note="past the bound here",
        help="write the values out",
    )


def too_deep(span: Span, bound: int) -> Diagnostic:
    """More levels than the language has a use for."""
    return Diagnostic(
        "NX019",
        f"mappings and lists are nested more than {bound} levels deep",
        span,
        note="one level too many",
        help="close brackets that were left open, or split the value",
    )


def too_many_entries(span: Span, bound: int) -> Diagnostic:
    """More entries than any part of the language takes."""
    return Diagnostic(
        "NX022",
        f"a mapping or list has more than {bound:,} entries",
        span,
        note="one entry too many",
        help="split the vertical into several files",
    )


def unrepresentable(text: str, number: Unrepresentable, span: Span) -> Diagnostic:
    """An integer past 2^53, an infinity, or not a number at all."""
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    return Diagnostic(
        "NX020",
        f"`{shown}` {number.why}",
        span,
        help=number.move,
    )


def _tab_after(span: Span, locator: Locator) -> Span:
    """The first indenting tab from a line on; libyaml's mark is where the scalar before ends."""
    for number, line in enumerate(locator.lines[span.line - 1 :], span.line):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            return Span(span.file, number, indent.index("\t") + 1, indent.index("\t") + 2)
    return span


def _character_at(span: Span, locator: Locator) -> str:
    line = locator.lines[span.line - 1] if span.line <= len(locator.lines) else ""
    return line[span.column - 1 : span.column]
