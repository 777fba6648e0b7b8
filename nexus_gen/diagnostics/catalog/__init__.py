"""The catalog: a page for each diagnostic code, written in Markdown beside this file.

`README.md` in this folder states the format. `nexus-gen explain` prints pages, SARIF carries them,
and the tests run their examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_TITLE = re.compile(r"# (?P<code>NX\d{3}): (?P<title>\S.*)")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: (?P<path>[^\s=]+))?(?: encoding=(?P<encoding>\S+))?\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class CatalogError(ValueError):
    """A page does not follow the format of `README.md`: our bug, never a user's."""


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of an example.

    Attributes:
        path: relative to the project root, with forward slashes.
        content: its bytes, or None where the example is that the file is missing.
    """

    path: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Page:
    """What the catalog says about one code.

    Attributes:
        title: the problem in a few words, without a full stop.
        why: Markdown; why it is refused.
        bad: files that cause it; empty where a page has no example.
        message: what the text renderer says about `bad`, without the summary.
        fixed: the same files, mended.
        move: Markdown; what to do, on a page without example.
        markdown: the whole page.
    """

    code: str
    title: str
    why: str
    bad: tuple[ExampleFile, ...]
    message: str
    fixed: tuple[ExampleFile, ...]
    move: str
    markdown: str


@cache
def all_codes() -> tuple[str, ...]:
    """Every code that has a page, ascending."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("NX[0-9][0-9][0-9].md")))


def path_of(code: str) -> Path:
    """The file of a page, whether or not it exists."""
    return _FOLDER / f"{code}.md"


def page(code: str) -> Page:
    """The page of a code. Raises KeyError for a code that has none."""
    if code not in all_codes():
        raise KeyError(code)
    return parse(code, path_of(code).read_text(encoding="utf-8"))


def parse(code: str, markdown: str) -> Page:
    """A page from its Markdown. Raises CatalogError where it does not follow the format."""
    head, *rest = _SECTION.split(markdown)
    first_line, _, why = head.partition("\n")
    title = _TITLE.fullmatch(first_line)
    if title is None or title["code"] != code:
        raise CatalogError(f"{code}: the first line must be `# {code}: the problem`")
    if not why.strip():
        raise CatalogError(f"{code}: say why between the title and the first section")
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    if list(sections) not in (["Bad", "Message", "Fixed"], ["Move"]):
        raise CatalogError(f"{code}: sections are Bad, Message and Fixed, or Move alone")
    return Page(
        code=code,
        title=title["title"],
        why=why.strip(),
        bad=_files(code, sections.get("Bad")),
        message=_message(code, sections.get("Message")),
        fixed=_files(code, sections.get("Fixed")),
        move=sections.get("Move", "").strip(),
        markdown=markdown,
    )


def with_message(markdown: str, message: str) -> str:
    """The page with another text in its Message block."""
    start = markdown.index("## Message")
    block = _BLOCK.search(markdown, start)
    if block is None:
        raise CatalogError("no block under Message")
    return f"{markdown[: block.start('text')]}{message}{markdown[block.end('text') :]}"


def _files(code: str, section: str | None) -> tuple[ExampleFile, ...]:
    if section is None:
        return ()
    files = tuple(_file(code, block) for block in _BLOCK.finditer(section))
    if not files:
        raise CatalogError(f"{code}: an example has no file")
    return files


def _file(code: str, block: re.Match[str]) -> ExampleFile:
    if block["path"] is None:
        raise CatalogError(f"{code}: a block of an example has no file path")
    if block["language"] == "absent":
        return ExampleFile(block["path"], None)
    return ExampleFile(block["path"], block["text"].encode(block["encoding"] or "utf-8"))


def _message(code: str, section: str | None) -> str:
    if section is None:
        return ""
    block = _BLOCK.search(section)
    if block is None or block["language"] != "text":
        raise CatalogError(f"{code}: Message needs a block of text")
    return block["text"]
