"""Where something stands in a source file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of one line of a source file.

    Attributes:
        file: path relative to the project root, with forward slashes.
        line: 1-based line number.
        column: 1-based column of the first character, counted in Unicode code points.
        end_column: 1-based column just past the last character, on the same line. A value
            that goes over several lines ends where its first line ends.
    """

    file: str
    line: int
    column: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
