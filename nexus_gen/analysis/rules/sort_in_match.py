"""NX222: an index orders by a field that is equal on the whole page."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def sort_in_match(subject: Subject) -> Iterator[Diagnostic]:
    """An index orders by a field that is equal on the whole page."""
    for place in subject.indexed():
        for index in place.entries():
            sort = index / "sort"
            if sort.text and sort.text in (index / "match").strings:
                yield Diagnostic(
                    "NX222",
                    f"`{index.name}` orders by `{sort.text}`, which is equal in all that it finds",
                    sort.span,
                    note="also in `match`",
                    help="order by another field, or leave `sort` out",
                )
