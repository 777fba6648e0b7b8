"""NX201: a name is a reserved word of a language that we generate."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.reserved import ENTITY_WORDS, languages
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.model import Name


def reserved_words(subject: Subject) -> Iterator[Diagnostic]:
    """Entities and verticals that are reserved words; fields are quoted or escaped instead."""
    for vertical in subject.verticals:
        place = vertical.place / "vertical"
        name = Name(place.text)
        yield from _report(place.text, languages(name.snake, module=True), place.span, "vertical")
        for entity in vertical.entities.values():
            yield from _entity(entity.key.name, entity.place.key)


def _entity(name: Name, span: Span) -> Iterator[Diagnostic]:
    forms = (name.snake, name.pascal, name.camel)
    if ENTITY_WORDS.isdisjoint(forms):
        return
    found = {word: languages(word, type_name=True) for word in forms}
    for word, where in found.items():
        if where:
            yield from _report(word, where, span, "entity")
            return


def _report(word: str, where: tuple[str, ...], span: Span, noun: str) -> Iterator[Diagnostic]:
    if where:
        *others, last = where
        listed = f"{', '.join(others)} and {last}" if others else last
        yield Diagnostic(
            "NX201",
            f"`{word}` is a reserved word of {listed}",
            span,
            note="reserved",
            help=f"give the {noun} another name",
        )
