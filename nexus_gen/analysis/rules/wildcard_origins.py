"""NX311: an origin that stands for all, or for many."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def wildcard_origins(subject: Subject) -> Iterator[Diagnostic]:
    """NX311: `*`, or a `*` in the host, which CORS would take for its own letter."""
    for environment in subject.environments():
        for place in (environment / "cors_origins").items():
            if "*" in place.text:
                yield Diagnostic(
                    "NX311",
                    f"`{place.text}` is no origin: answers to requests with credentials name one",
                    place.span,
                    note="not allowed",
                    help="list the origins of your pages, one by one",
                )
