"""NX203: a field has a name that the system gives to something else."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.reserved import SYSTEM_ATTRIBUTES
from nexus_gen.analysis.subject import EntitySource, Subject, VerticalSource
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import SYSTEM_FIELDS, TRASH_FIELDS

_SYSTEM = frozenset(SYSTEM_FIELDS)
_INDEX_KEYS = "gsi"
"""Begins the names of the attributes that indexes lie by (`gsi1pk`)."""


def system_fields(subject: Subject) -> Iterator[Diagnostic]:
    """Fields named as one that every item has or every item of a trash, as an ancestor's id or as a
    key of the table."""
    for vertical in subject.verticals:
        for entity in vertical.entities.values():
            yield from _of(vertical, entity)


def _of(vertical: VerticalSource, entity: EntitySource) -> Iterator[Diagnostic]:
    parents = {f"{parent.snake}_id" for parent in entity.key.parents}
    for name in entity.fields:
        labels: tuple[Label, ...] = ()
        if name in _SYSTEM:
            what = "a field that every item has"
        elif name in TRASH_FIELDS and (soft := _trash(vertical, entity)) is not None:
            what = "a field that every item in the trash has"
            labels = (Label(soft.span, "makes a trash"),)
        elif name in parents:
            what = "the id of the parent, which every child has"
        elif name in SYSTEM_ATTRIBUTES or name.startswith(_INDEX_KEYS):
            what = "kept for attributes that stored items have besides their fields"
        else:
            continue
        yield Diagnostic(
            "NX203",
            f"`{name}` is {what}",
            (entity.place / "fields" / name).key,
            note="already there",
            labels=labels,
            help="remove it, or give it another name",
        )


def _trash(vertical: VerticalSource, entity: EntitySource) -> Place | None:
    """The declaration that gives an entity its trash: its own, or the nearest ancestor's."""
    names = (entity.key.name, *reversed(entity.key.parents))
    places = (vertical.entities[name.raw].place for name in names)
    nearest = next((place / "delete" for place in places if "delete" in place), None)
    if nearest is None or nearest.mapping.get("soft") is not True:
        return None
    return nearest / "soft"
