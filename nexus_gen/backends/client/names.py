"""Names of the client package: unique in all of it, since one module exports them all."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from nexus_gen.model import EntityKey, Model, Vertical


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CORE_NAMES = _words(
    """
    AccessRule AnyEntity ApiAnswer ApiError ApiRequest AuthenticationError BusyError Client
    ClientConfig ClientError ClientOptions ConflictError CreateResult DeleteResult EntityCache
    EntityDescriptor EntityMetadata EntityTypes FieldError FieldMetadata GetOptions IndexMetadata
    Item ItemResult ItemVersion ListData ListOptions ListResult Metadata NetworkError NexusProvider
    NexusProviderProps NotFoundError Operation Page PageOptions Parents PendingWrite PermissionError
    Problem QueryMetadata ReadOptions RestoreResult Scope StaleItemError TokenProvider
    UnreadableAnswerError UnsendableBodyError Update UpdateResult ValidationError ValueMetadata
    VerticalMetadata createClient createItem deleteItem getItem listItems loadConfig mergePatch
    parseConfig queryKeys restoreItem updateItem useClient useCreate useDelete useEntity
    useEntityList useRestore useUpdate
    """
)
"""What the core exports; a test holds it against `core/index.ts`."""

_GLOBALS = frozenset({"Array", "Record"})
"""Global types that the modules of entities use."""

_WORDS = _words(
    """
    arguments await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for function if implements import in instanceof interface let new
    null package private protected public return static super switch this throw true try typeof
    undefined var void while with yield
    """
)
"""Words that no constant may be called (ECMA-262, section 12.7.2)."""


class ClientNames(NamedTuple):
    """Names that the module of one entity exports, and the module's own."""

    module: str
    item: str
    creation: str
    patch: str
    query: str
    types: str
    descriptor: str
    use_list: str
    use_one: str
    use_create: str
    use_update: str
    use_delete: str
    use_restore: str


def folder_name(vertical: Vertical) -> str:
    """Folder of a vertical below `src/verticals`."""
    return vertical.name.kebab


def client_names(model: Model) -> dict[EntityKey, ClientNames]:
    """Names by entity; where two verticals have an entity of the same name, or the core exports
    that name, the vertical's name comes before it."""
    keys = [entity.key for vertical in model.verticals for entity in vertical.entities]
    count = Counter(key.name.pascal for key in keys)
    reserved = CORE_NAMES | _GLOBALS
    plain = {name for name, times in count.items() if times == 1 and name not in reserved}
    taken = {*reserved, *_WORDS, *plain}
    return {key: _names(key, key.name.pascal in plain, taken) for key in keys}


def _names(key: EntityKey, is_plain: bool, taken: set[str]) -> ClientNames:
    prefix = "" if is_plain else key.vertical.pascal
    base = key.name.pascal if is_plain else _unique(f"{prefix}{key.name.pascal}", taken)
    plural = f"{prefix}{key.name.plural.pascal}"
    listed = f"{base}List" if plural == base else plural
    return ClientNames(
        module="index-entity" if key.name.kebab == "index" else key.name.kebab,
        item=base,
        creation=_unique(f"{base}Create", taken),
        patch=_unique(f"{base}Patch", taken),
        query=_unique(f"{base}Query", taken),
        types=_unique(f"{base}Types", taken),
        descriptor=_unique(f"{plural[:1].lower()}{plural[1:]}", taken),
        use_list=_unique(f"use{listed}", taken),
        use_one=_unique(f"use{base}", taken),
        use_create=_unique(f"useCreate{base}", taken),
        use_update=_unique(f"useUpdate{base}", taken),
        use_delete=_unique(f"useDelete{base}", taken),
        use_restore=_unique(f"useRestore{base}", taken),
    )


def _unique(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name
