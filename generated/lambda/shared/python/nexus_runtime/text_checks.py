"""Checks of values that are text in JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from datetime import date as _date
from datetime import datetime as _datetime
from typing import Any

from nexus_runtime.checking import Check, wrong_type
from nexus_runtime.problems import Errors
from nexus_runtime.ulid import PATTERN as _ULID

_NOT_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters (Unicode, general category Cc) and what breaks a line besides them."""

_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab, line feed and carriage return."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
"""WHATWG HTML, "valid e-mail address", with a domain of at least two labels."""

_URL = re.compile(
    r"https?://(?:[a-z0-9._~-]|%[0-9a-f]{2})++(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[a-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*+)?",
    re.IGNORECASE | re.ASCII,
)
"""RFC 3986 with a host name or IPv4 address and no user information."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_DURATION = re.compile(
    r"P(?!\Z)(?:[0-9]+W|(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:[Zz]|([+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))"
)


def compile_pattern(pattern: str) -> Callable[[str], object]:
    """A search for a JSON Schema pattern (ECMA-262 without flags).

    Patterns are searched for, not matched as a whole. `$` is the end of the text and nothing else,
    where Python's also stands before a last line end; `.` is no line end of any kind; classes like
    `\\d` are ASCII.
    """
    parts: list[str] = []
    in_class = False
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            parts.append(pattern[position : position + 2])
            position += 2
            continue
        if character == "$" and not in_class:
            character = r"\Z"
        if character == "." and not in_class:
            character = r"[^\n\r\u2028\u2029]"
        in_class = character == "[" or (in_class and character != "]")
        parts.append(character)
        position += 1
    return re.compile("".join(parts), re.ASCII).search


class _String(Check):
    __slots__ = ("_forbidden", "_max", "_min", "_search")

    def __init__(
        self,
        min_length: int,
        max_length: int | None,
        pattern: str | None,
        forbidden: re.Pattern[str],
    ) -> None:
        self._forbidden = forbidden
        self._min = min_length
        self._max = max_length
        self._search = None if pattern is None else compile_pattern(pattern)

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, str):
            return wrong_type("a string", pointer, errors)
        if not _fits(value, self._min, self._max, pointer, errors):
            return None
        if self._forbidden.search(value):
            detail = "The text holds a control character or a line break that it may not hold."
            return errors.add(pointer, "pattern", detail)
        if self._search is not None and self._search(value) is None:
            return errors.add(pointer, "pattern", "The text does not have the required form.")
        return value


def _fits(value: str, least: int, most: int | None, pointer: str, errors: Errors) -> bool:
    if len(value) < least:
        errors.add(pointer, "min_length", f"The text has fewer than {least} characters.")
    elif most is not None and len(value) > most:
        errors.add(pointer, "max_length", f"The text has more than {most} characters.")
    else:
        return True
    return False


class _Format(Check):
    """Text that a function normalises, or refuses by None; its length is checked first."""

    __slots__ = ("_max", "_min", "_name", "_normal")

    def __init__(
        self,
        name: str,
        normal: Callable[[str], str | None],
        max_length: int,
        min_length: int = 0,
    ) -> None:
        self._name = name
        self._normal = normal
        self._max = max_length
        self._min = min_length

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, str):
            return wrong_type("a string", pointer, errors)
        if not _fits(value, self._min, self._max, pointer, errors):
            return None
        normal = self._normal(value)
        if normal is None:
            return errors.add(pointer, "format", f"The text is not {self._name}.")
        return normal


class _Enum(Check):
    __slots__ = ("_detail", "_values")

    def __init__(self, values: tuple[str, ...]) -> None:
        self._values = frozenset(values)
        self._detail = f"The value is none of {', '.join(values)}."

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, str):
            return wrong_type("a string", pointer, errors)
        if value not in self._values:
            return errors.add(pointer, "enum", self._detail)
        return value


def string(
    *, min_length: int = 0, max_length: int | None = None, pattern: str | None = None
) -> Check:
    """One line of bounded length; `pattern` is only searched for in text that is short enough."""
    return _String(min_length, max_length, pattern, _NOT_IN_LINE)


def text(
    *, min_length: int = 0, max_length: int | None = None, pattern: str | None = None
) -> Check:
    """Lines of text with tabs, as `string` otherwise."""
    return _String(min_length, max_length, pattern, _NOT_IN_TEXT)


def is_line(text: str) -> bool:
    """Whether text is one line without control characters."""
    return _NOT_IN_LINE.search(text) is None


def slug(*, min_length: int = 0, max_length: int = 100) -> Check:
    """Lower-case words and digits joined by hyphens."""
    return _Format("a slug", _whole(_SLUG), max_length, min_length)


def email() -> Check:
    """An e-mail address, in lower case."""
    return _Format("an e-mail address", _email, 254)


def url(*, max_length: int = 2048) -> Check:
    """An absolute http or https URL, as it was given."""
    return _Format("an http or https URL", _whole(_URL), max_length)


def uuid() -> Check:
    """A UUID with hyphens, in lower case."""
    return _Format("a UUID", _uuid, 36)


def date() -> Check:
    """A calendar date (RFC 3339 full-date)."""
    return _Format("a date like 2026-11-23", _calendar_date, 10)


def datetime() -> Check:
    """A moment (RFC 3339 date-time), in UTC with microseconds; finer fractions are cut off."""
    return _Format("a moment like 2026-11-23T22:27:25Z", _moment, 40)


def duration() -> Check:
    """A length of time (ISO 8601) without years and months."""
    return _Format("a duration like PT1H30M", _whole(_DURATION), 64)


def enum(*values: str) -> Check:
    """One of some texts."""
    return _Enum(values)


def reference() -> Check:
    """The id of an item; the write's transaction checks that it exists."""
    return _Format("an id", _whole(_ULID), 26)


def _whole(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    fullmatch = pattern.fullmatch
    return lambda text: text if fullmatch(text) else None


def _email(text: str) -> str | None:
    """Other letters may become ASCII in lower case, and would make another person's address."""
    lower = text.lower()
    return lower if text.isascii() and _EMAIL.fullmatch(lower) else None


def _uuid(text: str) -> str | None:
    return text.lower() if _UUID.fullmatch(text) else None


def _calendar_date(text: str) -> str | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        _date.fromisoformat(text)
    except ValueError:
        return None
    return text


def _moment(text: str) -> str | None:
    match = _DATETIME.fullmatch(text)
    if match is None:
        return None
    day, clock, fraction, offset = match.groups()
    micros = (fraction or "0")[:6].ljust(6, "0")
    try:
        local = _datetime.fromisoformat(f"{day}T{clock}.{micros}{offset or '+00:00'}")
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
