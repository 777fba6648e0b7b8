"""Where resources stand in Terraform that we rendered: address to file and lines.

Reads the layout that `terraform fmt` gives, a block's first and last line at column one, and
follows module calls to folders beside the module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_RESOURCE = re.compile(r'^(?P<mode>resource|data) "(?P<kind>\w+)" "(?P<name>[\w-]+)" \{')
_MODULE = re.compile(r'^module "(?P<name>[\w-]+)" \{')
_SOURCE = re.compile(r'^  source\s*=\s*"(?P<path>\.\.?/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A `resource` block, or a `data` block.

    Attributes:
        module: address of the module, empty for the one that was asked for: `module.education`.
        kind: `aws_iam_role`.
        line: 1-based line of its head.
        lines: the block's text, head and end included.
    """

    module: str
    kind: str
    name: str
    path: Path
    line: int
    lines: tuple[str, ...]
    is_data: bool = False

    @property
    def address(self) -> str:
        """`module.education.aws_iam_role.tenant`, `module.education.data.aws_region.current`."""
        mode = ".data" if self.is_data else ""
        return f"{self.module}{mode}.{self.kind}.{self.name}".removeprefix(".")

    @property
    def label(self) -> str:
        """A name that no other block of its kind has: `education-tenant`."""
        modules = self.module.split(".")[1::2]
        return "-".join([*modules, self.name])

    def line_of(self, pattern: str) -> int:
        """The line of the file where the first match is; the block's own where there is none."""
        found = (at for at, line in enumerate(self.lines, self.line) if re.search(pattern, line))
        return next(found, self.line)


def resource_blocks(folder: Path, module: str = "") -> Iterator[Block]:
    """Every resource and data source of a module and of those that it calls, in order of files."""
    for path in sorted(folder.glob("*.tf")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if head := _RESOURCE.match(line):
                body = _body(lines, number)
                is_data = head["mode"] == "data"
                yield Block(module, head["kind"], head["name"], path, number, body, is_data)
            elif head := _MODULE.match(line):
                called = f"{module}.module.{head['name']}".removeprefix(".")
                for source in _sources(_body(lines, number)):
                    yield from resource_blocks((folder / source).resolve(), called)


def _body(lines: list[str], number: int) -> tuple[str, ...]:
    """The lines of the block that begins at a 1-based line."""
    for end in range(number, len(lines)):
        if lines[end].startswith("}"):
            return tuple(lines[number - 1 : end + 1])
    return tuple(lines[number - 1 :])


def _sources(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        if found := _SOURCE.match(line):
            yield found["path"]
