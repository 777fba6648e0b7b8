"""What a mistake is, and how many points its diagnostic gets."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from nexus_gen import frontend
from nexus_gen.analysis import analyse
from nexus_gen.diagnostics import Diagnostic, SpecError

PRODUCT = "spec/nexus.yaml"
VERTICAL = "spec/verticals/education.yaml"
BASE = {
    PRODUCT: """\
nexus: 1
product: ai-nexus
project: aws-devops
region: us-east-1

tenancy:
  claim: custom:organization_id
  roles:
    admin: Runs an organization
    instructor: Teaches
    member: Everybody else

environments:
  dev:
    cors_origins: [https://dev.example.com, http://localhost:5173]
  prod:
    cors_origins: [https://app.example.com]
    throttle: {rate: 500, burst: 1000}
    lambda: {memory_mb: 512}
    alarms: {topic_arn: "arn:aws:sns:us-east-1:123456789012:ops"}

integration:
  mode: separate
  core_state: {backend: local, path: "../core/{environment}.tfstate"}
""",
    VERTICAL: """\
vertical: education
description: Courses and the lessons in them.

entities:
  Instructor:
    fields:
      name: {type: string, required: true, max_length: 120}
      headline: {type: string, max_length: 160}
      active: {type: boolean, default: true}
    access:
      read: [member, instructor, admin]
      create: [admin]
      update: [admin]

  Course:
    description: A course that the organization offers.
    fields:
      title: {type: string, required: true, max_length: 200}
      slug: {type: slug, required: true, immutable: true}
      code: {type: string, pattern: "^[A-Z]{3}$", max_length: 20}
      level: {type: enum, values: [beginner, advanced], default: beginner}
      language: {type: string, max_length: 5, default: en}
      price: {type: decimal, minimum: "0", scale: 2}
      capacity: {type: integer, minimum: 1, maximum: 31}
      tags: {type: list, of: {type: string, max_length: 40}, max_items: 20}
      instructor: {type: ref, to: Instructor, on_delete: restrict}
      starts_on: {type: date}
      opens_at: {type: datetime}
      layout:
        type: object
        fields:
          columns: {type: integer, minimum: 1, maximum: 12}
    unique: [slug]
    indexes:
      by_level: {match: [level], sort: starts_on}
    access:
      read: [member, instructor, admin]
      create: [instructor, admin]
      update: [instructor, admin]
      delete: [admin]
    delete: {soft: true, retain: 30d}

  Lesson:
    parent: Course
    fields:
      title: {type: string, required: true}
      position: {type: integer, minimum: 0, required: true}
    access: {inherit: Course}
""",
}


class Mistake(NamedTuple):
    """A small edit of the base spec that a person may make, and what its message must do.

    Attributes:
        name: a few words, unique.
        old: text that stands once in one file of `BASE`; empty to add a file.
        new: what is written there; «...» around what the caret must stand under.
        meant: what should stand there; `old` where None.
        says: words of the help that ask for `meant`, where the help is no replacement that a
            machine can carry out.
        file: where `new` is a whole file.
    """

    name: str
    old: str
    new: str
    meant: str | None = None
    says: str = ""
    file: str = ""


class Score(NamedTuple):
    """Points of a mistake, 0 or 1 each, and what was reported."""

    caret: int
    help: int
    found: tuple[Diagnostic, ...]
    reason: str


def score(mistake: Mistake) -> Score:
    """One point for the caret on the culprit; one if the help, followed, builds what was meant."""
    file = mistake.file or next(name for name, text in BASE.items() if mistake.old in text)
    wrong, (line, column, culprit) = _unmarked(_edited(file, mistake.old, mistake.new)[file])
    files = BASE | {file: wrong}
    found = diagnose(files)
    if not found:
        return Score(0, 0, found, "accepted")
    first = found[0]
    span = first.span
    at = (span.file, span.line, span.column, _under(first, files)) if span else ()
    caret = int(at == (file, line, column, culprit))
    reason = "" if caret else f"caret {at}, not {(file, line, column, culprit)}"
    if len(found) > 1:
        return Score(caret, 0, found, f"{reason}; {len(found)} messages")
    meant = _edited(file, mistake.old, mistake.old if mistake.meant is None else mistake.meant)
    if mistake.says:
        result = meant if mistake.says in first.help else None
    else:
        result = mended(files, first)
    if result is None:
        return Score(caret, 0, found, f"{reason}; the help is: {first.help}")
    left = diagnose(result)
    if left:
        return Score(caret, 0, found, f"{reason}; then: {left[0].message}: {left[0].help}")
    if data_of(result) != data_of(meant):
        return Score(caret, 0, found, f"{reason}; the help builds something else: {first.help}")
    return Score(caret, 1, found, reason)


def diagnose(files: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What compiling the files reports: all errors of a stage, or the warnings."""
    with tempfile.TemporaryDirectory() as folder:
        root = _write(files, Path(folder))
        try:
            documents = frontend.load(root)
            frontend.validate(documents)
            return analyse(documents)[1]
        except SpecError as error:
            return error.diagnostics


def data_of(files: dict[str, str]) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        return [document.data for document in frontend.load(_write(files, Path(folder)))]


def _write(files: dict[str, str], root: Path) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _edited(file: str, old: str, new: str) -> dict[str, str]:
    """The base with one edit; without the file where it is one that the base does not have."""
    if not old:
        return BASE | ({file: new} if new else {})
    assert BASE[file].count(old) == 1, f"{old!r} does not stand once in {file}"
    return BASE | {file: BASE[file].replace(old, new)}


def _unmarked(text: str) -> tuple[str, tuple[int, int, str]]:
    """The text without «», and line, column and text of what they surround."""
    before, _, rest = text.partition("«")
    culprit, _, after = rest.partition("»")
    return before + culprit + after, (
        before.count("\n") + 1,
        len(before.rpartition("\n")[2]) + 1,
        culprit,
    )


def _under(found: Diagnostic, files: dict[str, str]) -> str:
    """What stands above the caret."""
    span = found.span
    if span is None or span.file not in files:
        return ""
    return files[span.file].split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


_REPLACEMENT = re.compile(
    r"(?:did you mean|write a list:|write|quote (?:it|them)(?: if you mean the text)?:) "
    r"(?:`(?P<name>[^`]+)`(?: instead of `(?P<part>[^`]+)`)?(?:\?|[,;:].*|)"
    r"|(?P<text>.+?)(?:; .*|))$"
)
"""A help that says what to write where the caret is, or instead of a part of it."""


def mended(files: dict[str, str], found: Diagnostic) -> dict[str, str] | None:
    """The files with the replacement that the help names, None if it names none."""
    match = _REPLACEMENT.match(found.help)
    span = found.span
    if match is None or span is None:
        return None
    lines = files[span.file].split("\n")
    line = lines[span.line - 1]
    start, end = span.column - 1, span.end_column - 1
    if match["part"] is not None:
        part = match["part"]
        if part not in line[start:end]:
            return None
        start = line.index(part, start)
        end = start + len(part)
    lines[span.line - 1] = line[:start] + (match["name"] or match["text"]) + line[end:]
    return files | {span.file: "\n".join(lines)}
