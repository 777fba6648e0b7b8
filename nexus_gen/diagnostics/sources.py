"""Lines of source files, for renderers that show them."""

from __future__ import annotations

from pathlib import Path

_LARGEST = 8 * 1024 * 1024


class Sources:
    """Reads source files of a project when a rendering asks for one of their lines.

    Nothing outside the root is ever read, whatever a span says: what is rendered may end up in a
    public log.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._files: dict[str, tuple[str, ...]] = {}

    def line(self, file: str, number: int) -> str | None:
        """The text of a 1-based line without its line end; None where there is no such line."""
        if file not in self._files:
            self._files[file] = self._read(file)
        lines = self._files[file]
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def _read(self, file: str) -> tuple[str, ...]:
        try:
            path = (self._root / file).resolve()
            if not path.is_relative_to(self._root) or not path.is_file():
                return ()
            with path.open("rb") as stream:
                content = stream.read(_LARGEST)
        except (OSError, ValueError, RuntimeError):
            return ()
        return split_lines(content.decode("utf-8-sig", errors="replace"))


def split_lines(text: str) -> tuple[str, ...]:
    """Lines as YAML 1.2 counts them: ended by LF, CR LF or CR and by nothing else."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
