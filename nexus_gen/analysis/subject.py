"""What rules look at: the resolved model, and the declarations that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from nexus_gen.analysis.place import Place
from nexus_gen.frontend.document import Document, DocumentPath
from nexus_gen.model import Entity, EntityKey, Field, Model, Vertical


class FieldSource(NamedTuple):
    """A field, a member of an object or an element of a list, with its declaration.

    Attributes:
        path: where its declaration stands in its document.
        depth: 1 for a field of an entity, one more for each list, map or object around it.
    """

    document: Document
    path: DocumentPath
    raw: dict[str, Any]
    field: Field
    depth: int

    @property
    def place(self) -> Place:
        """Its declaration."""
        return Place(self.document, self.path, self.raw)

    @property
    def label(self) -> str:
        """`title`, or where the field has no name of its own, `tags[]`."""
        text = ""
        for part in self.path[3:]:
            if part == "of":
                text += "[]"
            elif part != "fields":
                text += f".{part}" if text else str(part)
        return text


@dataclass(frozen=True, slots=True)
class EntitySource:
    """An entity's declaration, with what names resolve to there.

    Attributes:
        fields: its fields, by name.
        indexes: its indexes as they are declared, by name.
    """

    place: Place
    key: EntityKey
    fields: dict[str, Field]
    indexes: dict[str, dict[str, Any]]

    def index(self, name: str) -> Place:
        """Where an index is declared."""
        return self.place / "indexes" / name


class VerticalSource(NamedTuple):
    """A vertical's file, with its entities by the name that the file gives them."""

    document: Document
    place: Place
    entities: dict[str, EntitySource]


class Subject(NamedTuple):
    """One project, lowered.

    Attributes:
        declaring: key of a declaration (`pattern`) -> every field whose declaration has it, for
            the keys that rules ask for.
        nested: fields that stand inside a list, a map or an object.
    """

    model: Model
    nexus: Place
    verticals: tuple[VerticalSource, ...]
    declaring: Mapping[str, list[FieldSource]]
    nested: list[FieldSource]

    def fields(self, key: str) -> list[FieldSource]:
        """Every field, at any depth, whose declaration has a key."""
        return self.declaring[key]

    def entities(self) -> Iterator[EntitySource]:
        """Every declared entity, file by file."""
        for vertical in self.verticals:
            yield from vertical.entities.values()

    def lowered(self) -> Iterator[tuple[EntitySource, Entity]]:
        """Every entity of the model beside its declaration."""
        for source, vertical in zip(self.verticals, self.model.verticals, strict=True):
            yield from zip(source.entities.values(), vertical.entities, strict=True)

    def vertical_pairs(self) -> Iterator[tuple[VerticalSource, Vertical]]:
        """Every vertical of the model beside its file."""
        return zip(self.verticals, self.model.verticals, strict=True)

    def indexes(self) -> Iterator[tuple[EntitySource, str, dict[str, Any]]]:
        """Every declared index: whose it is, its name and its declaration."""
        for entity in self.entities():
            for name, raw in entity.indexes.items():
                yield entity, name, raw

    def environments(self) -> Iterator[Place]:
        """Every environment, in the order of the file."""
        return (self.nexus / "environments").entries()

    def find(self, name: str) -> EntitySource | None:
        """The first entity of a name in any vertical."""
        for vertical in self.verticals:
            if (entity := vertical.entities.get(name)) is not None:
                return entity
        return None
