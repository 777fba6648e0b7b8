"""NX215: entities of which none can be the first to be created."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.model import Entity, Vertical

_Needs = dict[str, list[tuple[str, Span, str]]]


def required_cycles(subject: Subject) -> Iterator[Diagnostic]:
    """Entities that need each other before they exist, by required references and parents."""
    for vertical in subject.model.verticals:
        needs = {entity.name.raw: list(_needs(entity)) for entity in vertical.entities}
        if any(needs.values()):
            yield from _cycles(vertical, needs)


def _needs(entity: Entity) -> Iterator[tuple[str, Span, str]]:
    if entity.parent is not None:
        yield entity.parent.name.raw, entity.span, "a child of"
    for field in entity.fields:
        if field.target is not None and field.required:
            yield field.target.name.raw, field.span, f"`{field.name}` needs"


def _cycles(vertical: Vertical, needs: _Needs) -> Iterator[Diagnostic]:
    """One report for each circle, from the entity that the file declares first."""
    done: set[str] = set()
    for entity in vertical.entities:
        path = _circle(entity.name.raw, needs, done)
        done.add(entity.name.raw)
        if path is not None:
            yield _report(entity.name.raw, path)


def _circle(start: str, needs: _Needs, done: set[str]) -> list[tuple[str, Span, str]] | None:
    """The shortest way from an entity back to itself through entities that are not done."""
    ways: list[list[tuple[str, Span, str]]] = [[need] for need in needs[start]]
    seen = set(done)
    for way in ways:
        name = way[-1][0]
        if name == start:
            return way
        if name not in seen and name in needs:
            seen.add(name)
            ways.extend([*way, need] for need in needs[name])
    return None


def _report(start: str, way: list[tuple[str, Span, str]]) -> Diagnostic:
    circle = " -> ".join(f"`{name}`" for name in [start, *(name for name, _, _ in way)])
    _, span, _ = way[0]
    return Diagnostic(
        "NX215",
        f"no item can be created, because each needs another first: {circle}",
        span,
        note="needs one first",
        labels=tuple(Label(where, "and this too") for _, where, _ in way[1:]),
        help="make one of these references optional",
    )
