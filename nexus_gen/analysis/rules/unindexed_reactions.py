"""NX217: nothing finds the items that a deletion must change."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import finder
from nexus_gen.analysis.subject import FieldSource, Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import OnDelete

_VERBS = {OnDelete.CASCADE: "delete", OnDelete.DETACH: "detach"}


def unindexed_reaction(subject: Subject) -> Iterator[Diagnostic]:
    """References of root entities that react to a deletion without an index of their own."""
    indexes = {
        (declared.place.document.file, declared.place.name): entity.indexes
        for declared, entity in subject.lowered()
        if entity.parent is None
    }
    for reaction in (OnDelete.CASCADE, OnDelete.DETACH):
        for source in _references(subject, reaction):
            entity = str(source.path[1])
            known = indexes.get((source.document.file, entity))
            if source.depth > 1 or known is None or finder(source.field, known):
                continue
            name = source.field.name.raw
            yield Diagnostic(
                "NX217",
                f"no index finds the items of `{entity}` by `{name}`, so a deletion cannot "
                f"{_VERBS[reaction]} them",
                (source.place / "on_delete").span,
                note="needs an index",
                help=f"add the index `by_{name}: {{match: [{name}]}}`, or use `restrict`",
            )


def _references(subject: Subject, reaction: OnDelete) -> Iterator[FieldSource]:
    for source in subject.fields("on_delete"):
        if source.field.target is not None and source.field.on_delete is reaction:
            yield source
