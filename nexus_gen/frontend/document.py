"""A parsed YAML file: plain data, and where each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nexus_gen.diagnostics import Span

DocumentPath = tuple[str | int, ...]
"""Keys and list positions from the top of a document: `("entities", "Course", "fields")`."""


class DocumentKind(StrEnum):
    """Which schema a document follows."""

    NEXUS = "nexus"
    VERTICAL = "vertical"
    MIXINS = "mixins"


@dataclass(slots=True)
class SourceMap:
    """Document path -> where its key and its value stand.

    A list position has no key of its own: its key span is its value span.
    """

    file: str
    keys: dict[DocumentPath, Span] = field(default_factory=dict)
    values: dict[DocumentPath, Span] = field(default_factory=dict)

    def key(self, *path: str | int) -> Span:
        """Span of the key at `path`, or of the nearest ancestor that is in the file."""
        return self._nearest(self.keys, path)

    def value(self, *path: str | int) -> Span:
        """Span of the value at `path`, or of the nearest ancestor that is in the file."""
        return self._nearest(self.values, path)

    def _nearest(self, spans: dict[DocumentPath, Span], path: DocumentPath) -> Span:
        while path:
            if (span := spans.get(path)) is not None:
                return span
            path = path[:-1]
        return spans.get((), Span(self.file, 1, 1, 2))


@dataclass(frozen=True, slots=True)
class Document:
    """One file of `spec/`, after parsing."""

    kind: DocumentKind
    file: str
    data: dict[str, Any]
    source: SourceMap
    lines: tuple[str, ...]
