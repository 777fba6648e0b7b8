"""Golden cases: folders of `tests/golden`, found the same way to compare and to rewrite.

`<behaviour>/spec` is a small spec, `<behaviour>/paths` the files of the output that show the
behaviour (one pattern a line), `<behaviour>/expected` what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from nexus_gen.pipeline import compile, generate

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One behaviour: a small spec and a small tree."""

    folder: Path

    @property
    def expected(self) -> dict[str, str]:
        """Path -> text of what the output should hold."""
        top = self.folder / "expected"
        return {
            path.relative_to(top).as_posix(): path.read_text(encoding="utf-8")
            for path in top.rglob("*")
            if path.is_file()
        }

    def actual(self) -> dict[str, str]:
        """Path -> text of what it does hold."""
        patterns = (self.folder / "paths").read_text(encoding="utf-8").split()
        artifacts = {a.path: a.content for a in generate(compile(self.folder))}
        for pattern in patterns:
            assert any(fnmatchcase(path, pattern) for path in artifacts), pattern
        return {
            path: content.decode()
            for path, content in artifacts.items()
            if any(fnmatchcase(path, pattern) for pattern in patterns)
        }

    def rewrite(self) -> None:
        """Make what the output holds what it should hold."""
        actual = self.actual()
        for path in self.expected.keys() - actual.keys():
            (self.folder / "expected" / path).unlink()
        for name, text in actual.items():
            path = self.folder / "expected" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


CASES = {path.parent.name: Case(path.parent) for path in sorted(FOLDER.glob("*/paths"))}
