"""Keys that a mapping should not have, or lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.diagnostics.suggest import closest, did_you_mean
from nexus_gen.frontend import later
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.homes import home
from nexus_gen.frontend.schema_failure import Failure, descend, named, shown
from nexus_gen.frontend.synonyms import KEYS, UNNEEDED

_LOOKED_AT = 20
"""Unknown keys of one mapping among which a missing one is searched."""
_RUN_TOGETHER = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)([:=])([^/\s].*)", re.DOTALL)
"""A key and its value without a space between them; no address like `https://...`."""
_NO_COLON = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*) +(\S.*)")


def unknown_keys(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """Keys of a closed mapping that its schema does not have."""
    legal = failure.schema["properties"]
    for key in failure.instance:
        if key in legal:
            continue
        if failure.condition is not None and key in failure.keys_elsewhere():
            yield _key_beside_another(failure, key, document)
        elif failure.condition is None or not failure.is_closed_around:
            yield from _unknown_key(failure, key, document)


def _unknown_key(failure: Failure, key: str, document: Document) -> Iterator[Diagnostic]:
    span = document.source.key(*failure.path, key)
    if later.of_type(failure.instance.get("type")) is not None:
        return
    if (feature := later.of_key(failure.path, key)) is not None:
        yield feature.at(span)
        return
    if (joined := run_together(key, span, document)) is not None:
        yield joined
        return
    absent = [name for name in failure.schema["properties"] if name not in failure.instance]
    words = _NO_COLON.fullmatch(key) if failure.instance[key] is None else None
    if words is not None and words[1] in absent:
        yield Diagnostic(
            "NX101",
            f"`{shown(key)}` is a key without a value: a colon is missing",
            span,
            note="no colon",
            help=f"write `{words[1]}: {words[2]}`",
        )
        return
    yield Diagnostic(
        "NX101",
        f"`{shown(key)}` is not a key of {named(failure.path)}",
        span,
        note="unknown key",
        help=_synonym(key, absent)
        or UNNEEDED.get(key, "")
        or home(key, failure, document)
        or did_you_mean(key, absent),
    )


def run_together(text: str, span: Span, document: Document) -> Diagnostic | None:
    """The problem of a key and its value that are one word, None where they are not."""
    match = _RUN_TOGETHER.fullmatch(text)
    line = document.lines[span.line - 1][span.column - 1 :]
    if match is None or not line.startswith(match[1] + match[2]):
        return None
    key, sign, value = match.groups()
    end = span.column + len(key) + 1
    if sign == "=":
        end, written = span.end_column, f"{key}: {value}"
    else:
        written = f"{key}: "
    return Diagnostic(
        "NX101",
        f"`{shown(text)}` is one word to YAML: a space after the colon is missing"
        if sign == ":"
        else f"`{shown(text)}` is one word to YAML, which puts a colon and a space after a key",
        Span(span.file, span.line, span.column, end),
        note="no space" if sign == ":" else "no colon",
        help=f"write `{written}`" + (", with a space after the colon" if sign == ":" else ""),
    )


def _synonym(key: str, absent: list[str]) -> str:
    """Help for a word of other tools and languages."""
    meant = next((name for name in KEYS.get(key.lower(), ()) if name in absent), None)
    return f"did you mean `{meant}`?" if meant else ""


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


def missing_key(failure: Failure, document: Document) -> Iterator[Diagnostic]:
    """A key that a mapping must have."""
    key = failure.name or ""
    if _misspelt(key, failure) or _comes_later(failure):
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
    return any(_meant(name, known) == key for name in islice(unknown, _LOOKED_AT))


def _meant(name: str, known: dict[str, Any]) -> str | None:
    if match := _RUN_TOGETHER.fullmatch(name) or _NO_COLON.fullmatch(name):
        return match[1]
    synonyms = (meant for meant in KEYS.get(name.lower(), ()) if meant in known)
    return next(synonyms, None) or closest(name, known)


def _comes_later(failure: Failure) -> bool:
    """Whether what is missing may come from a part of the language that comes later."""
    return any(later.of_key(failure.path, key) is later.MIXINS for key in failure.instance)


def _properties_at(failure: Failure) -> dict[str, Any]:
    """Keys that are described where the failure is: its own, or its parent's if it is a branch."""
    if "properties" in failure.schema:
        found: dict[str, Any] = failure.schema["properties"]
        return found
    return dict(descend(failure.whole, failure.location[:-2]).get("properties", {}))


def _purpose(key: str, failure: Failure) -> str:
    described = _properties_at(failure).get(key)
    text = described.get("description", "") if isinstance(described, dict) else ""
    first = re.split(r"[.;]\s|\n", text, maxsplit=1)[0].rstrip(".:")
    is_word = first[1:2].islower()
    return f": {first[:1].lower() if is_word else first[:1]}{first[1:]}" if first else ""
