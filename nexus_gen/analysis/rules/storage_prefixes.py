"""NX324: a prefix of the tenant bucket that uploads pass through."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

QUARANTINE = "quarantine"


def storage_prefixes(subject: Subject) -> Iterator[Diagnostic]:
    """The prefix where files wait for validation, taken for something else."""
    for place in (subject.nexus / "storage" / "organization").items():
        if place.text == QUARANTINE:
            yield Diagnostic(
                "NX324",
                f"`{QUARANTINE}` is where uploads wait until they are validated",
                place.span,
                note="taken",
                help="give the prefix another name",
            )
