"""Bodies against the checks of a collection: every error at once, unknown names refused."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any

from nexus_runtime.checking import pointer_to
from nexus_runtime.problems import Errors, invalid_body
from nexus_runtime.record import SYSTEM_FIELDS, TRASH_FIELDS

if TYPE_CHECKING:
    from nexus_runtime.collection import Collection

Values = dict[str, Any]


def new_values(collection: Collection[Any], body: Any) -> Values:
    """Values of a new item: every field, checked and normalised, unset ones None.

    Raises a 400 problem with all errors.
    """
    errors = Errors()
    members = _members(collection, body, errors)
    values: Values = {}
    for name, check in collection.checks.items():
        value = members.get(name)
        if value is not None:
            values[name] = check(value, f"/{name}", errors)
            continue
        values[name] = collection.defaults.get(name)
        if name in collection.required:
            errors.add(f"/{name}", "required", "A value is required.")
    if errors:
        raise invalid_body(errors)
    return values


class Patch:
    """A JSON Merge Patch (RFC 7396), as far as it can be checked without the item."""

    __slots__ = ("_collection", "_members", "_values")

    def __init__(self, collection: Collection[Any], body: Any) -> None:
        errors = Errors()
        self._collection = collection
        self._members = _members(collection, body, errors)
        self._values: Values = {}
        for name, value in self._members.items():
            self._check(name, value, errors)
        if errors:
            raise invalid_body(errors)

    def _check(self, name: str, value: Any, errors: Errors) -> None:
        collection = self._collection
        if name in collection.immutable:
            errors.add(f"/{name}", "immutable", "The value is given at creation only.")
        elif value is None:
            self._values[name] = collection.defaults.get(name)
            if name in collection.required:
                errors.add(f"/{name}", "required", "A value is required.")
        elif not self._is_merged(name, value):
            self._values[name] = collection.checks[name](value, f"/{name}", errors)

    def _is_merged(self, name: str, value: Any) -> bool:
        return isinstance(value, dict) and self._collection.checks[name].merged

    @property
    def fields(self) -> Set[str]:
        """Names of the fields that it sets or clears."""
        return self._members.keys()

    def apply(self, record: Any) -> Any:
        """The record as patched; objects are merged with what they were, then checked whole."""
        errors = Errors()
        changed = {**record, **self._values}
        for name, value in self._members.items():
            if self._is_merged(name, value):
                merged = merge(record[name], value)
                changed[name] = self._collection.checks[name](merged, f"/{name}", errors)
        if errors:
            raise invalid_body(errors)
        return changed


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


def _members(collection: Collection[Any], body: Any, errors: Errors) -> Values:
    """The members that name fields; each other one is an error."""
    if not isinstance(body, dict):
        errors.add("", "type", "The body is not an object.")
        return {}
    members = {}
    for name, value in body.items():
        if name in collection.checks:
            members[name] = value
        elif _is_read_only(collection, name):
            errors.add(f"/{name}", "read_only", "The value is set by the service.")
        else:
            errors.add(pointer_to("", name), "unknown", "There is no such field.")
    return members


def _is_read_only(collection: Collection[Any], name: str) -> bool:
    if name in TRASH_FIELDS:
        return collection.retain_seconds is not None
    return name in SYSTEM_FIELDS or name == collection.parent_id
