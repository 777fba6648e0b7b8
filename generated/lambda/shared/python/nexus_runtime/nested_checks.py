"""Checks of arrays, objects and free JSON values."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nexus_runtime.checking import Check, pointer_to, wrong_type
from nexus_runtime.number_checks import MAX_SAFE_INTEGER, is_double
from nexus_runtime.problems import Errors
from nexus_runtime.text_checks import is_line

MAX_NAME_LENGTH = 255
"""Characters of a name in a map."""

_Path = tuple[str | int, ...]

_size_of = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _List(Check):
    __slots__ = ("_element", "_max", "_min")

    def __init__(self, element: Check, min_items: int, max_items: int) -> None:
        self._element = element
        self._min = min_items
        self._max = max_items

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, list):
            return wrong_type("an array", pointer, errors)
        if not _has_items(len(value), self._min, self._max, pointer, errors):
            return None
        return [
            _element(self._element, item, pointer_to(pointer, position), errors)
            for position, item in enumerate(value)
        ]


class _Map(Check):
    __slots__ = ("_element", "_max", "_min")
    merged = True

    def __init__(self, element: Check, min_items: int, max_items: int) -> None:
        self._element = element
        self._min = min_items
        self._max = max_items

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, dict):
            return wrong_type("an object", pointer, errors)
        if not _has_items(len(value), self._min, self._max, pointer, errors):
            return None
        checked = {}
        for name, item in value.items():
            at = pointer_to(pointer, name)
            if 1 <= len(name) <= MAX_NAME_LENGTH and is_line(name):
                checked[name] = _element(self._element, item, at, errors)
            else:
                detail = f"A name has 1 to {MAX_NAME_LENGTH} characters, on one line."
                errors.add(pointer, "property_names", detail)
        return checked


class _Object(Check):
    __slots__ = ("_defaults", "_fields", "_required")
    merged = True

    def __init__(
        self, fields: Mapping[str, Check], required: frozenset[str], defaults: Mapping[str, Any]
    ) -> None:
        self._fields = fields
        self._required = required
        self._defaults = defaults

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        if not isinstance(value, dict):
            return wrong_type("an object", pointer, errors)
        for name in value:
            if name not in self._fields:
                errors.add(pointer_to(pointer, name), "unknown", "There is no such field.")
        checked = {}
        for name, check in self._fields.items():
            item = value.get(name)
            if item is not None:
                checked[name] = check(item, pointer_to(pointer, name), errors)
                continue
            checked[name] = self._defaults.get(name)
            if name in self._required:
                errors.add(pointer_to(pointer, name), "required", "A value is required.")
        return checked


class _Noted:
    """Errors of one free JSON value.

    A pointer is put together for an error that is listed only: names have any length, and a value
    has as many places below one as a body has commas.
    """

    __slots__ = ("_any", "_errors", "_pointer")

    def __init__(self, pointer: str, errors: Errors) -> None:
        self._any = False
        self._errors = errors
        self._pointer = pointer

    def __bool__(self) -> bool:
        return self._any

    def add(self, path: _Path, code: str, detail: str) -> None:
        """Note an error at a path below the value."""
        self._any = True
        if not self._errors.full:
            self._errors.add(functools.reduce(pointer_to, path, self._pointer), code, detail)

    def nul(self, path: _Path) -> None:
        """Note U+0000 in a text or a name."""
        self.add(path, "pattern", "The text holds U+0000.")


class _Json(Check):
    __slots__ = ("_bytes", "_depth")
    merged = True

    def __init__(self, max_bytes: int, max_depth: int) -> None:
        self._bytes = max_bytes
        self._depth = max_depth

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        noted = _Noted(pointer, errors)
        plain = self._plain(value, (), noted)
        if noted:
            return None
        if len(_size_of(plain).encode()) > self._bytes:
            detail = f"The value has more than {self._bytes} bytes."
            return errors.add(pointer, "max_bytes", detail)
        return plain

    def _plain(self, value: Any, path: _Path, noted: _Noted) -> Any:
        """The value with doubles for numbers that a double carries unchanged; others are errors.

        Past 2^53 every double is a whole number, and not every whole number a double.
        """
        if isinstance(value, dict | list):
            return self._plain_container(value, path, noted)
        if isinstance(value, str):
            return value if "\0" not in value else noted.nul(path)
        if not isinstance(value, int | float | Decimal):
            return value
        if value < -MAX_SAFE_INTEGER:
            return noted.add(path, "minimum", f"The number is less than {-MAX_SAFE_INTEGER}.")
        if value > MAX_SAFE_INTEGER:
            return noted.add(path, "maximum", f"The number is more than {MAX_SAFE_INTEGER}.")
        if not isinstance(value, Decimal):
            return value
        if is_double(value):
            return float(value)
        return noted.add(path, "precision", "The number has more digits than a double carries.")

    def _plain_container(self, value: Any, path: _Path, noted: _Noted) -> Any:
        if len(path) >= self._depth:
            detail = f"The value is nested more than {self._depth} levels deep."
            return noted.add(path, "max_depth", detail)
        if isinstance(value, list):
            return [
                self._plain(item, (*path, position), noted) for position, item in enumerate(value)
            ]
        if any("\0" in name for name in value):
            return noted.nul(path)
        return {name: self._plain(item, (*path, name), noted) for name, item in value.items()}


def _element(check: Check, value: Any, pointer: str, errors: Errors) -> Any:
    if value is None:
        return errors.add(pointer, "type", "The value is null.")
    return check(value, pointer, errors)


def _has_items(count: int, least: int, most: int, pointer: str, errors: Errors) -> bool:
    if count < least:
        errors.add(pointer, "min_items", f"There are fewer than {least} items.")
    elif count > most:
        errors.add(pointer, "max_items", f"There are more than {most} items.")
    else:
        return True
    return False


def list_of(element: Check, *, min_items: int = 0, max_items: int = 100) -> Check:
    """An array whose elements all pass one check."""
    return _List(element, min_items, max_items)


def map_of(element: Check, *, min_items: int = 0, max_items: int = 100) -> Check:
    """An object with any names, whose values all pass one check."""
    return _Map(element, min_items, max_items)


def object_of(
    fields: Mapping[str, Check],
    *,
    required: tuple[str, ...] = (),
    defaults: Mapping[str, Any] | None = None,
) -> Check:
    """An object of named fields; its normal form has all of them, unset ones as None."""
    return _Object(fields, frozenset(required), defaults or {})


def json_value(*, max_bytes: int = 10_000, max_depth: int = 8) -> Check:
    """Any JSON value, as large as its compact UTF-8 text."""
    return _Json(max_bytes, max_depth)
