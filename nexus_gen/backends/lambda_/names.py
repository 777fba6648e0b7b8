"""Names in generated modules: what an entity's things are called, clear of what is imported."""

from __future__ import annotations

import keyword
from collections.abc import Container

from nexus_gen.model import Name
from nexus_gen.model.name import pluralize
from nexus_gen.render import Identifier

IMPORTED_TYPES = frozenset(
    {
        "Ancestors",
        "Any",
        "Attribute",
        "Collection",
        "Index",
        "Item",
        "Literal",
        "Record",
        "Reference",
        "Request",
        "Response",
        "Tenant",
        "TypedDict",
    }
)
"""Types that an entity's module may import."""

AMBIGUOUS = frozenset({"I", "O", "l"})
"""Names that a reader takes for digits (PEP 8; E741 and E742 of pycodestyle)."""

BUILTIN_TYPES = frozenset({"str", "int", "float", "bool", "list", "dict"})
"""Builtins that annotations name."""

_IMPORTED = """
    attributes builtins checks created found index_key no_content page partial primary_key route
    sorting stamps
"""
_DEFINED = "ancestors attribute decode encode item keys members request tenant"
_BUILTINS = """
    abs all any ascii bin breakpoint bytes callable chr compile complex copyright credits dir
    divmod eval exec exit filter format frozenset getattr globals hash help hex id input iter len
    license locals map max memoryview min next object oct open ord pow print property quit range
    repr reversed round set slice sorted sum super tuple type vars zip
"""

MODULE_NAMES = (
    frozenset(f"{_IMPORTED} {_DEFINED} {_BUILTINS}".split())
    | BUILTIN_TYPES
    | AMBIGUOUS
    | frozenset(keyword.kwlist)
)
"""Names that a variable of an entity's module may not have: imports, its own functions and their
parameters, keywords, builtins."""

HANDLER_NAMES = frozenset({"app", "handler"})
"""Names at the top of `handler.py`, which imports the entities' modules by name."""

_LONG = 40
_LONG_TYPE = 32
_HISSING = ("sses", "uses", "xes", "ches", "shes")


def module_name(entity: Name) -> Identifier:
    """The entity's module: `course_module`; with an underscore where the name is taken."""
    name = entity.snake
    taken = name in HANDLER_NAMES or keyword.iskeyword(name)
    return Identifier(f"{name}_" if taken else name)


def type_name(entity: Name) -> Identifier:
    """The entity's record: `Course`; `ResponseRecord` where the plain name is an import."""
    name = entity.pascal
    taken = name in IMPORTED_TYPES | AMBIGUOUS or keyword.iskeyword(name)
    return Identifier(f"{name}Record" if taken else name)


def variable_name(entity: Name) -> Identifier:
    """One record as a parameter: `course`, or `record` where that name is taken or very long."""
    name = entity.snake
    return Identifier("record" if name in MODULE_NAMES or len(name) > _LONG else name)


def collection_name(entity: Name) -> Identifier:
    """The collection: `courses`, or `page_collection` where the plural is taken."""
    name = entity.plural.snake
    return Identifier(f"{entity.snake}_collection" if name in MODULE_NAMES else name)


def singular(noun: Name) -> Name:
    """The singular of a noun that names a list: `attachments` -> `attachment`."""
    *head, last = noun.words
    if last.endswith("ies"):
        stem = f"{last[:-3]}y"
    elif last.endswith(_HISSING):
        stem = last[:-2]
    else:
        stem = last[:-1]
    return Name("_".join([*head, stem])) if pluralize(stem) == last else noun


def shortened(noun: Name) -> Name:
    """As many of the first words as make a name of at most 32 characters, so that a line which
    calls `encode_<name>` for a field of the longest name still fits."""
    words = list(noun.words)
    while len("_".join(words)) > _LONG_TYPE and len(words) > 1:
        words.pop()
    return Name("_".join(words)[:_LONG_TYPE])


def unused(name: str, taken: Container[str]) -> str:
    """`name`, with the first number behind it that makes it new."""
    number = 2
    candidate = name
    while candidate in taken:
        candidate = f"{name}{number}"
        number += 1
    return candidate
