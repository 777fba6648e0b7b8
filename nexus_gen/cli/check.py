"""`nexus-gen check`: the real tools on `generated/`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from nexus_gen.cli.exits import ExitCode

if TYPE_CHECKING:
    from nexus_gen.diagnostics import Diagnostic, Span
    from nexus_gen.model import Model
    from nexus_gen.verify.context import Check, Subject
    from nexus_gen.verify.finding import Report
    from nexus_gen.verify.reports import Format

MIRROR = "NEXUS_TERRAFORM_MIRROR"


def check_output(
    root: Path, format: Format, output: Path | None = None, only: Sequence[str] = ()
) -> ExitCode:
    """Run the checks and print the report, or write it to the file `output`.

    Args:
        only: names of checks to run, which fail where their tool is absent; all of them if it is
            empty.
    """
    from nexus_gen.cli.output import show
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.diagnostics.formats import Format as DiagnosticFormat
    from nexus_gen.verify.progress import progress
    from nexus_gen.verify.runner import verify

    checks = _chosen(only)
    mirror = os.environ.get(MIRROR)
    if isinstance(checks, str) or (mirror and not Path(mirror).is_dir()):
        print(checks if isinstance(checks, str) else _no_mirror(str(mirror)), file=sys.stderr)
        return ExitCode.USAGE
    if output is not None and (why := _unwritable(output)) is not None:
        print(f"cannot write {output}: {why}", file=sys.stderr)
        return ExitCode.USAGE
    try:
        subject = _subject(root.resolve(), Path(mirror).resolve() if mirror else None)
    except SpecError as error:
        show(error.diagnostics, DiagnosticFormat.TEXT, root)
        return ExitCode.FAULT
    signal.signal(signal.SIGTERM, _interrupt)
    with progress(sys.stderr) as lines:
        required = bool(only) or os.environ.get("CI") == "true"
        report = verify(subject, checks, lines, require_tools=required)
    _publish(report, format, root, output)
    return ExitCode.FINE if report.ok else ExitCode.FAULT


def _unwritable(output: Path) -> str | None:
    """Why a file cannot be written, before minutes go into what should stand in it."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.open("ab").close()
    except OSError as error:
        return error.strerror or str(error)
    return None


def complete_names(incomplete: str) -> list[str]:
    """Names of checks that begin so, for shell completion."""
    from nexus_gen.verify.steps import CHECKS

    return [check.name for check in CHECKS if check.name.startswith(incomplete)]


def _chosen(only: Sequence[str]) -> tuple[Check, ...] | str:
    """The checks of these names, or what is wrong with a name."""
    from nexus_gen.diagnostics.suggest import did_you_mean
    from nexus_gen.verify.steps import CHECKS

    names = [check.name for check in CHECKS]
    for name in only:
        if name not in names:
            return f"there is no check {name!r}; {did_you_mean(name, names)}"
    return tuple(check for check in CHECKS if not only or check.name in only)


def _no_mirror(path: str) -> str:
    return f"{MIRROR} names {path!r}, which is not a folder"


def _subject(root: Path, mirror: Path | None) -> Subject:
    """What is checked. Raises SpecError where the spec, or the folder of caches, is at fault."""
    from nexus_gen import pipeline
    from nexus_gen.emit.lock import claim_folder
    from nexus_gen.verify.context import Subject

    claim_folder(root, ".nexus/check")
    model, warnings = pipeline.analyse_spec(root)
    return Subject(
        root=root,
        model=model,
        differences=lambda: (*warnings, *_differences(root, model)),
        origin=_origins(root),
        mirror=mirror,
    )


def _differences(root: Path, model: Model) -> Iterable[Diagnostic]:
    from nexus_gen import pipeline
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.emit import writer

    try:
        return writer.check(root, pipeline.generate(model))
    except SpecError as error:
        return error.diagnostics


def _origins(root: Path) -> Callable[[str, int], Span | None]:
    """Where lines of generated files come from, as the manifest beside them says."""
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.emit.folder import Folder
    from nexus_gen.emit.problems import OUTPUT
    from nexus_gen.emit.writer import read_manifest

    try:
        manifest = read_manifest(Folder(root / OUTPUT))
    except (SpecError, OSError):  # the build check says what is wrong with it
        manifest = None
    files = manifest.files if manifest else {}

    def origin(path: str, line: int) -> Span | None:
        entry = files.get(path.removeprefix(f"{OUTPUT}/"))
        return entry.source_of(line) if entry else None

    return origin


def _publish(report: Report, format: Format, root: Path, output: Path | None) -> None:
    from nexus_gen.diagnostics.render_text import wants_colour
    from nexus_gen.verify.reports import render
    from nexus_gen.verify.reports.text import summary

    if output is None:
        print(render(report, format, root, colour=wants_colour(sys.stdout)), end="", flush=True)
        return
    output.write_text(render(report, format, root), encoding="utf-8")
    print(f"{summary(report)}; report in {output}", file=sys.stderr)


def _interrupt(number: int, frame: object) -> NoReturn:
    """End as on Ctrl-C, so that no tool is left behind."""
    raise KeyboardInterrupt
