"""NX222: an index orders by a field that is equal on the whole page."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import strings
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def sort_in_match(subject: Subject) -> Iterator[Diagnostic]:
    """Indexes whose `sort` is also in their `match`."""
    for entity, name, raw in subject.indexes():
        sort = raw.get("sort")
        if sort is not None and sort in strings(raw.get("match")):
            yield Diagnostic(
                "NX222",
                f"`{name}` orders by `{sort}`, which is equal in all that it finds",
                (entity.index(name) / "sort").span,
                note="also in `match`",
                help="order by another field, or leave `sort` out",
            )
