"""What the templates of the lambda backend see."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from nexus_gen.backends.lambda_ import names
from nexus_gen.backends.lambda_.docstrings import after_colon, docstring_of, with_article
from nexus_gen.backends.lambda_.faces import ObjectType, Scope, default_values, faces, strings
from nexus_gen.backends.lambda_.imports import EntityImports, from_import
from nexus_gen.backends.lambda_.layout import (
    INDENT,
    Expression,
    Group,
    String,
    Text,
    call,
    dict_of,
    lay_out,
    literal,
    signature,
    subscript,
    tuple_of,
)
from nexus_gen.backends.lambda_.routes import RouteView, route_views
from nexus_gen.model import Entity, Index, Model, SortForm, Vertical
from nexus_gen.render import Code, Identifier

_BODY = INDENT
_MEMBER = 2 * INDENT
_NESTED_MEMBER = 3 * INDENT


class MemberView(NamedTuple):
    """One field of a record: `name: annotation`."""

    name: Identifier
    annotation: Code


class EntryView(NamedTuple):
    """One entry of a dict: `"key": value,`, laid out."""

    key: str
    value: Code


class SortView(NamedTuple):
    """A local variable of `keys`: a value in the form in which a sort key holds it."""

    name: Identifier
    value: Code


class ObjectView:
    """A type inside a record, with its encoder and decoder."""

    def __init__(self, kind: ObjectType, owner: str, *, is_first: bool) -> None:
        variable = kind.snake if kind.snake not in names.MODULE_NAMES else "value"
        optional = Text(f"{kind.name} | None")
        self.name = Identifier(kind.name)
        annotated = [(face.name, face.member_annotation) for face in kind.members]
        self.members = _members(annotated)
        docstring = docstring_of(f"{with_article(kind.noun).capitalize()} of {owner}.", _BODY)
        self.docstring = _above(docstring, self.members)
        self.keyword_bases = _keyword_bases(kind.name, annotated, is_first=is_first)
        self.base = Identifier(_keywords(kind.name) if self.keyword_bases else "TypedDict")
        encoders = dict_of((face.name, face.encoder) for face in kind.members)
        self.encode = lay_out(
            signature(f"encode_{kind.snake}", variable, optional, "Attribute | None")
        )
        self.encode_docstring = docstring_of(f"The attribute that stores the {kind.noun}.", _BODY)
        self.encoded = lay_out(
            call("attributes.object", Text(variable), encoders), indent=_BODY, lead=len("return ")
        )
        self.decode = lay_out(
            signature(f"decode_{kind.snake}", "attribute", Text("Attribute"), kind.name)
        )
        self.decode_docstring = docstring_of(f"The {kind.noun} that an attribute holds.", _BODY)
        present = [String(face.name) for face in kind.members if face.field.required]
        members = call("attributes.members", Text("attribute"), *present)
        self.decoded_members = lay_out(members, indent=_BODY, lead=len("members = "))
        self.decoded = [_entry(face.name, face.read("members"), _MEMBER) for face in kind.members]


class EntityView:
    """One entity's module."""

    def __init__(self, entity: Entity) -> None:
        self._entity = entity
        noun, plural = entity.name.text, entity.name.plural.text
        self.type = names.type_name(entity.name)
        self.variable = names.variable_name(entity.name)
        self.collection = names.collection_name(entity.name)
        self.collection_type = lay_out(
            subscript("Collection", Text(self.type)),
            lead=len(self.collection) + len(": "),
            trail=len(" = Collection("),
        )
        scope = Scope(entity.name, {self.type, *names.AMBIGUOUS})
        self._faces = faces(entity.fields, scope)
        annotated = [(face.name, face.served_annotation) for face in self._faces]
        is_first = not scope.objects
        self.keyword_bases = _keyword_bases(self.type, annotated, is_first=is_first)
        self.bases = Code(f"Record, {_keywords(self.type)}" if self.keyword_bases else "Record")
        self._objects = scope.objects
        self.docstring = docstring_of(_module_docstring(plural.capitalize(), entity.description))
        record_docstring = docstring_of(
            f"{with_article(noun).capitalize()} as the API serves it; "
            "`Record` holds id, version and stamps.",
            _BODY,
        )
        self.record_docstring = _above(record_docstring, self.members)
        self.decode_docstring = docstring_of(f"The {noun} that stored attributes describe.", _BODY)
        self.keys_docstring = docstring_of(_keys_docstring(entity), _BODY)
        self.objects = [
            ObjectView(kind, with_article(noun), is_first=at == 0)
            for at, kind in enumerate(scope.objects)
        ]
        self.routes: list[RouteView] = route_views(entity, self.collection)

    @property
    def imports(self) -> list[Code]:
        """Import statements below the docstring; an empty text is an empty line."""
        return EntityImports(self._entity, self._faces, self._objects).statements()

    @property
    def members(self) -> list[MemberView]:
        """Fields of the record, the parent's id first."""
        members = _members((face.name, face.served_annotation) for face in self._faces)
        if self._entity.parent is not None:
            parent = MemberView(Identifier(self._entity.parent.id_parameter), Code("str"))
            return [parent, *members]
        return members

    @property
    def checks(self) -> list[EntryView]:
        """Entries of CHECKS."""
        return [_entry(face.name, face.check, _BODY) for face in self._faces]

    @property
    def encoded(self) -> list[EntryView]:
        """Attributes by name."""
        entries = [(face.name, face.encoded(self._value(face.name))) for face in self._faces]
        if (parent := self._entity.parent) is not None:
            value = call("attributes.string", Text(self._value(parent.id_parameter)))
            entries.insert(0, (parent.id_parameter, value))
        return [_entry(name, expression, _NESTED_MEMBER) for name, expression in entries]

    @property
    def decoded(self) -> list[EntryView]:
        """Fields by name."""
        entries = [(face.name, face.read("item")) for face in self._faces]
        if (parent := self._entity.parent) is not None:
            name = String(parent.id_parameter)
            value = call("attributes.stored_string", Text("item"), name)
            entries.insert(0, (parent.id_parameter, value))
        return [_entry(name, expression, _MEMBER) for name, expression in entries]

    @property
    def sort_values(self) -> list[SortView]:
        """Values in the form of sort keys, each made once."""
        views = {}
        for index in self._entity.indexes:
            if index.sort is not None:
                name = self._sort_name(index)
                function = _SORTING[index.sort.type.sort]
                value = call(function, Text(self._value(index.sort.name.snake)))
                code = lay_out(value, indent=_BODY, lead=len(name) + len(" = "))
                views[name] = SortView(Identifier(name), code)
        return list(views.values())

    @property
    def keys(self) -> Code:
        """The line that begins `keys`."""
        types = {"tenant": "Tenant", self.variable: self.type, "ancestors": "Ancestors"}
        parameters = [(f"{name}: ", Text(type)) for name, type in types.items()]
        return lay_out(Group("def keys(", parameters, ") -> Item:", one_line=True))

    @property
    def primary_key(self) -> Code:
        """The call that makes the table's key."""
        name = String(self._entity.name.snake)
        arguments = (Text("tenant"), name, Text(self._value("id")), Text("ancestors"))
        expression = call("primary_key", *arguments)
        if self._entity.indexes:
            return lay_out(expression, indent=_MEMBER, lead=len("**"), trail=1)
        return lay_out(expression, indent=_BODY, lead=len("return "))

    @cached_property
    def index_keys(self) -> list[Code]:
        """The call that makes the key of each index entry."""
        return [
            lay_out(self._index_key(index), indent=_MEMBER, lead=len("**"), trail=1)
            for index in self._entity.indexes
        ]

    @property
    def arguments(self) -> list[Code]:
        """Keyword arguments of the collection."""
        return [
            Code(f"{name}={lay_out(value, indent=_BODY, lead=len(name) + 1, trail=1)}")
            for name, value in self._arguments()
        ]

    def _value(self, field: str) -> str:
        return f'{self.variable}["{field}"]'

    def _sort_name(self, index: Index) -> str:
        assert index.sort is not None
        name = index.sort.name.snake
        taken = names.MODULE_NAMES | {self.variable}
        return f"{name}_key" if name in taken else name

    def _index_key(self, index: Index) -> Expression:
        entity = self._entity
        match = [Text(self._value(field.name.snake)) for field in index.match]
        if entity.parent is not None:
            match.insert(0, Text("*ancestors"))
        return call(
            "index_key",
            String(f"gsi{index.slot}"),
            Text("tenant"),
            String(f"{entity.name.snake}#{index.name.snake}", whole=True),
            Text("ancestors") if entity.parent is not None and not index.match else tuple_of(match),
            String("") if index.sort is None else Text(self._sort_name(index)),
            Text(self._value("id")),
        )

    def _arguments(self) -> Iterator[tuple[str, Expression]]:
        entity = self._entity
        yield "entity", String(entity.name.snake)
        yield "path", String(entity.key.collection_path, whole=True)
        if entity.parent is not None:
            yield "parent", String(entity.parent.name.snake)
            yield "parent_id", String(entity.parent.id_parameter)
        for name, value in (
            ("checks", "CHECKS"),
            ("encode", "encode"),
            ("decode", "decode"),
            ("keys", "keys"),
        ):
            yield name, Text(value)
        for name, fields in (
            ("required", [field.name.snake for field in entity.required]),
            ("immutable", [field.name.snake for field in entity.fields if field.immutable]),
        ):
            if fields:
                yield name, strings(fields)
        if values := default_values(self._faces):
            yield "defaults", literal(values)
        if entity.unique:
            yield "unique", strings(field.name.snake for field in entity.unique)
        if entity.indexes:
            yield "indexes", tuple_of(_index(index) for index in entity.indexes)
        if entity.references:
            yield "references", tuple_of(_references(entity))
        if entity.soft_delete is not None:
            yield "retain_seconds", literal(entity.soft_delete.retain_seconds)
        if entity.require_if_match:
            yield "require_if_match", literal(True)


_SORTING = {
    SortForm.TEXT: "sorting.text",
    SortForm.INTEGER: "sorting.integer",
    SortForm.NUMBER: "sorting.number",
}


def _members(named: Iterable[tuple[str, Expression]]) -> list[MemberView]:
    """Members that a class can declare: of those whose name is no keyword."""
    return [_member(name, annotation) for name, annotation in named if not keyword.iskeyword(name)]


def _member(name: str, annotation: Expression) -> MemberView:
    code = lay_out(annotation, indent=_BODY, lead=len(name) + len(": "))
    if name in names.AMBIGUOUS:
        first, line_end, rest = code.partition("\n")
        code = Code(f"{first}  # noqa: E741{line_end}{rest}")
    return MemberView(Identifier(name), code)


class KeywordBase(NamedTuple):
    """A class with the members whose names are keywords, which no class body can declare.

    Attributes:
        gap: an empty line, or two where it does not follow the imports.
        statement: `_CourseKeywords = TypedDict(...)`.
    """

    gap: Code
    statement: Code


def _keyword_bases(
    type_: str, named: Iterable[tuple[str, Expression]], *, is_first: bool
) -> list[KeywordBase]:
    """The base of a type for members whose names are keywords; empty where there are none."""
    members = [(name, annotation) for name, annotation in named if keyword.iskeyword(name)]
    if not members:
        return []
    name = _keywords(type_)
    value = call("TypedDict", String(name), dict_of(members))
    statement = Code(f"{name} = {lay_out(value, lead=len(name) + len(' = '))}")
    return [KeywordBase(Code("" if is_first else "\n"), statement)]


def _above(docstring: Code, members: Iterable[object]) -> Code:
    """A docstring, and the empty line between it and members."""
    return Code(f"{docstring}\n") if members else docstring


def _keywords(type_: str) -> str:
    """The name of a type's base, which no type of a spec has."""
    return f"_{type_}Keywords"


def _entry(key: str, value: Expression, indent: int) -> EntryView:
    lead = len(key) + len('"": ')
    return EntryView(key, lay_out(value, indent=indent, lead=lead, trail=1))


def _module_docstring(plural: str, description: str) -> str:
    words = " ".join(description.split())
    return f"{plural}: {after_colon(words)}" if words else f"{plural}."


def _keys_docstring(entity: Entity) -> str:
    start = f"Where {with_article(entity.name.text)} lies in the table"
    return f"{start}: its own key, and its entry in each index." if entity.indexes else f"{start}."


def _index(index: Index) -> Expression:
    keywords: dict[str, Expression] = {}
    if index.match:
        keywords["match"] = strings(field.name.snake for field in index.match)
    if index.sort is not None:
        keywords["sort"] = String(index.sort.name.snake)
    return call("Index", String(index.name.snake), String(f"gsi{index.slot}"), **keywords)


def _references(entity: Entity) -> Iterable[Expression]:
    for field in entity.references:
        assert field.target is not None
        yield call(
            "Reference",
            String(field.name.snake),
            to=String(field.target.name.snake),
            on_delete=String(field.on_delete.value),
        )


class HandlerView:
    """A vertical's routing table."""

    def __init__(self, model: Model, vertical: Vertical) -> None:
        text = vertical.name.text
        self.docstring = docstring_of(
            f"The {text} API: its routing table, and the entry point of its Lambda function."
        )
        self.vertical = vertical.name.snake
        self.tenant_claim = model.tenancy.claim
        self.cors = model.product.cors
        modules = {entity.key: names.module_name(entity.name) for entity in vertical.entities}
        self.modules_import = from_import(".", modules.values())
        self.collections = _argument(
            "collections",
            (
                f"{modules[entity.key]}.{names.collection_name(entity.name)}"
                for entity in vertical.entities
            ),
        )
        self.routes = _argument(
            "routes",
            (
                f"{modules[entity.key]}.{operation.name.snake}"
                for entity in vertical.entities
                for operation in entity.operations
            ),
        )


def _argument(name: str, values: Iterable[str]) -> Code:
    """A keyword argument that is a tuple of names."""
    lead = len(name) + len("=")
    value = lay_out(tuple_of(Text(value) for value in values), indent=_BODY, lead=lead, trail=1)
    return Code(f"{name}={value}")


class PackageView:
    """The `__init__.py` of a vertical's package."""

    def __init__(self, vertical: Vertical) -> None:
        self.docstring = docstring_of(f"Handlers of the {vertical.name.text} API.")
