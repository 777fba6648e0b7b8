"""NX213: an entity is its own ancestor."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import parent_name
from nexus_gen.analysis.subject import Subject, VerticalSource
from nexus_gen.diagnostics import Diagnostic, Label


def parent_cycles(subject: Subject) -> Iterator[Diagnostic]:
    """An entity that is its own ancestor."""
    for vertical in subject.verticals:
        reported: set[str] = set()
        for raw, entity in vertical.entities.items():
            circle = _circle(raw, vertical)
            if circle and not reported & set(circle):
                reported.update(circle)
                chain = " -> ".join(f"`{name}`" for name in [*circle, raw])
                yield Diagnostic(
                    "NX213",
                    f"parents go in a circle: {chain}",
                    (entity.place / "parent").span,
                    labels=tuple(
                        Label((vertical.entities[name].place / "parent").span, "and on")
                        for name in circle[1:]
                    ),
                    help="one of them must have no parent"
                    if len(circle) > 1
                    else "name another parent, or none",
                )


def _circle(raw: str, vertical: VerticalSource) -> list[str]:
    """The chain of parents from an entity back to itself; empty if it does not come back."""
    chain = [raw]
    name = parent_name(vertical.entities[raw].place)
    while name in vertical.entities and name not in chain:
        chain.append(name)
        name = parent_name(vertical.entities[name].place)
    return chain if name == raw else []
