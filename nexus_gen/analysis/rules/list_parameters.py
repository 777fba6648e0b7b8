"""NX224: a list filters by a field whose name is already a parameter of every list."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import strings
from nexus_gen.analysis.reserved import LIST_PARAMETERS
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def list_parameters(subject: Subject) -> Iterator[Diagnostic]:
    """Fields in `match` that are called `cursor`, `deleted`, `limit` or `sort`."""
    for entity, name, raw in subject.indexes():
        for position, field in enumerate(strings(raw.get("match"))):
            if field in LIST_PARAMETERS:
                yield Diagnostic(
                    "NX224",
                    f"a list has a parameter `{field}` already, so no request can filter by a "
                    "field of that name",
                    (entity.index(name) / "match" / position).span,
                    note="a parameter of every list",
                    help="give the field another name",
                )
