"""NX224: a list filters by a field whose name is already a parameter of every list."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.reserved import LIST_PARAMETERS
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def list_parameters(subject: Subject) -> Iterator[Diagnostic]:
    """Fields in `match` that are called `cursor`, `deleted`, `limit` or `sort`."""
    for entity in subject.entities():
        if "indexes" not in entity.place:
            continue
        for index in (entity.place / "indexes").entries():
            for match in (index / "match").items():
                if match.text in LIST_PARAMETERS:
                    yield Diagnostic(
                        "NX224",
                        f"a list has a parameter `{match.text}` already, so no request can filter "
                        "by a field of that name",
                        match.span,
                        note="a parameter of every list",
                        help="give the field another name",
                    )
