"""Positions in a document: a value together with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nexus_gen.diagnostics import Span
from nexus_gen.frontend.document import Document, DocumentPath


class Place(NamedTuple):
    """One value of a document. Reading never fails: what is not there has the value None."""

    document: Document
    path: DocumentPath
    value: Any

    def __truediv__(self, key: str | int) -> Place:
        """The value under a key, or at a list position; a Place of None where there is none."""
        value: Any = None
        if isinstance(self.value, dict):
            value = self.value.get(key)
        elif isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            value = self.value[key]
        return Place(self.document, (*self.path, key), value)

    def __contains__(self, key: object) -> bool:
        return isinstance(self.value, dict) and key in self.value

    @property
    def name(self) -> str:
        """The last key of the path."""
        return str(self.path[-1]) if self.path else ""

    @property
    def key(self) -> Span:
        """Where its key stands."""
        return self.document.source.key(*self.path)

    @property
    def span(self) -> Span:
        """Where its value stands."""
        return self.document.source.value(*self.path)

    @property
    def text(self) -> str:
        """Its value if that is a string, else the empty string."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def mapping(self) -> dict[str, Any]:
        """Its value if that is a mapping, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def strings(self) -> tuple[str, ...]:
        """The strings of its list, in order."""
        return strings(self.value)

    def entries(self) -> Iterator[Place]:
        """The places of a mapping's values, in the order of the file."""
        for key, value in self.mapping.items():
            if isinstance(key, str):
                yield Place(self.document, (*self.path, key), value)

    def items(self) -> Iterator[Place]:
        """The places of a list's elements."""
        for position, value in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Place(self.document, (*self.path, position), value)


def strings(value: Any) -> tuple[str, ...]:
    """The strings of a list, in order; none of anything else."""
    if not isinstance(value, list):
        return ()
    return tuple([item for item in value if isinstance(item, str)])
