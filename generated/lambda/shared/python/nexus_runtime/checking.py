"""What a check is, and what all checks share."""

from __future__ import annotations

from typing import Any

from nexus_runtime.problems import Errors


class Check:
    """A rule for one value.

    Attributes:
        merged: whether a value that is an object is merged with the stored one before it is judged.
    """

    __slots__ = ()
    merged = False

    def __call__(self, value: Any, pointer: str, errors: Errors) -> Any:
        """The value in normal form; errors are noted at `pointer`, and then None is given."""
        raise NotImplementedError

    def read_query(self, text: str, errors: Errors) -> Any:
        """The value that a query parameter spells."""
        return self(text, "", errors)


def wrong_type(expected: str, pointer: str, errors: Errors) -> None:
    """Note that a value is of another JSON type."""
    errors.add(pointer, "type", f"The value is not {expected}.")


def pointer_to(parent: str, name: str | int) -> str:
    """The JSON Pointer of a member or an element (RFC 6901, section 3)."""
    if isinstance(name, int):
        return f"{parent}/{name}"
    return f"{parent}/{name.replace('~', '~0').replace('/', '~1')}"
