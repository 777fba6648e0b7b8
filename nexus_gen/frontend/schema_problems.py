"""Failures of a JSON Schema as diagnostics: the caret on the culprit, and the move."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.diagnostics.suggest import did_you_mean
from nexus_gen.frontend import later
from nexus_gen.frontend.conversions import conversion, in_form, word_or_number
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.key_problems import missing_key, run_together, unknown_keys
from nexus_gen.frontend.later import Later
from nexus_gen.frontend.schema_failure import Failure, descend, named, shown
from nexus_gen.frontend.synonyms import OPTIONS, TYPES
from nexus_gen.model.name import Name

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "fraction": "a number with a fraction",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}
_LABELLED = 5
"""Entries of a list that are pointed at, if each is wrong."""


def explain(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """What to tell a person about a failure; nothing where another failure says it better.

    Raises KeyError for a keyword that the schemas do not use.
    """
    feature = later.of_value(failure.path, failure.instance) if failure.name is None else None
    if feature is not None:
        yield from _comes_later(feature, failure, document)
    elif failure.instance is None and failure.keyword in ("type", "enum", "const"):
        yield _no_value(failure, document)
    else:
        yield from _BY_KEYWORD[failure.keyword](failure, document)


def _comes_later(feature: Later, failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """Once for all access rules of an entity, once for every other value."""
    problem = feature.at(document.source.value(*failure.path))
    if feature is later.ROW_ACCESS:
        has_earlier, count = later.others_of_rows(
            failure.path, descend(document.data, failure.path[:-2])
        )
        if has_earlier:
            return
        if count > 1:
            problem = problem._replace(note=f"not yet, nor {count - 1} more below")
    yield problem


def _wrong_type(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    span = document.source.value(*failure.path)
    if isinstance(failure.instance, str) and failure.limit == "object":
        joined = run_together(failure.instance, span, document)
        if joined is not None:
            yield joined
            return
    if isinstance(failure.path[-1], int) and failure.limit == "string":
        yield from _wrong_entries(failure, document)
        return
    yield Diagnostic(
        "NX103",
        f"{named(failure.path)} must be {_wanted(failure)}, not {_kind_of(failure)}",
        span,
        note=_kind_of(failure),
        help=conversion(failure, document),
    )


def _wrong_entries(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """Entries of a list of texts that are no texts: one problem for all of them."""
    *above, position = failure.path
    entries = descend(document.data, above)
    wrong = [at for at, entry in enumerate(entries) if not isinstance(entry, str)]
    if position != wrong[0]:
        return
    scalars = all(isinstance(entries[at], int | float) for at in wrong)
    span = document.source.value(*above)
    is_flow = document.lines[span.line - 1][span.column - 1] == "["
    whole = len(wrong) > 1 and scalars and is_flow
    quoted = [
        f'"{document.written(*above, at)}"' if at in wrong else document.written(*above, at)
        for at in (range(len(entries)) if whole else wrong)
    ]
    written = f"[{', '.join(quoted)}]" if whole else ", ".join(quoted)
    others = tuple(
        Label(document.source.value(*above, at), "and this")
        for at in wrong[1:_LABELLED]
        if not whole
    )
    name = named(tuple(above))
    kind = _kind_of(failure)
    yield Diagnostic(
        "NX103",
        f"{len(wrong)} entries of {name} must be text, and are not"
        if len(wrong) > 1
        else f"entry {position + 1} of {name} must be text, not {kind}",
        span if whole else document.source.value(*failure.path),
        note="not text" if len(wrong) > 1 else kind,
        labels=others,
        help=f"quote {'them' if len(wrong) > 1 else 'it'}: {written}" if scalars else "",
    )


def _wanted(failure: Failure) -> str:
    wanted = [failure.limit] if isinstance(failure.limit, str) else failure.limit
    return " or ".join(_KINDS[one] for one in wanted)


def _kind_of(failure: Failure) -> str:
    kind = _kind(failure.instance)
    if kind == _KINDS["number"] and "integer" in failure.limit and "number" not in failure.limit:
        return _KINDS["fraction"]
    return kind


def _no_value(failure: Failure, document: Document) -> Diagnostic:
    written = document.written(*failure.path)
    is_text = failure.keyword == "type" and failure.limit == "string" and written.strip()
    return Diagnostic(
        "NX103",
        f"{named(failure.path)} has no value",
        document.source.value(*failure.path),
        note="nothing here",
        help=f'quote it if you mean the text: "{written}"; or remove the key'
        if is_text
        else f"{conversion(failure, document)}, or remove the key"
        if word_or_number(failure)
        else "write a value behind the colon, or remove the key",
    )


def _kind(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _not_an_option(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    span = document.source.value(*failure.path)
    value = shown(document.written(*failure.path))
    options = [str(option) for option in failure.limit]
    key = [part for part in failure.path if isinstance(part, str)][-1]
    if key == "type" and failure.is_about_a_field:
        feature = later.of_type(failure.instance)
        yield (
            feature.at(span)
            if feature
            else Diagnostic(
                "NX104",
                f"`{value}` is not a field type",
                span,
                note="not a type",
                help=_synonym(TYPES, value) or did_you_mean(value, options),
            )
        )
        return
    yield Diagnostic(
        "NX105",
        f"`{value}` is not legal for `{key}`",
        span,
        note="not one of them",
        help=_nearest_number(failure)
        or _synonym(OPTIONS.get(key, {}), value)
        or did_you_mean(value, options),
    )


def _synonym(synonyms: dict[str, str], value: str) -> str:
    meant = synonyms.get(value.strip().lower().replace(" ", "_"))
    return f"did you mean `{meant}`?" if meant else ""


def _nearest_number(failure: Failure) -> str:
    value, options = failure.instance, failure.limit
    if not isinstance(value, int | float) or not all(isinstance(o, int) for o in options):
        return ""
    below = [str(option) for option in options if option < value][-1:]
    above = [str(option) for option in options if option > value][:1]
    return "the nearest are " + " and ".join(f"`{number}`" for number in below + above)


def _wrong_form(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    span = _span(failure, document)
    joined = run_together(failure.instance, span, document) if failure.name is not None else None
    if joined is not None:
        yield joined
        return
    form = failure.schema["patternErrorMessage"]
    better = _same_namein_form(failure.instance, failure.limit) if "a name" in form else None
    yield Diagnostic(
        "NX106",
        f"`{shown(failure.instance)}` does not have the right form",
        span,
        note=f"expected {form}",
        help=f"did you mean `{better}`?" if better else in_form(failure.instance, failure),
    )


def _same_namein_form(value: str, pattern: str) -> str | None:
    """The same words in the form that is wanted: `startsOn` -> `starts_on`, `Café` -> `Cafe`."""
    bare = unicodedata.normalize("NFKD", value[:100])
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    name = Name(letters)
    if not name.words or any(not letter.isascii() and letter.isalnum() for letter in letters):
        return None
    candidates = (name.snake, name.pascal, name.kebab)
    return next((text for text in candidates if re.search(pattern, text)), None)


def _span(failure: Failure, document: Document) -> Span:
    if failure.name is not None:
        return document.source.key(*failure.path, failure.name)
    return document.source.value(*failure.path)


def _out_of_bounds(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    if failure.schema.get("type") == "integer" and isinstance(failure.instance, float):
        return  # its type is told
    edge = "at least" if failure.keyword == "minimum" else "at most"
    value = shown(document.written(*failure.path))
    yield Diagnostic(
        "NX107",
        f"{named(failure.path)} must be {edge} {failure.limit:,}, not {value}",
        document.source.value(*failure.path),
        note=f"{edge} {failure.limit:,}",
        help=conversion(failure, document)
        if word_or_number(failure)
        else f"write a number from {failure.schema['minimum']:,} to {failure.schema['maximum']:,}",
    )


def _wrong_size(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    unit = "characters" if failure.keyword.endswith("Length") else "entries"
    edge = "at least" if failure.keyword.startswith("min") else "at most"
    size = len(failure.instance)
    who = f"`{shown(failure.name)}`" if failure.name is not None else named(failure.path)
    yield Diagnostic(
        "NX108",
        f"{who} has {size:,} {unit}" if size else f"{who} is empty",
        _span(failure, document),
        note=f"{edge} {failure.limit:,}",
        help=f"{'shorten it to' if edge == 'at most' else 'write'} {edge} {failure.limit:,} "
        f"{unit if failure.limit != 1 else _ONE[unit]}",
    )


_ONE = {"characters": "character", "entries": "entry"}


def _repeated(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    entries: list[Any] = failure.instance
    for position, entry in enumerate(entries):
        first = entries.index(entry)
        if first < position:
            yield Diagnostic(
                "NX109",
                f"`{shown(entry)}` stands twice in {named(failure.path)}",
                document.source.value(*failure.path, position),
                note="again",
                labels=(Label(document.source.value(*failure.path, first), "first here"),),
                help="remove one of the two",
            )


def _forbidden_here(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    key = failure.path[-1]
    yield Diagnostic(
        "NX111",
        f"`{key}` has no meaning inside a list, map or object",
        document.source.key(*failure.path),
        note="not here",
        help="remove it, or set it on the field of the entity",
    )


def _unknown_version(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    version = failure.instance
    yield Diagnostic(
        "NX112",
        f"version {shown(document.written(*failure.path))} of the language is not known"
        if isinstance(version, int | float) and not isinstance(version, bool)
        else f"the version of the language is a number, not {_kind(version)}",
        document.source.value(*failure.path),
        note="unknown version",
        help=f"write `nexus: {failure.limit}`, or use the nexus-gen that knows this version",
    )


_BY_KEYWORD: dict[str, Callable[[Failure, Document], Iterator[Diagnostic]]] = {
    "additionalProperties": unknown_keys,
    "required": missing_key,
    "type": _wrong_type,
    "enum": _not_an_option,
    "const": _unknown_version,
    "pattern": _wrong_form,
    "minimum": _out_of_bounds,
    "maximum": _out_of_bounds,
    "minLength": _wrong_size,
    "maxLength": _wrong_size,
    "minItems": _wrong_size,
    "maxItems": _wrong_size,
    "minProperties": _wrong_size,
    "uniqueItems": _repeated,
    "falseSchema": _forbidden_here,
}

KEYWORDS = frozenset(_BY_KEYWORD) - {"falseSchema"}
"""Keywords of JSON Schema that have an explanation here; the schemas use no others that fail."""
