"""How to write a value in the type or the form that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.diagnostics.suggest import closest
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.scalars import resolve
from nexus_gen.frontend.schema_failure import Failure
from nexus_gen.frontend.synonyms import TYPES
from nexus_gen.model.origins import origin_meant

_PAIRS = "write `key: value` pairs"
_FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "y", "on"), "true"),
    **dict.fromkeys(("false", "0", "no", "n", "off"), "false"),
}
_EVERY = {"cors_origins": "the origins of your pages"}
"""What to list where `*` stands for all."""


def conversion(failure: Failure, document: Document) -> str:
    """How to write the value so that it has the type that is wanted."""
    value, wanted = failure.instance, failure.limit
    if word_or_number(failure):
        return f"write {failure.schema['patternErrorMessage']}"
    written = document.written(*failure.path)
    scalar = isinstance(value, str | int | float)
    types = _field_types(failure) if wanted == "object" else []
    if types and isinstance(value, str):
        meant = TYPES.get(value.lower(), value)
        return f"write `{{type: {meant}}}`" if meant in types else _PAIRS
    if wanted == "string" and scalar:
        return in_form(written, failure) or f'quote it: "{written}"'
    if wanted == "array" and scalar:
        if value == "*":
            return f"list {_EVERY.get(str(failure.path[-1]), 'the roles')}, one by one"
        return f"write a list: [{', '.join(_entries(written, failure))}]"
    if wanted == "boolean":
        flag = _FLAGS.get(str(value).lower())
        return f"write `{flag}`" if flag else "write `true` or `false`"
    if wanted in ("integer", "number") and isinstance(value, str):
        return _as_number(value)
    if wanted == "integer" and isinstance(value, float):
        return "write a number without a point"
    return _PAIRS if wanted == "object" else ""


def word_or_number(failure: Failure) -> bool:
    """Whether a number or one certain word is wanted."""
    return "integer" in failure.schema.get("type", ()) and "pattern" in failure.schema


def in_form(written: str, failure: Failure) -> str:
    """Help that names the text in the form that is wanted, if the value can be read as it."""
    pattern = failure.schema.get("pattern")
    if pattern is None or re.search(pattern, written):
        return ""
    better = next((text for text in _candidates(written, failure) if re.search(pattern, text)), "")
    if better and ("{" in better or not isinstance(resolve(better), str)):
        return f'write "{better}"'
    return f"write `{better}`" if better else f"write {failure.schema['patternErrorMessage']}"


def _candidates(text: str, failure: Failure) -> Iterator[str]:
    """The text in other case, with hyphens, without a last letter, and a number with the units of
    the examples; for an origin, that of the address."""
    if "cors_origins" in failure.path[-2:]:
        yield origin_meant(text) or ""
        return
    if "\\{" in failure.schema["pattern"]:
        yield _filled(text, failure.schema["pattern"])
    yield text.strip()
    yield text.strip().lower()
    yield re.sub(r"[_\s]+", "-", text.strip().lower())
    yield text.strip().lower()[:-1]
    if match := re.fullmatch(r"([0-9]+)\s*([a-z]*)", text.strip().lower()):
        number, unit = match.groups()
        units = [example.lstrip("0123456789") for example in failure.schema.get("examples", ())]
        if unit in ("w", "week", "weeks"):
            number, unit = str(int(number) * 7), "d"
        yield from (number + one for one in units if unit.startswith(one) or not unit)


def _filled(text: str, pattern: str) -> str:
    """The text with the names in braces that the pattern takes: `${env}` -> `{environment}`."""
    names = re.findall("project|environment|product", pattern)

    def meant(match: re.Match[str]) -> str:
        word = match[1].lower()
        begun = next((name for name in names if word and name.startswith(word)), None)
        return f"{{{begun or closest(word, names) or word}}}"

    return re.sub(r"\$?\{+\s*(\w*)\s*\}+", meant, text)


def _entries(text: str, failure: Failure) -> list[str]:
    """The entries of a list that was written as one text: between commas, or between spaces where
    no entry can have one."""
    pattern = failure.schema.get("items", {}).get("pattern")
    entries = re.split(r"\s*,\s*", text.strip())
    words = re.split(r"[\s,;|]+", text.strip())
    if pattern is None:
        return entries
    if failure.path[-1] == "cors_origins":
        origins = [origin_meant(word) for word in words]
        return [str(one) for one in origins] if all(origins) else entries
    return words if all(re.search(pattern, word) for word in words) else entries


def _as_number(text: str) -> str:
    number = re.match(r"-?\d+(\.\d+)?", text)
    if number is None:
        return "write a number"
    return f"write `{number[0]}`, without {'quotes' if number[0] == text else 'a unit'}"


def _field_types(failure: Failure) -> list[str]:
    """The field types, if a field is wanted at the place of the failure."""
    if not failure.is_about_a_field:
        return []
    types: list[str] = failure.schema["properties"]["type"]["enum"]
    return types
