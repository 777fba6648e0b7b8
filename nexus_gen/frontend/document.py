"""A parsed YAML file: plain data, and where each part of it stands."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

from nexus_gen.diagnostics import Span
from nexus_gen.frontend.positions import Collection, DocumentPath, Locator, Place, is_empty

__all__ = ["Document", "DocumentKind", "DocumentPath", "SourceMap"]


class DocumentKind(StrEnum):
    """Which schema a document follows."""

    NEXUS = "nexus"
    VERTICAL = "vertical"


class SourceMap:
    """Document path -> where its key and its value stand.

    A list position has no key of its own: its key span is its value span. A value that takes no
    room (`title:` with nothing behind it) has the span of its key.
    """

    __slots__ = ("_locator", "_root", "file")

    def __init__(self, file: str, lines: tuple[str, ...] = (), root: Place | None = None) -> None:
        self.file = file
        self._locator = Locator(file, lines)
        self._root = root

    def key(self, *path: str | int) -> Span:
        """Span of the key at `path`, or of the nearest ancestor that is in the file."""
        holder, last = self._find(path)
        if holder is None:
            return self._top()
        return self._locator.span(holder.keys.get(str(last), holder.values[last]))

    def keys(self, *path: str | int) -> dict[str, Span]:
        """Spans of all keys of the mapping at `path`; none where there is no mapping."""
        place = self._root
        for part in path:
            place = place.values.get(part) if isinstance(place, Collection) else None
        if not isinstance(place, Collection):
            return {}
        span = self._locator.span
        return {key: span(position) for key, position in place.keys.items()}

    def value(self, *path: str | int) -> Span:
        """Span of the value at `path`, or of the nearest ancestor that is in the file."""
        holder, last = self._find(path)
        if holder is None:
            return self._top()
        place = holder.values[last]
        return self._locator.span(holder.keys.get(str(last), place) if is_empty(place) else place)

    def _find(self, path: DocumentPath) -> tuple[Collection | None, str | int]:
        """The collection that holds the last part of `path` that is in the file, and that part."""
        holder: Collection | None = None
        last: str | int = ""
        place = self._root
        for part in path:
            if not isinstance(place, Collection) or part not in place.values:
                break
            holder, last = place, part
            place = place.values[part]
        return holder, last

    def _top(self) -> Span:
        if self._root is None:
            return Span(self.file, 1, 1, 2)
        return self._locator.span(self._root)


class Document(NamedTuple):
    """One file of `spec/`, after parsing."""

    kind: DocumentKind
    file: str
    data: dict[str, Any]
    source: SourceMap
    lines: tuple[str, ...]

    def written(self, *path: str | int) -> str:
        """The value at a path as it stands in the file: `1.10`, `0x1F`; a text without quotes.

        Of what goes over several lines, is a collection or stands for an anchor, the value as JSON.
        """
        value: Any = self.data
        for part in path:
            value = value[part]
        if isinstance(value, str):
            return value
        span = self.source.value(*path)
        text = self.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        if isinstance(value, int | float | None) and text[:1] not in "*&":
            return text
        return json.dumps(value, ensure_ascii=False, default=str)
