"""NX207: the product has nothing to build."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def no_vertical(subject: Subject) -> Iterator[Diagnostic]:
    """Nothing to build."""
    if not subject.verticals:
        yield Diagnostic(
            "NX207",
            "the product has no vertical",
            (subject.nexus / "product").span,
            help="describe one in `spec/verticals/<name>.yaml`",
        )
