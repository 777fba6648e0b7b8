"""NX301: two routes have the same path and method."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Entity


def path_collisions(subject: Subject) -> Iterator[Diagnostic]:
    """Entities of which a route leads to another's, as `restore` and a child called so do.

    Equal collections are equal names, which is another problem.
    """
    first: dict[tuple[str, str], tuple[EntitySource, Entity]] = {}
    for source, entity in subject.lowered():
        for operation in entity.operations:
            earlier, other = first.setdefault((operation.method, operation.path), (source, entity))
            if earlier is source or other.key.collection_path == entity.key.collection_path:
                continue
            yield Diagnostic(
                "NX301",
                f"`{other.name}` and `{entity.name}` both answer "
                f"`{operation.method} {operation.path}`",
                source.place.key,
                note="the second",
                labels=(Label(earlier.place.key, "the first"),),
                help="give one of them another name or another `plural`",
            )
            break
