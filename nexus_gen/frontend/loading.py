"""From a project's folder to documents."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yaml import CSafeLoader
from yaml.events import ScalarEvent

from nexus_gen.diagnostics import Diagnostic, Span, SpecError
from nexus_gen.frontend import yaml_problems, yaml_reader
from nexus_gen.frontend.document import Document
from nexus_gen.frontend.files import (
    MAX_SPEC_BYTES,
    SpecFile,
    Text,
    discover,
    read_text,
    too_large_together,
)

_MARKERS = ("<" * 7, "|" * 7, "=" * 7, ">" * 7)
"""How lines begin that git writes around both sides of a conflict, in their order."""

_TAB_INDENT = re.compile(r"^ *\t[ \t]*[^ \t\r\n#]", re.MULTILINE)


def load(root: Path) -> list[Document]:
    """Every document of the spec below `root`: the product, then verticals by name.

    Raises SpecError with all problems of all files.
    """
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    left = MAX_SPEC_BYTES
    with collector_paused():
        for found in discover(root):
            if isinstance(found, Diagnostic):
                problems.append(found)
                continue
            text = read_text(found, root)
            if isinstance(text, Diagnostic):
                problems.append(text)
                continue
            left -= len(text.text.encode())
            if left < 0:
                problems.append(too_large_together(found.name))
                break
            read = parse(found, text)
            if isinstance(read, Document):
                documents.append(read)
            else:
                problems.extend(read)
    if problems:
        raise SpecError(problems)
    return documents


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the cycle collector: what is built here has no cycles, and to walk it again and
    again as it grows takes longer than to parse it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def parse(file: SpecFile, text: Text) -> Document | list[Diagnostic]:
    """The document in the text of a file, or its problems in the order of lines."""
    if conflict := _conflict(file.name, text):
        return [conflict]
    reading = yaml_reader.read(file.name, text.text, text.lines)
    problems = list(reading.problems)
    if not any(problem.code in ("NX007", "NX008") for problem in problems):
        problems.extend(_tabs(file.name, text))
    if problems:
        return sorted(problems, key=lambda problem: problem.span or Span.of_file(file.name))
    return Document(file.kind, file.name, reading.data, reading.source, text.lines)


def _conflict(name: str, text: Text) -> Diagnostic | None:
    """The first merge conflict of a file; what stands between its markers is read by nobody."""
    if not any(marker in text.text for marker in _MARKERS):
        return None
    found: dict[str, Span] = {}
    for number, line in enumerate(text.lines, 1):
        marker = line[:7]
        if marker in _MARKERS and line[7:8] in ("", " "):
            if marker in found or (found and marker == _MARKERS[0]):
                break
            found[marker] = Span(name, number, 1, len(line) + 1)
            if marker == _MARKERS[-1]:
                break
    return yaml_problems.conflict(list(found.values())) if found else None


def _tabs(name: str, text: Text) -> list[Diagnostic]:
    """Tabs that indent a line and that libyaml lets pass, but for those inside a text."""
    if _TAB_INDENT.search(text.text) is None:
        return []
    inside = _continued_lines(text.text)
    return [
        yaml_problems.tab(Span(name, number, line.index("\t") + 1, line.index("\t") + 2))
        for number, line in enumerate(text.lines, 1)
        if _TAB_INDENT.match(line) and number not in inside
    ]


def _continued_lines(text: str) -> set[int]:
    """1-based numbers of the lines in which a scalar goes on that began on an earlier line."""
    lines: set[int] = set()
    events = CSafeLoader(text)
    while (event := events.get_event()) is not None:
        if isinstance(event, ScalarEvent) and event.start_mark and event.end_mark:
            lines.update(range(event.start_mark.line + 2, event.end_mark.line + 2))
    return lines
