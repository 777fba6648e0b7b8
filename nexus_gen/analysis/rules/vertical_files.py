"""NX206: a vertical is called otherwise than its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def vertical_files(subject: Subject) -> Iterator[Diagnostic]:
    """Verticals whose files have other names; two verticals of one name are another problem."""
    names = Counter((vertical.place / "vertical").text for vertical in subject.verticals)
    for vertical in subject.verticals:
        place = vertical.place / "vertical"
        stem = PurePosixPath(vertical.document.file).stem
        if place.text and place.text != stem and names[place.text] == 1:
            yield Diagnostic(
                "NX206",
                f"the vertical is called `{place.text}`, its file `{stem}`",
                place.span,
                note=f"not `{stem}`",
                help=f"write `vertical: {stem}`, or rename the file to `{place.text}.yaml`",
            )
