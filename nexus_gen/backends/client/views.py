"""What the client's templates see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nexus_gen.backends.client import metadata, types
from nexus_gen.backends.client.literals import pretty
from nexus_gen.backends.client.names import ClientNames, client_names, folder_name
from nexus_gen.backends.client.types import Member
from nexus_gen.model import Entity, EntityKey, Field, Model, OperationKind, Vertical
from nexus_gen.render import Code, Identifier, typescript

LONGEST_PARAMETERS = 40
"""Characters of parameters that stand on the line of their function."""

Graph = Mapping[EntityKey, Entity]


class ModelView:
    """The whole product as data."""

    def __init__(self, model: Model) -> None:
        self.data = pretty(metadata.metadata(model))


class PackageView:
    """The modules of every vertical."""

    def __init__(self, model: Model) -> None:
        self.folders = [
            Identifier(folder_name(vertical))
            for vertical in model.verticals
            if any(entity.operations for entity in vertical.entities)
        ]


class VerticalView:
    """The modules of one vertical's entities."""

    def __init__(self, vertical: Vertical, names: Mapping[EntityKey, ClientNames]) -> None:
        self.modules = sorted(
            Identifier(names[entity.key].module)
            for entity in vertical.entities
            if entity.operations
        )


class TypeView:
    """One interface."""

    def __init__(self, name: str, description: str, members: Iterable[Member]) -> None:
        self.name = Identifier(name)
        self.description = description
        self.members = list(members)
        self.is_empty = not self.members


class ParentView:
    """One path parameter of a parent, as hooks take it."""

    def __init__(self, parent: EntityKey) -> None:
        self.argument = Identifier(f"{parent.name.camel}Id")


class EntityView:
    """One entity: its types, its descriptor, and the hooks for the operations that it has."""

    def __init__(self, entity: Entity, names: ClientNames, graph: Graph) -> None:
        kinds = {operation.kind for operation in entity.operations}
        self.noun = entity.name.text
        self.a_noun = f"{'an' if entity.name.text[:1] in 'aeio' else 'a'} {entity.name.text}"
        self.nouns = entity.name.plural.text
        self.title = self.nouns.capitalize()
        self.can_read = OperationKind.LIST in kinds
        self.can_create = OperationKind.CREATE in kinds
        self.can_update = OperationKind.UPDATE in kinds
        self.can_delete = OperationKind.DELETE in kinds
        self.can_restore = OperationKind.RESTORE in kinds
        self.has_parents = bool(entity.key.parents)
        self._describe(entity, names, graph)
        self._name(names)

    def _describe(self, entity: Entity, names: ClientNames, graph: Graph) -> None:
        above = list(metadata.parents(entity))
        description = entity.description or f"{self.a_noun.capitalize()}."
        self.item = TypeView(names.item, description, types.answer(entity))
        self.creation = TypeView(
            names.creation, f"What {self.a_noun} is created from.", types.creation(entity)
        )
        self.patch = TypeView(
            names.patch,
            "What to change; null clears a field, or brings its default back.",
            types.patch(entity),
        )
        self.alternatives = [Code(text) for text in _alternatives(entity)]
        self.has_filters = len(self.alternatives) > 1
        self.parents = [ParentView(parent) for parent in above]
        ids = {parent.id_parameter: Code(f"{parent.name.camel}Id") for parent in above}
        self.parent_ids = typescript(ids)
        self.parameters = _parameters([parent.argument for parent in self.parents])
        self.key = metadata.entity_id(entity.key)
        self.collection = entity.key.collection_path
        self.path = entity.key.item_path
        self.id_parameter = Identifier(entity.key.id_parameter)
        self.defaults = pretty(metadata.defaults(entity), 2, 12)
        self.related = pretty(metadata.related(entity, graph), 2, 11)
        self.create_type = Identifier(names.creation if self.can_create else "never")
        self.patch_type = Identifier(names.patch if self.can_update else "never")
        self.query_type = Identifier(names.query if self.can_read else "never")
        self.parent_type = Code(
            " | ".join(typescript(parent.id_parameter) for parent in above) or "never"
        )

    def _name(self, names: ClientNames) -> None:
        self.query = Identifier(names.query)
        self.types = Identifier(names.types)
        self.descriptor = Identifier(names.descriptor)
        self.use_list = Identifier(names.use_list)
        self.use_one = Identifier(names.use_one)
        self.use_create = Identifier(names.use_create)
        self.use_update = Identifier(names.use_update)
        self.use_delete = Identifier(names.use_delete)
        self.use_restore = Identifier(names.use_restore)


class ReadmeView:
    """How to install the package, shown with an entity of the spec."""

    def __init__(self, model: Model) -> None:
        self.package = Identifier(package_name(model))
        names = client_names(model)
        self.entities = [
            RowView(entity, names[entity.key])
            for vertical in model.verticals
            for entity in vertical.entities
            if entity.operations
        ]
        self.examples = [row for row in self.entities if row.can_read and not row.has_parents][:1]


class RowView:
    """One entity of the README: its module and its list."""

    def __init__(self, entity: Entity, names: ClientNames) -> None:
        self.item = Identifier(names.item)
        self.use_list = Identifier(names.use_list)
        self.descriptor = Identifier(names.descriptor)
        self.path = Identifier(entity.key.collection_path)
        self.folder = Identifier(entity.key.vertical.kebab)
        self.module = Identifier(names.module)
        self.can_read = any(one.kind is OperationKind.LIST for one in entity.operations)
        self.has_parents = bool(entity.key.parents)


def package_name(model: Model) -> str:
    """Name of the npm package: `ai-nexus-client`."""
    return f"{model.product.name}-client"


def _parameters(names: list[Identifier]) -> Code:
    """Parameters of a function that takes ids of parents only."""
    declared = [f"{name}: string" for name in names]
    line = ", ".join(declared)
    if len(line) <= LONGEST_PARAMETERS:
        return Code(line)
    return Code("".join(f"\n  {one}," for one in declared) + "\n")


def _alternatives(entity: Entity) -> Iterable[str]:
    """Every set of filters that is served, with its orders; other filters may not be there."""
    fields = {field.name.snake: field for index in entity.indexes for field in index.match}
    trash = ["deleted"] if entity.soft_delete is not None else []
    for query in metadata.queries(entity):
        given = {name: _filter(fields[name]) for name in query["filters"]}
        absent = [name for name in [*fields, *trash] if name not in given]
        yield _alternative(given, query["sorts"], absent)
    if trash:
        yield _alternative({"deleted": "true"}, [metadata.BY_CREATION], list(fields))


def _filter(field: Field) -> str:
    return types.value(field, 6)


def _alternative(given: Mapping[str, str], sorts: list[str], absent: list[str]) -> str:
    members = [f"{name}: {type};" for name, type in given.items()]
    members += [f"{name}?: never;" for name in absent]
    orders = types.union([order for sort in sorts for order in (sort, f"-{sort}")], 6, 7)
    members.append(f"sort?:{'' if orders.startswith(chr(10)) else ' '}{orders};")
    line = f"{{ {' '.join(members).removesuffix(';')} }}"
    if "\n" not in line and len(line) + 4 <= types.WIDTH:
        return line
    return "{" + "".join(f"\n      {member}" for member in members) + "\n    }"
