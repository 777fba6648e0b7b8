"""What can be wrong with `generated/`, each as a diagnostic."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.diagnostics import Diagnostic, SpecError
from nexus_gen.diagnostics.span import Span
from nexus_gen.emit.folder import Kind

OUTPUT = "generated"
"""Folder of the output, below the project root."""


class OutputError(SpecError):
    """`generated/` cannot be brought up to date, or is not: carries every problem of it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__(sorted(diagnostics, key=_place))

    def __str__(self) -> str:
        return "; ".join(diagnostic.message for diagnostic in self.diagnostics)


def edited(path: str, line: int, template: str) -> Diagnostic:
    """Somebody changed a generated file; `line` is the first that differs."""
    of_layer = template.startswith("nexus_runtime/")
    origin = template if of_layer else f"templates/{template}"
    where = f"spec/ or in {origin}" if template else "spec/"
    return Diagnostic(
        "NX401",
        f"`{OUTPUT}/{path}` was edited",
        _line(path, line),
        note="first line that differs" if line else "",
        help=f"to keep the edit, make it in {where}, and copy it out of the file; "
        "to drop it, delete the file; then build again",
    )


def foreign(path: str, *, has_manifest: bool) -> Diagnostic:
    """A file that no manifest lists is where an output belongs."""
    move = "move it away, then build again"
    if not has_manifest:
        move = f"restore {OUTPUT}/manifest.json from version control, or {move}"
    return Diagnostic(
        "NX402", f"`{OUTPUT}/{path}` was not written by nexus-gen", _whole(path), help=move
    )


def obstructed(place: str, kind: Kind) -> Diagnostic:
    """What is at `place` (below the project root), which needs something else or nothing."""
    if kind is Kind.LINK:
        return symbolic_link(place)
    names = {Kind.FILE: "a file", Kind.FOLDER: "a folder"}
    return _in_the_way(place, names.get(kind, "something"))


def _in_the_way(place: str, obstacle: str) -> Diagnostic:
    return Diagnostic(
        "NX403",
        f"{obstacle} is in the way at `{place}`",
        Span.of_file(place),
        help="move it away, then build again",
    )


def symbolic_link(place: str) -> Diagnostic:
    """A path below the project root is a link, which could lead out of the project."""
    return Diagnostic(
        "NX404",
        f"`{place}` is a symbolic link",
        Span.of_file(place),
        help="replace it by a real file or folder, or remove it; then build again",
    )


def unreadable_manifest(reason: str, line: int = 0) -> Diagnostic:
    """The manifest is there, and is not one."""
    return Diagnostic(
        "NX405",
        f"`{OUTPUT}/manifest.json` is damaged: {reason}",
        _line("manifest.json", line),
        help="restore it from version control; or delete it and build again: files that are as "
        "the build would write them are adopted",
    )


def unusable(path: str, error: OSError) -> Diagnostic:
    """The operating system refuses to read or write `path` (relative to the project root)."""
    return Diagnostic(
        "NX406",
        f"`{path}` cannot be used: {error.strerror or error}",
        Span.of_file(path),
        help="make it readable and writable, or free some space; then build again",
    )


def interrupted(reason: str = "") -> Diagnostic:
    """A build was killed while it wrote, and `reason` keeps its work from being finished."""
    if not reason:
        return Diagnostic(
            "NX407",
            "a build was interrupted while it wrote",
            Span.of_file(OUTPUT),
            help="run `nexus-gen build`, which finishes it",
        )
    return Diagnostic(
        "NX407",
        f"a build was interrupted, and its journal cannot be used: {reason}",
        Span.of_file(f"{OUTPUT}/.nexus/journal.json"),
        help=f"delete {OUTPUT}/.nexus and restore {OUTPUT}/ from version control; then build again",
    )


def stale(path: str, line: int) -> Diagnostic:
    """The spec, a template or the tool changed since the file was built."""
    return Diagnostic(
        "NX411",
        f"`{OUTPUT}/{path}` is out of date",
        _line(path, line),
        note="first line that differs" if line else "",
        help="run `nexus-gen build` and commit what it writes",
    )


def missing(path: str) -> Diagnostic:
    """A build would write the file."""
    return Diagnostic(
        "NX412",
        f"`{OUTPUT}/{path}` is missing",
        _whole(path),
        help="run `nexus-gen build` and commit what it writes",
    )


def no_output(files: int) -> Diagnostic:
    """There is no output at all."""
    return Diagnostic(
        "NX412",
        f"`{OUTPUT}/` is missing, and {files} files in it",
        Span.of_file(OUTPUT),
        help="run `nexus-gen build` and commit what it writes",
    )


def obsolete(path: str) -> Diagnostic:
    """A build would delete the file."""
    return Diagnostic(
        "NX413",
        f"`{OUTPUT}/{path}` is no longer generated",
        _whole(path),
        help="run `nexus-gen build`, which removes it, and commit that",
    )


def extra(path: str) -> Diagnostic:
    """A file below the output folder that no build wrote."""
    return Diagnostic(
        "NX414",
        f"`{OUTPUT}/{path}` does not belong to the output",
        _whole(path),
        help=f"move it out of {OUTPUT}/, or delete it",
    )


def _whole(path: str) -> Span:
    return Span.of_file(f"{OUTPUT}/{path}")


def _line(path: str, line: int) -> Span:
    return Span(f"{OUTPUT}/{path}", line, 1, 2) if line else _whole(path)


def _place(diagnostic: Diagnostic) -> tuple[str, str]:
    return (diagnostic.span.file if diagnostic.span else "", diagnostic.code)
