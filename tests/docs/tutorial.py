"""The tutorial as steps: fenced blocks, and comments that say what a block is or what is on screen.

A `console` block holds commands behind `$ ` and what they print, a `text` block what `make dev`
prints meanwhile, both with `...` for anything. `<!-- append: FILE -->`, `<!-- edit: FILE -->` and
`<!-- file: FILE -->` say what to do with the block below them; `<!-- screen: WORDS -->` is a look
at the page that is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = re.compile(
    r"^<!-- (?P<word>append|edit|file|screen): (?P<argument>[^\n]*) -->$"
    r"|^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """One thing to do: `console`, `text`, `append`, `edit`, `file` or `screen`.

    Attributes:
        argument: the file, or the words of a look at the screen.
        body: the block.
        line: where it stands in the tutorial.
    """

    kind: str
    argument: str
    body: str
    line: int


def steps(markdown: str) -> Iterator[Step]:
    """Every step, in order."""
    pending: tuple[str, str] | None = None
    for part in _PART.finditer(markdown):
        line = markdown.count("\n", 0, part.start()) + 1
        if part["word"] == "screen":
            yield Step("screen", part["argument"], "", line)
        elif part["word"]:
            pending = part["word"], part["argument"]
        else:
            kind, argument = pending or (part["language"], "")
            pending = None
            yield Step(kind, argument, part["body"], line)
    assert pending is None, f"{pending} has no block"


def commands(body: str) -> tuple[str, list[str]]:
    """The commands of a console block as one script, and the lines that they print."""
    lines = body.splitlines()
    script = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return "\n".join(script), [line for line in lines if not line.startswith("$ ")]


def edited(text: str, diff: str) -> str:
    """A text after a diff without line numbers, whose old lines stand in it once."""
    lines = diff.splitlines()
    old = "\n".join(line[1:] for line in lines if line[:1] in (" ", "-"))
    new = "\n".join(line[1:] for line in lines if line[:1] in (" ", "+"))
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def fits(expected: str, actual: str) -> bool:
    """Whether a line is as the tutorial shows it, its margin aside; `...` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, actual.strip()) is not None
