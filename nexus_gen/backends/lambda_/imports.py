"""Import statements of an entity's module: exactly what it uses, in isort's order."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator

from nexus_gen.backends.lambda_.faces import Face, ObjectType
from nexus_gen.backends.lambda_.layout import LIMIT, Group, Text, lay_out
from nexus_gen.backends.lambda_.names import BUILTIN_TYPES
from nexus_gen.backends.lambda_.routes import ANSWERS
from nexus_gen.model import Entity
from nexus_gen.render import Code


class EntityImports:
    """What one module needs."""

    def __init__(self, entity: Entity, fields: tuple[Face, ...], objects: list[ObjectType]) -> None:
        self._entity = entity
        self._objects = objects
        self._top = fields
        self._faces = tuple(_all(fields))

    def statements(self) -> list[Code]:
        """Statements in order; an empty one stands for the line between the two sections."""
        return [*self._standard(), *self._runtime()]

    def _standard(self) -> Iterator[Code]:
        statements = []
        if self._shadowed():
            statements.append(Code("import builtins"))
        if self._partial():
            statements.append(Code("from functools import partial"))
        kinds = {face.field.type.name for face in self._faces}
        typing = [
            name
            for name, used in (
                ("Any", "json" in kinds),
                ("Literal", "enum" in kinds),
                ("TypedDict", bool(self._objects) or self._has_keywords()),
            )
            if used
        ]
        if typing:
            statements.append(_from("typing", typing))
        yield from statements
        if statements:
            yield Code("")

    def _runtime(self) -> Iterator[Code]:
        entity = self._entity
        sorts = any(index.sort is not None for index in entity.indexes)
        yield _from("nexus_runtime", ["attributes", "checks", *(["sorting"] if sorts else [])])
        yield _from("nexus_runtime.attributes", [*(["Attribute"] if self._objects else []), "Item"])
        collection = ["Collection"]
        if entity.indexes:
            collection.append("Index")
        if entity.references:
            collection.append("Reference")
        yield _from("nexus_runtime.collection", collection)
        if entity.operations:
            answers = sorted({ANSWERS[operation.kind] for operation in entity.operations})
            names = sorted([*answers, "route"])
            yield _from("nexus_runtime.http", ["Request", "Response", *names])
        keys = ["index_key", "primary_key"] if entity.indexes else ["primary_key"]
        yield _from("nexus_runtime.keys", ["Ancestors", "Tenant", *keys])
        yield _from("nexus_runtime.record", ["Record", "stamps"])

    def _has_keywords(self) -> bool:
        return any(keyword.iskeyword(face.name) for face in self._top)

    def _shadowed(self) -> bool:
        """Whether a record has a field that hides a builtin type from another annotation."""
        groups = [self._top, *(kind.members for kind in self._objects)]
        return any(_hides(members) for members in groups)

    def _partial(self) -> bool:
        """Whether a list or a map is inside another or in an object, or holds decimals."""
        elements = (face.element for face in self._faces if face.element is not None)
        members = (member for kind in self._objects for member in kind.members)
        return any(one.element is not None for one in members) or any(
            one.element is not None or one.field.type.name == "decimal" for one in elements
        )


def from_import(module: str, names: Iterable[str]) -> Code:
    """An import of names in isort's natural order (`line2` before `line10`)."""
    ordered = sorted(names, key=_natural)
    flat = f"from {module} import {', '.join(ordered)}"
    if len(flat) <= LIMIT:
        return Code(flat)
    items = [("", Text(name)) for name in ordered]
    return lay_out(Group(f"from {module} import (", items, ")"))


def _natural(name: str) -> list[tuple[int, int | str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]


def _from(module: str, names: Iterable[str]) -> Code:
    return Code(f"from {module} import {', '.join(names)}")


def _all(faces: Iterable[Face]) -> Iterator[Face]:
    """The faces and all inside them."""
    for face in faces:
        yield face
        if face.element is not None:
            yield from _all([face.element])
        if face.object is not None:
            yield from _all(face.object.members)


def _hides(members: tuple[Face, ...]) -> bool:
    names = BUILTIN_TYPES.intersection(face.name for face in members)
    return bool(names) and any(_names_one_of(face, names) for face in members)


def _names_one_of(face: Face, names: frozenset[str]) -> bool:
    if face.object is not None or face.field.type.name in ("enum", "json"):
        return False
    if face.field.type.python in names:
        return True
    if face.field.type.name == "map" and "str" in names:
        return True
    return face.element is not None and _names_one_of(face.element, names)
