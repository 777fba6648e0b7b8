"""NX223: an index serves what every list serves without one."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def idle_indexes(subject: Subject) -> Iterator[Diagnostic]:
    """An index serves what every list serves without one."""
    for place in subject.indexed():
        for index in place.entries():
            if not (index / "match").strings and (index / "sort").text in ("", "created_at"):
                yield Diagnostic(
                    "NX223",
                    f"`{index.name}` serves the order of creation, which needs no index",
                    index.key,
                    note="every list has it",
                    help="remove it, or say what it should match or order by",
                )
