"""NX221: two indexes of an entity serve the same query."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import strings
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label


def duplicate_indexes(subject: Subject) -> Iterator[Diagnostic]:
    """Indexes that match the same fields and order by the same."""
    for entity in subject.entities():
        if len(indexes := entity.indexes) > 1:
            first: dict[tuple[frozenset[str], str], str] = {}
            for name, raw in indexes.items():
                query = (frozenset(strings(raw.get("match"))), str(raw.get("sort")))
                earlier = first.setdefault(query, name)
                if earlier != name:
                    yield _report(entity, earlier, name)


def _report(entity: EntitySource, earlier: str, name: str) -> Diagnostic:
    return Diagnostic(
        "NX221",
        f"the indexes `{earlier}` and `{name}` serve the same query",
        entity.index(name).key,
        note="the second",
        labels=(Label(entity.index(earlier).key, "the first"),),
        help="remove one of them",
    )
