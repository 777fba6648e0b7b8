"""Failures of a JSON Schema as diagnostics: the caret on the culprit, and the move."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.diagnostics.suggest import closest, did_you_mean
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.schema_failure import Failure, named, shown
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
_LOOKED_AT = 20
"""Unknown keys of one mapping among which a missing one is searched."""
_PLACES_OF_FIELDS = ("field", "member", "element")


def explain(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """What to tell a person about a failure; nothing where another failure says it better.

    Raises KeyError for a keyword that the schemas do not use.
    """
    if failure.instance is None and failure.keyword in ("type", "enum", "const"):
        yield _no_value(failure, document)
    else:
        yield from _BY_KEYWORD[failure.keyword](failure, document)


def _unknown_keys(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    legal = failure.schema["properties"]
    for key in failure.instance:
        if key in legal:
            continue
        if failure.condition is not None and key in failure.keys_elsewhere():
            yield _key_beside_another(failure, key, document)
        elif failure.condition is None or not failure.is_closed_around:
            absent = [name for name in legal if name not in failure.instance]
            yield Diagnostic(
                "NX101",
                f"`{shown(key)}` is not a key of {named(failure.path)}",
                document.source.key(*failure.path, key),
                note="unknown key",
                help=did_you_mean(key, absent),
            )


def _key_beside_another(failure: Failure, key: str, document: Document) -> Diagnostic:
    """A key that is legal here, but not with the value that another key has."""
    condition = failure.condition or {}
    other = condition["required"][0]
    constant = condition.get("properties", {}).get(other, {}).get("const")
    what = f"`{other}: {constant}`" if constant else f"`{other}`"
    legal = [name for name in failure.schema["properties"] if name not in failure.instance]
    near = closest(key, legal)
    takes = ", ".join(f"`{name}`" for name in legal if _is_specific(name, failure))
    return Diagnostic(
        "NX110",
        f"`{key}` does not go with {what}",
        document.source.key(*failure.path, key),
        note="not with that",
        labels=(Label(document.source.value(*failure.path, other), f"because of {what}"),),
        help=f"did you mean `{near}`?"
        if near
        else f"remove `{key}`, or change `{other}`" + (f"; {what} takes {takes}" if takes else ""),
    )


def _is_specific(name: str, failure: Failure) -> bool:
    """Whether a branch describes a key itself, so that it is not one that all branches share."""
    return name != "default" and isinstance(failure.schema["properties"][name], dict)


def _missing_key(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    key = failure.name or ""
    if _misspelt(key, failure):
        return
    place = document.source.key(*failure.path) if failure.path else Span.of_file(document.file)
    yield Diagnostic(
        "NX102",
        f"{named(failure.path)} lacks the key `{key}`",
        place,
        note=f"needs `{key}`",
        help=f"add `{key}`{_purpose(key, failure)}",
    )


def _misspelt(key: str, failure: Failure) -> bool:
    """Whether an unknown key is the missing one in another spelling, which NX101 says."""
    known = _properties_at(failure)
    unknown = (name for name in failure.instance if name not in known)
    return any(closest(name, known) == key for name in islice(unknown, _LOOKED_AT))


def _properties_at(failure: Failure) -> dict[str, Any]:
    """Keys that are described where the failure is: its own, or its parent's if it is a branch."""
    if "properties" in failure.schema:
        found: dict[str, Any] = failure.schema["properties"]
        return found
    schema: Any = failure.whole
    for part in failure.location[:-2]:
        schema = schema[part]
    return dict(schema.get("properties", {}))


def _purpose(key: str, failure: Failure) -> str:
    described = _properties_at(failure).get(key)
    text = described.get("description", "") if isinstance(described, dict) else ""
    first = re.split(r"[.;]\s|\n", text, maxsplit=1)[0].rstrip(".:")
    is_word = first[1:2].islower()
    return f": {first[:1].lower() if is_word else first[:1]}{first[1:]}" if first else ""


def _wrong_type(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    kind = _kind(failure.instance)
    wanted = [failure.limit] if isinstance(failure.limit, str) else failure.limit
    if kind == _KINDS["number"] and "number" not in wanted and "integer" in wanted:
        kind = _KINDS["fraction"]
    yield Diagnostic(
        "NX103",
        f"{named(failure.path)} must be {' or '.join(_KINDS[one] for one in wanted)}, not {kind}",
        document.source.value(*failure.path),
        note=kind,
        help=_conversion(failure),
    )


def _no_value(failure: Failure, document: Document) -> Diagnostic:
    return Diagnostic(
        "NX103",
        f"{named(failure.path)} has no value",
        document.source.value(*failure.path),
        note="nothing here",
        help="write a value behind the colon, or remove the key",
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


def _conversion(failure: Failure) -> str:
    """How to write the value so that it has the type that is wanted."""
    value, wanted = failure.instance, failure.limit
    scalar = isinstance(value, str | int | float)
    if wanted == "object" and isinstance(value, str) and value in _field_types(failure):
        return f"write `{{type: {value}}}`"
    if wanted == "string" and scalar:
        return f'quote it: "{shown(value)}"'
    if wanted == "array" and scalar:
        return f"write a list: [{shown(value)}]"
    if wanted == "boolean":
        return "write `true` or `false`"
    if wanted in ("integer", "number") and isinstance(value, str):
        return _as_number(value)
    if wanted == "integer" and isinstance(value, float):
        return "write a number without a point"
    return "write `key: value` pairs" if wanted == "object" else ""


def _as_number(text: str) -> str:
    number = re.match(r"-?\d+(\.\d+)?", text)
    if number is None:
        return "write a number"
    return f"write `{number[0]}`, without {'quotes' if number[0] == text else 'a unit'}"


def _field_types(failure: Failure) -> list[str]:
    """The field types, if a field is wanted at the place of the failure."""
    if failure.location[:1] != ("$defs",) or failure.location[1] not in _PLACES_OF_FIELDS:
        return []
    types: list[str] = failure.schema["properties"]["type"]["enum"]
    return types


def _not_an_option(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    value = shown(failure.instance)
    options = [str(option) for option in failure.limit]
    is_type = (
        failure.path[-1] == "type"
        and failure.location[0] == "$defs"
        and failure.location[1] in _PLACES_OF_FIELDS
    )
    keys = [part for part in failure.path if isinstance(part, str)]
    yield Diagnostic(
        "NX104" if is_type else "NX105",
        f"`{value}` is not a field type" if is_type else f"`{value}` is not legal for `{keys[-1]}`",
        document.source.value(*failure.path),
        note="not a type" if is_type else "not one of them",
        help=_nearest_number(failure) or did_you_mean(value, options),
    )


def _nearest_number(failure: Failure) -> str:
    value, options = failure.instance, failure.limit
    if not isinstance(value, int | float) or not all(isinstance(o, int) for o in options):
        return ""
    below = [str(option) for option in options if option < value][-1:]
    above = [str(option) for option in options if option > value][:1]
    return "the nearest are " + " and ".join(f"`{number}`" for number in below + above)


def _wrong_form(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    form = failure.schema["patternErrorMessage"]
    better = _same_name_in_form(failure.instance, failure.limit) if "a name" in form else None
    yield Diagnostic(
        "NX106",
        f"`{shown(failure.instance)}` does not have the right form",
        _span(failure, document),
        note=f"expected {form}",
        help=f"did you mean `{better}`?" if better else f"write {form}",
    )


def _same_name_in_form(value: str, pattern: str) -> str | None:
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
    edge = "at least" if failure.keyword == "minimum" else "at most"
    yield Diagnostic(
        "NX107",
        f"{named(failure.path)} must be {edge} {failure.limit:,}, not {shown(failure.instance)}",
        document.source.value(*failure.path),
        note=f"{edge} {failure.limit:,}",
        help=f"write a number from {failure.schema['minimum']:,} to {failure.schema['maximum']:,}",
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
        f"version {shown(version)} of the language is not known"
        if isinstance(version, int | float) and not isinstance(version, bool)
        else f"the version of the language is a number, not {_kind(version)}",
        document.source.value(*failure.path),
        note="unknown version",
        help=f"write `nexus: {failure.limit}`, or use the nexus-gen that knows this version",
    )


_BY_KEYWORD: dict[str, Callable[[Failure, Document], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
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
