"""Whether a JSON value is one that a field takes; why not, in a few words.

The same rules as the runtime's checks, which judge requests; used for defaults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from nexus_gen.analysis.lower_fields import canonical_decimal
from nexus_gen.analysis.portable_patterns import is_sound, search
from nexus_gen.model import Constraints, Field
from nexus_gen.model.field_types import (
    DURATION,
    LINE,
    MAX_DECIMAL_DIGITS,
    MAX_EXPONENT,
    MAX_SAFE_INTEGER,
    MIN_EXPONENT,
    SLUG,
    TEXT,
)

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = rf"(?i:[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+)"
"""WHATWG HTML, "valid e-mail address", with a domain of at least two labels."""

_URL = (
    r"(?i:https?://(?:[a-z0-9._~-]|%[0-9a-f]{2})++(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[a-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*+)?)"
)
"""RFC 3986 with a host name or IPv4 address and no user information."""

_UUID = r"(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_DECIMAL = re.compile(r"(?=.{1,100}\Z)-?[0-9]+(\.[0-9]+)?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMS = {"string": re.compile(LINE), "text": re.compile(TEXT)}
_MAX_NAME = 255
"""Characters of a name in a map (`nexus_runtime/nested_checks.py`)."""


def refusal(field: Field, value: Any) -> str | None:
    """Why a field does not take a value, None if it does; the value of the field is meant."""
    return next(_refusals(field, value), None)


def _refusals(field: Field, value: Any) -> Iterator[str]:
    check = _CHECKS.get(field.type.name, _anything)
    yield from check(field, value)


def _text(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield "it is not text"
        return
    bounds = field.constraints
    yield from _length(bounds, len(value), "character")
    if not _FORMS[field.type.name].fullmatch(value):
        yield "it holds a control character or a line break that the type does not take"
    if bounds.pattern is not None and not _matches(bounds.pattern, value):
        yield f"it does not match `{bounds.pattern}`"


def _length(bounds: Constraints, size: int, unit: str) -> Iterator[str]:
    if bounds.min_length is not None and size < bounds.min_length:
        yield f"it has {_count(size, unit)}, fewer than {bounds.min_length}"
    if bounds.max_length is not None and size > bounds.max_length:
        yield f"it has {_count(size, unit)}, more than {bounds.max_length}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _matches(pattern: str, value: str) -> bool:
    """Whether a pattern is found; True where it does not compile, which is another problem."""
    return not is_sound(pattern) or search(pattern, value)


def _form(regex: str, noun: str) -> Callable[[Field, Any], Iterator[str]]:
    compiled = re.compile(regex, re.ASCII)

    def check(field: Field, value: Any) -> Iterator[str]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield f"it is not {noun}"
        else:
            yield from _length(field.constraints, len(value), "character")

    return check


def _integer(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield "it is not a whole number"
    elif abs(value) > MAX_SAFE_INTEGER:
        yield "it is past 2^53 - 1"
    else:
        yield from _range(field.constraints, Decimal(value))


def _number(field: Field, value: Any) -> Iterator[str]:
    exact = None if isinstance(value, str) else canonical_decimal(value)
    if exact is None:
        yield "it is not a number"
    elif Decimal(exact) and not MIN_EXPONENT <= Decimal(exact).adjusted() <= MAX_EXPONENT:
        yield "DynamoDB holds numbers from 1E-130 to 9.99E+125"
    elif Decimal(repr(float(exact))) != Decimal(exact):
        yield "it has more digits than a double carries"
    else:
        yield from _range(field.constraints, Decimal(exact))


def _decimal(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        yield 'it is not a decimal number in quotes, like `"12.50"`'
        return
    whole, _, fraction = value.partition(".")
    scale = field.constraints.scale or 0
    if len(fraction.rstrip("0")) > scale:
        yield f"it has more than {scale} decimal places"
    if len(whole.lstrip("-0")) > MAX_DECIMAL_DIGITS - scale:
        yield f"it has more than {MAX_DECIMAL_DIGITS - scale} digits before the point"
    yield from _range(field.constraints, Decimal(value))


def _range(bounds: Constraints, value: Decimal) -> Iterator[str]:
    if bounds.minimum is not None and value < Decimal(bounds.minimum):
        yield f"it is less than {bounds.minimum}"
    if bounds.maximum is not None and value > Decimal(bounds.maximum):
        yield f"it is more than {bounds.maximum}"


def _boolean(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield "it is not true or false"


def _date(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not _DATE.fullmatch(value) or not _exists(value):
        yield "it is not a date like `2026-11-23`"


def _moment(field: Field, value: Any) -> Iterator[str]:
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None or not _exists(f"{match[1]}T{match[2]}"):
        yield "it is not a moment like `2026-11-23T09:30:00Z`"


def _exists(moment: str) -> bool:
    """Whether a calendar has a date or a moment of the right form."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _enum(field: Field, value: Any) -> Iterator[str]:
    if value not in field.constraints.values:
        yield "it is not one of `values`"


def _reference(field: Field, value: Any) -> Iterator[str]:
    yield "ids are given out at run time, so no id can be known here"


def _list(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield "it is not a list"
        return
    yield from _items(field.constraints, len(value))
    for position, item in enumerate(value):
        if field.of is not None and (why := refusal(field.of, item)):
            yield f"at position {position}, {why}"


def _map(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "it is not a map"
        return
    yield from _items(field.constraints, len(value))
    for key, item in value.items():
        if not 1 <= len(key) <= _MAX_NAME:
            yield f"a name in it has not 1 to {_MAX_NAME} characters"
        elif not _FORMS["string"].fullmatch(key):
            yield "a name in it holds a control character or a line break"
        elif field.of is not None and (why := refusal(field.of, item)):
            yield f"at `{key}`, {why}"


def _items(bounds: Constraints, size: int) -> Iterator[str]:
    if bounds.min_items is not None and size < bounds.min_items:
        yield f"it has {_count(size, 'item')}, fewer than {bounds.min_items}"
    if bounds.max_items is not None and size > bounds.max_items:
        yield f"it has {_count(size, 'item')}, more than {bounds.max_items}"


def _object(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "it is not an object"
        return
    members = {member.name.raw: member for member in field.fields}
    for name in value:
        if name not in members:
            yield f"it has no member `{name}`"
    for name, member in members.items():
        if value.get(name) is None:
            if member.required:
                yield f"`{name}` is required"
        elif why := refusal(member, value[name]):
            yield f"at `{name}`, {why}"


def _json(field: Field, value: Any) -> Iterator[str]:
    bounds = field.constraints
    if bounds.max_depth is not None and _depth(value) > bounds.max_depth:
        yield f"it is more than {bounds.max_depth} levels deep"
        return
    if any(abs(number) > MAX_SAFE_INTEGER for number in _numbers(value)):
        yield "a number in it is past 2^53 - 1"
    if any("\0" in text for text in _texts(value)):
        yield "a text in it holds U+0000"
    size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    if bounds.max_bytes is not None and size > bounds.max_bytes:
        yield f"it has {size} bytes, more than {bounds.max_bytes}"


def _depth(value: Any, limit: int = 64) -> int:
    if limit == 0 or not isinstance(value, (dict, list)):
        return 0
    inside = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(item, limit - 1) for item in inside), default=0)


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, (int, float)):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _numbers(item)


def _texts(value: Any) -> Iterator[str]:
    """Every text and every name in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _anything(field: Field, value: Any) -> Iterator[str]:
    yield from ()


_CHECKS: dict[str, Callable[[Field, Any], Iterator[str]]] = {
    "string": _text,
    "text": _text,
    "slug": _form(SLUG, "a slug: lower-case words and digits joined by hyphens"),
    "email": _form(_EMAIL, "an e-mail address"),
    "url": _form(_URL, "an absolute http or https URL"),
    "uuid": _form(_UUID, "a UUID"),
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "duration": _form(DURATION, "a duration like `PT1H30M`"),
    "enum": _enum,
    "ref": _reference,
    "list": _list,
    "map": _map,
    "object": _object,
    "json": _json,
}
