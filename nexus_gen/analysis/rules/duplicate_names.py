"""NX204: two names that generated code would write alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Name


def duplicate_names(subject: Subject) -> Iterator[Diagnostic]:
    """Entities of a vertical, fields, members and indexes whose converted names are equal."""
    for vertical in subject.verticals:
        yield from _entities(vertical.entities.values())
    for entity in subject.entities():
        for key, noun in (("fields", "field"), ("indexes", "index")):
            if _may_clash(entity.place.mapping.get(key)):
                yield from _members(entity.place / key, noun)
    for source in subject.fields("fields"):
        if _may_clash(source.raw["fields"]):
            yield from _members(source.place / "fields", "field")


def _may_clash(names: object) -> bool:
    """Whether names of a mapping are equal but for underscores."""
    if not isinstance(names, dict) or len(names) < 2:
        return False
    return len({name.replace("_", "") for name in names if isinstance(name, str)}) < len(names)


def _entities(entities: Iterable[EntitySource]) -> Iterator[Diagnostic]:
    declared = [(entity.place, entity.key.name) for entity in entities]
    clashing: set[str] = set()
    for noun, form in _FORMS:
        for problem, name in _clashes(declared, noun, form):
            if name not in clashing:
                clashing.add(name)
                yield problem


_FORMS: tuple[tuple[str, Callable[[Name], str]], ...] = (
    ("module", lambda name: name.snake),
    ("type", lambda name: name.pascal),
    ("collection", lambda name: name.plural.snake),
)


def _members(place: Place, noun: str) -> Iterator[Diagnostic]:
    declared = [(entry, Name(entry.name)) for entry in place.entries()]
    for problem, _ in _clashes(declared, noun, lambda name: name.camel):
        yield problem


def _clashes(
    declared: Iterable[tuple[Place, Name]], noun: str, form: Callable[[Name], str]
) -> Iterator[tuple[Diagnostic, str]]:
    first: dict[str, Place] = {}
    for place, name in declared:
        written = form(name)
        earlier = first.setdefault(written.casefold(), place)
        if earlier is not place:
            problem = Diagnostic(
                "NX204",
                f"`{place.name}` and `{earlier.name}` are the same {noun} in generated code, "
                f"`{written}`",
                place.key,
                note="the second",
                labels=(Label(earlier.key, "the first"),),
                help="rename one of them"
                + (", or give it a `plural`" if noun == "collection" else ""),
            )
            yield problem, place.name
