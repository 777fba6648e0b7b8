"""Documents to the frozen, resolved model."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.analysis.lower_entities import (
    EntityLowering,
    entity_keys,
    lower_entity_sources,
)
from nexus_gen.analysis.lower_fields import WATCHED, FieldLowering
from nexus_gen.analysis.lower_product import (
    lower_environments,
    lower_integration,
    lower_product,
    lower_storage,
    lower_tenancy,
)
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import FieldSource, Subject, VerticalSource
from nexus_gen.frontend.document import Document, DocumentKind, SourceMap
from nexus_gen.model import AdoptedTable, Adoption, Model, Name, Vertical


def lower(documents: Iterable[Document]) -> Model:
    """The model of a project whose documents follow their schemas.

    It is complete and sound if no rule of `nexus_gen.analysis.rules` finds an error; what does
    not resolve is left out.
    """
    return lower_subject(documents).model


def lower_subject(documents: Iterable[Document]) -> Subject:
    """The model together with the declarations that it was made from."""
    files = sorted(documents, key=lambda document: document.file)
    nexus = _nexus(files)
    declaring: dict[str, list[FieldSource]] = {key: [] for key in WATCHED}
    nested: list[FieldSource] = []
    pairs = [
        _vertical(document, declaring, nested)
        for document in files
        if document.kind is DocumentKind.VERTICAL
    ]
    pairs.sort(key=lambda pair: (pair[1].name.raw, pair[1].file))
    model = Model(
        product=lower_product(nexus),
        tenancy=lower_tenancy(nexus),
        environments=lower_environments(nexus),
        integration=lower_integration(nexus),
        storage=lower_storage(nexus),
        verticals=tuple(vertical for _, vertical in pairs),
    )
    sources = tuple(source for source, _ in pairs)
    return Subject(model, nexus, sources, declaring, nested)


def _vertical(
    document: Document, declaring: dict[str, list[FieldSource]], nested: list[FieldSource]
) -> tuple[VerticalSource, Vertical]:
    place = _whole(document)
    name = Name((place / "vertical").text)
    keys = entity_keys(name, place / "entities")
    lowering = FieldLowering(document, keys, declaring, nested)
    sources = lower_entity_sources(place / "entities", keys, lowering)
    vertical = Vertical(
        name=name,
        file=document.file,
        span=(place / "vertical").span,
        description=(place / "description").text,
        entities=EntityLowering(keys, sources).entities(),
        table=_table(place / "table"),
    )
    return VerticalSource(document, place, sources), vertical


def _table(place: Place) -> AdoptedTable | None:
    adopt = (place / "adopt").text
    if adopt not in list(Adoption):
        return None
    return AdoptedTable(Adoption(adopt), (place / "name").text or None, place.key)


def _nexus(documents: Iterable[Document]) -> Place:
    for document in documents:
        if document.kind is DocumentKind.NEXUS:
            return _whole(document)
    file = "spec/nexus.yaml"
    return _whole(Document(DocumentKind.NEXUS, file, {}, SourceMap(file), ()))


def _whole(document: Document) -> Place:
    return Place(document, (), document.data)
