"""The files of a spec: which there are, and their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.diagnostics.display import printable
from nexus_gen.diagnostics.suggest import closest
from nexus_gen.frontend.document import DocumentKind
from nexus_gen.frontend.later import MIXINS

MAX_BYTES = 4 * 1024 * 1024
"""Size of one file; about 2,500 entities."""

MAX_SPEC_BYTES = 32 * 1024 * 1024
"""Size of all files of a spec together."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_VERTICAL_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.yaml")
_UNUSUAL = re.compile(r"[^\t\n\r -~]")
"""Cheap to compile and, in most specs, all that is needed to see that nothing is forbidden."""

_FORBIDDEN = (
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2.2 forbids (section 5.1), and line separators that only YAML 1.1 breaks lines at."""


class SpecFile(NamedTuple):
    """A file of the spec that is to be read; `name` is its path in spans."""

    kind: DocumentKind
    name: str
    path: Path


class Text(NamedTuple):
    """The text of a file, and its lines (ended by LF, CR LF or CR)."""

    text: str
    lines: tuple[str, ...]


def discover(root: Path) -> Iterator[SpecFile | Diagnostic]:
    """The product's file, and verticals by name; a problem for each file out of place."""
    if not (root / "spec" / "nexus.yaml").exists():
        yield _no_spec(root)
    for path in sorted(_yaml_files(root / "spec"), key=lambda path: path.name != "nexus.yaml"):
        match path.name:
            case "nexus.yaml":
                yield SpecFile(DocumentKind.NEXUS, "spec/nexus.yaml", path)
            case "mixins.yaml":
                yield MIXINS.at(Span.of_file("spec/mixins.yaml"))
            case _:
                yield _misplaced(f"spec/{path.name}")
    for path in _yaml_files(root / "spec" / "verticals"):
        name = f"spec/verticals/{path.name}"
        if _VERTICAL_FILE.fullmatch(path.name):
            yield SpecFile(DocumentKind.VERTICAL, name, path)
        else:
            yield _misplaced(name)
    for path in _out_of_reach(root / "spec"):
        yield _misplaced(path.relative_to(root).as_posix())


def read_text(file: SpecFile, root: Path) -> Text | Diagnostic:
    """The text of a file inside the root, without a byte order mark; a problem if it has none.

    Never opens what lies outside the root or is not a regular file.
    """
    try:
        path = file.path.resolve(strict=True)
        if not path.is_relative_to(root.resolve()):
            return _outside(file.name)
        if not path.is_file():
            return _unreadable(file.name, "it is not a regular file")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return _unreadable(file.name, reason or "its links form a loop")
    if len(content) > MAX_BYTES:
        return _too_large(file.name)
    return decode(file.name, content)


def decode(name: str, content: bytes) -> Text | Diagnostic:
    """UTF-8 bytes as text, if every character of it may stand in YAML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(name, content, error)
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if _UNUSUAL.search(text) and (forbidden := re.search(_FORBIDDEN, text)):
        return _forbidden(name, text, forbidden)
    return Text(text, lines)


def _yaml_files(folder: Path) -> list[Path]:
    """YAML files of a folder and of no folder below it, by name; hidden ones are an editor's."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
    return [
        folder / name
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
    ]


def _out_of_reach(spec: Path) -> Iterator[Path]:
    """YAML files in folders of `spec/verticals`, and in one whose name is meant for it."""
    for above in (spec, spec / "verticals"):
        for folder in _folders(above):
            if above != spec or _is_misspelt(folder.name):
                yield from (path for path in _yaml_files(folder) if path.is_file())


def _folders(above: Path) -> list[Path]:
    try:
        return sorted(path for path in above.iterdir() if path.is_dir() and path.name[0] != ".")
    except OSError:
        return []


def _is_misspelt(folder: str) -> bool:
    return folder != "verticals" and closest(folder.lower(), ("verticals",)) is not None


def _no_spec(root: Path) -> Diagnostic:
    return Diagnostic(
        "NX001",
        "there is no `spec/nexus.yaml` here"
        if (root / "spec").is_dir()
        else "there is no folder `spec` here",
        help="run `nexus-gen init` to begin a spec, or change to the folder that holds `spec/`",
    )


def _unreadable(name: str, reason: str) -> Diagnostic:
    return Diagnostic(
        "NX002",
        f"`{name}` cannot be read: {reason}",
        Span.of_file(name),
        help="make it a regular file that you may read",
    )


def _outside(name: str) -> Diagnostic:
    return Diagnostic(
        "NX003",
        f"`{name}` is a link to a place outside the project",
        Span.of_file(name),
        help="put the file itself here; a spec is complete in its own repository",
    )


def _too_large(name: str) -> Diagnostic:
    return Diagnostic(
        "NX004",
        f"`{name}` is larger than {MAX_BYTES // 1024 // 1024} MB",
        Span.of_file(name),
        help="split the vertical into several files",
    )


def too_large_together(name: str) -> Diagnostic:
    """The files of the spec up to and with this one have more than `MAX_SPEC_BYTES`."""
    return Diagnostic(
        "NX004",
        f"the files of the spec are together larger than {MAX_SPEC_BYTES // 1024 // 1024} MB",
        Span.of_file(name),
        help="make several projects of it, each with verticals of its own",
    )


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Diagnostic:
    if content.startswith(_UTF_16_MARKS):
        return Diagnostic(
            "NX005",
            f"`{name}` is UTF-16, not UTF-8",
            Span.of_file(name),
            help="save the file as UTF-8",
        )
    before = content[: error.start].decode("utf-8-sig")
    return Diagnostic(
        "NX005",
        f"`{name}` is not UTF-8: byte 0x{content[error.start]:02x} cannot stand here",
        _place(name, before),
        note="not UTF-8",
        help="save the file as UTF-8",
    )


def _forbidden(name: str, text: str, found: re.Match[str]) -> Diagnostic:
    number = f"U+{ord(found[0]):04X}"
    return Diagnostic(
        "NX006",
        f"the character {number} may not stand in a spec",
        _place(name, text[: found.start()]),
        note=number,
        help=f'remove it; inside "..." it may be written as an escape: "\\u{ord(found[0]):04x}"',
    )


def _place(name: str, before: str) -> Span:
    """The character that follows `before`."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Span(name, len(lines), len(lines[-1]) + 1, len(lines[-1]) + 2)


def _misplaced(name: str) -> Diagnostic:
    shown = printable(name)
    return Diagnostic(
        "NX021",
        f"`{shown}` is not a file that nexus-gen reads",
        Span.of_file(shown),
        help=_right_place(shown),
    )


def _right_place(name: str) -> str:
    folder, _, base = name.rpartition("/")
    stem = base.rpartition(".")[0]
    if folder not in ("spec", "spec/verticals"):
        return f"move it to `spec/verticals/{stem}.yaml`: verticals lie there, side by side"
    known = closest(stem, ("nexus",)) if folder == "spec" else None
    if known is not None:
        return f"rename it to `{folder}/{known}.yaml`"
    if not _VERTICAL_FILE.fullmatch(f"{stem}.yaml"):
        return "rename it: letters, digits, `-` and `_`, and the ending `.yaml`"
    if folder == "spec":
        return f"move it to `spec/verticals/{stem}.yaml` if it is a vertical, else delete it"
    return f"rename it to `{folder}/{stem}.yaml`"
