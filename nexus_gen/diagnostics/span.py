"""Where something stands in a source file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A range of one line of a source file.

    Attributes:
        file: path relative to the project root, with forward slashes.
        line: 1-based line number.
        column: 1-based column of the first character, counted in Unicode code points.
        end_column: 1-based column just past the last character, on the same line. A value
            that goes over several lines ends where its first line ends.

    The empty range at the very start (`Span.of_file`) stands for the file as a whole.
    """

    file: str
    line: int
    column: int
    end_column: int

    @classmethod
    def of_file(cls, file: str) -> Span:
        """The file as a whole: for a file that is missing or cannot be read."""
        return cls(file, 1, 1, 1)

    @property
    def is_whole_file(self) -> bool:
        """Whether it stands for the file and not for a place in it."""
        return (self.line, self.column, self.end_column) == (1, 1, 1)

    def __str__(self) -> str:
        if self.is_whole_file:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"
