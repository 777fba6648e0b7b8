"""A field in generated Python: its annotation, its check, how it is encoded and decoded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nexus_gen.backends.lambda_ import defaults
from nexus_gen.backends.lambda_.layout import (
    Expression,
    Optional,
    String,
    Text,
    call,
    dict_of,
    literal,
    subscript,
    tuple_of,
)
from nexus_gen.backends.lambda_.names import (
    BUILTIN_TYPES,
    IMPORTED_TYPES,
    shortened,
    singular,
    unused,
)
from nexus_gen.model import Field, Name
from nexus_gen.model.field_types import MAX_SAFE_INTEGER

_OMITTED = {"minimum": -MAX_SAFE_INTEGER, "maximum": MAX_SAFE_INTEGER}
"""Bounds of an integer that its check has by itself."""

_BOUNDS = (
    "min_length",
    "max_length",
    "pattern",
    "minimum",
    "maximum",
    "scale",
    "min_items",
    "max_items",
    "max_bytes",
    "max_depth",
)


class ObjectType(NamedTuple):
    """An object inside an entity: a type of its own, with functions that encode and decode it.

    Attributes:
        name: its type, `Attachment`.
        snake: `attachment`, in the names of its functions and as their parameter.
        members: its members, in the order of the spec.
    """

    name: str
    snake: str
    noun: str
    members: tuple[Face, ...]


class Face(NamedTuple):
    """One field, as the expressions that stand for it.

    Attributes:
        annotation: of a value that is present.
        check: the check of a value that is present.
        encoder, decoder: functions between a value and its DynamoDB attribute.
    """

    field: Field
    annotation: Expression
    check: Expression
    encoder: Expression
    decoder: Expression
    element: Face | None = None
    object: ObjectType | None = None

    @property
    def name(self) -> str:
        """`starts_on`"""
        return self.field.name.snake

    @property
    def member_annotation(self) -> Expression:
        """Annotation as a member of an object: with `| None` where the value may be unset."""
        return self.annotation if self.field.always_present else self.served_annotation

    @property
    def served_annotation(self) -> Expression:
        """Annotation as a field of a record: a stored value that cannot be read is None."""
        return self.annotation if self.field.type.name == "json" else Optional(self.annotation)

    def encoded(self, value: str) -> Expression:
        """The attribute of a value, which may be None."""
        if self.object is not None:
            return call(f"encode_{self.object.snake}", Text(value))
        function = f"attributes.{self.field.type.attribute}"
        if self.element is not None:
            return call(function, Text(value), self.element.encoder)
        return call(function, Text(value))

    def read(self, source: str) -> Expression:
        """The value that the attributes called `source` hold."""
        function = f"attributes.read_{self.field.type.reader}"
        arguments: list[Expression] = [Text(source), String(self.name, whole=True)]
        if self.object is not None:
            arguments.append(self.decoder)
        elif self.element is not None:
            arguments.append(self.element.decoder)
        if self.field.has_default and self.field.default is not None:
            arguments.append(literal(defaults.normal(self.field)))
        return call(function, *arguments, **_scale(self.field))


@dataclass(slots=True)
class Scope:
    """Names of one module while its fields are described.

    Attributes:
        entity: whose module it is.
        taken: names of types that the module has.
        objects: the object types found so far, inner ones first.
    """

    entity: Name
    taken: set[str]
    objects: list[ObjectType] = field(default_factory=list)


def faces(fields: Iterable[Field], scope: Scope) -> tuple[Face, ...]:
    """Every field's face; object types go to the scope."""
    fields = tuple(fields)
    shadowed = BUILTIN_TYPES.intersection(field.name.snake for field in fields)
    return tuple(_face(field, field.name, scope, shadowed) for field in fields)


def _face(field: Field, noun: Name, scope: Scope, shadowed: frozenset[str]) -> Face:
    kind = field.type.name
    if kind == "object":
        return _object_face(field, noun, scope)
    if field.of is not None:
        return _container_face(field, noun, scope, shadowed)
    return Face(
        field=field,
        annotation=_annotation(field, shadowed),
        check=_check(field),
        encoder=Text(f"attributes.{field.type.attribute}"),
        decoder=_scalar_decoder(field),
    )


def _container_face(field: Field, noun: Name, scope: Scope, shadowed: frozenset[str]) -> Face:
    assert field.of is not None
    element = _face(field.of, singular(noun), scope, shadowed)
    outer = _builtin(field.type.python, shadowed)
    if field.type.name == "map":
        annotation = subscript(outer, Text(_builtin("str", shadowed)), element.annotation)
    else:
        annotation = subscript(outer, element.annotation)
    functions = f"attributes.{field.type.attribute}", f"attributes.as_{field.type.reader}"
    return Face(
        field=field,
        annotation=annotation,
        check=call(f"checks.{field.type.check}", element.check, **_bounds(field)),
        encoder=call("partial", Text(functions[0]), encode=element.encoder),
        decoder=call("partial", Text(functions[1]), decode=element.decoder),
        element=element,
    )


def _object_face(field: Field, noun: Name, scope: Scope) -> Face:
    members = faces(field.fields, scope)
    kind = _object_type(noun, members, scope)
    keywords: dict[str, Expression] = {}
    if required := [member.name for member in members if member.field.required]:
        keywords["required"] = strings(required)
    if values := default_values(members):
        keywords["defaults"] = literal(values)
    fields = dict_of((member.name, member.check) for member in members)
    return Face(
        field=field,
        annotation=Text(kind.name),
        check=call(f"checks.{field.type.check}", fields, **keywords),
        encoder=Text(f"encode_{kind.snake}"),
        decoder=Text(f"decode_{kind.snake}"),
        object=kind,
    )


def _object_type(noun: Name, members: tuple[Face, ...], scope: Scope) -> ObjectType:
    name = shortened(noun).pascal
    if name in scope.taken or name in IMPORTED_TYPES:
        longer = shortened(Name(f"{scope.entity.snake}_{noun.snake}")).pascal
        name = unused(longer, scope.taken | IMPORTED_TYPES)
    scope.taken.add(name)
    kind = ObjectType(name, Name(name).snake, noun.text, members)
    scope.objects.append(kind)
    return kind


def strings(values: Iterable[str]) -> Expression:
    """A tuple of names."""
    return tuple_of(String(value) for value in values)


def default_values(members: Iterable[Face]) -> dict[str, Any]:
    """Defaults by field, in their normal form."""
    return {
        member.name: defaults.normal(member.field)
        for member in members
        if member.field.has_default and member.field.default is not None
    }


def _annotation(field: Field, shadowed: frozenset[str]) -> Expression:
    if field.type.name == "enum":
        return subscript("Literal", *(String(value) for value in field.constraints.values))
    return Text(_builtin(field.type.python, shadowed))


def _builtin(name: str, shadowed: frozenset[str]) -> str:
    return f"builtins.{name}" if name in shadowed else name


def _check(field: Field) -> Expression:
    values = (String(value) for value in field.constraints.values)
    return call(f"checks.{field.type.check}", *values, **_bounds(field))


def _bounds(field: Field) -> dict[str, Expression]:
    bounds: dict[str, Expression] = {}
    for name in _BOUNDS:
        bound = getattr(field.constraints, name)
        if bound is None or _OMITTED.get(name) == bound:
            continue
        bounds[name] = String(bound, raw=True) if name == "pattern" else literal(bound)
    return bounds


def _scalar_decoder(field: Field) -> Expression:
    function = Text(f"attributes.as_{field.type.reader}")
    scale = _scale(field)
    return call("partial", function, **scale) if scale else function


def _scale(field: Field) -> dict[str, Expression]:
    return {"scale": literal(field.constraints.scale)} if field.type.name == "decimal" else {}
