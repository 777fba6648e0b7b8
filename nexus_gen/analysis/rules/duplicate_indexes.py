"""NX221: two indexes of an entity serve the same query."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def duplicate_indexes(subject: Subject) -> Iterator[Diagnostic]:
    """Two indexes of an entity serve the same query."""
    for place in subject.indexed():
        first: dict[tuple[frozenset[str], str], Place] = {}
        for index in place.entries():
            query = (frozenset((index / "match").strings), (index / "sort").text)
            earlier = first.setdefault(query, index)
            if earlier is not index:
                yield Diagnostic(
                    "NX221",
                    f"the indexes `{earlier.name}` and `{index.name}` serve the same query",
                    index.key,
                    note="the second",
                    labels=(Label(earlier.key, "the first"),),
                    help="remove one of them",
                )
