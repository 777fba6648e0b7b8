"""Field declarations to fields of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from nexus_gen.analysis.subject import FieldSource
from nexus_gen.diagnostics import Span
from nexus_gen.frontend.document import Document, DocumentPath
from nexus_gen.model import FIELD_TYPES, Constraints, EntityKey, Field, FieldType, Name, OnDelete

_CONSTRAINTS = frozenset(Constraints.__dataclass_fields__)
_MAX_DEPTH = 64
"""Levels past which a declaration is not followed; the language's own bound is far below."""

WATCHED = (
    *("default", "min_length", "max_length", "minimum", "maximum", "min_items", "pattern"),
    *("to", "on_delete", "fields"),
)
"""Keys of a field's declaration that some rule looks at."""
_WATCHED = frozenset(WATCHED)
_SHAPED = frozenset({"ref", "object", "list", "map"})

CREATED_BY = "created_by"
SORTABLE_STAMPS = ("created_at", "updated_at")

MAX_SUBJECT = 128
"""Characters of a caller's id: Cognito's `sub` is a UUID, a username has at most 128."""


@cache
def field_name(raw: str) -> Name:
    """The name of a field; one object for each spelling, since entities repeat each other."""
    return Name(raw)


class FieldLowering:
    """Lowers the fields of one vertical, and collects their declarations for the rules.

    Args:
        document: the vertical's file.
        targets: entities that a `ref` may point to, by name.
        declaring: filled with the fields that declare each watched key.
        nested: filled with the fields inside lists, maps and objects.
    """

    def __init__(
        self,
        document: Document,
        targets: Mapping[str, EntityKey],
        declaring: dict[str, list[FieldSource]],
        nested: list[FieldSource],
    ) -> None:
        self._document = document
        self._targets = targets
        self._declaring = declaring
        self._nested = nested

    def fields(self, declarations: Any, path: DocumentPath, depth: int = 1) -> tuple[Field, ...]:
        """The fields that a mapping declares, in its order; those without a known type are not."""
        if not isinstance(declarations, dict) or depth > _MAX_DEPTH:
            return ()
        spans = self._document.source.keys(*path)
        lowered = [
            self._field(name, raw, (*path, name), depth, spans.get(name))
            for name, raw in declarations.items()
            if isinstance(name, str)
        ]
        return tuple([field for field in lowered if field is not None])

    def _field(
        self, name: str, raw: Any, path: DocumentPath, depth: int, span: Span | None = None
    ) -> Field | None:
        if not isinstance(raw, dict) or (type_ := _type(raw)) is None:
            return None
        get = raw.get
        shape = self._shape(type_, raw, path, depth) if type_.name in _SHAPED else {}
        field = Field(
            name=field_name(name),
            type=type_,
            span=span or self._document.source.key(*path),
            description=get("description") or "",
            required=get("required") is True,
            immutable=get("immutable") is True,
            has_default="default" in raw,
            default=get("default"),
            constraints=constraints(type_, raw),
            **shape,
        )
        self._collect(raw, path, field, depth)
        return field

    def _shape(
        self, type_: FieldType, raw: dict[str, Any], path: DocumentPath, depth: int
    ) -> dict[str, Any]:
        """The parts of a field that only references and containers have."""
        if type_.name == "ref":
            target = raw.get("to")
            key = self._targets.get(target) if isinstance(target, str) else None
            return {"target": key, "on_delete": _on_delete(raw.get("on_delete"))}
        if type_.name == "object":
            return {"fields": self.fields(raw.get("fields"), (*path, "fields"), depth + 1)}
        if depth >= _MAX_DEPTH:
            return {}
        return {"of": self._field("item", raw.get("of"), (*path, "of"), depth + 1)}

    def _collect(self, raw: dict[str, Any], path: DocumentPath, field: Field, depth: int) -> None:
        watched = _WATCHED & raw.keys()
        if not watched and depth == 1:
            return
        source = FieldSource(self._document, path, raw, field, depth)
        for key in watched:
            self._declaring[key].append(source)
        if depth > 1:
            self._nested.append(source)


def constraints(type_: FieldType, raw: Mapping[str, Any]) -> Constraints:
    """The bounds of a declaration, its type's defaults where it gives none."""
    given = tuple([(key, raw[key]) for key in type_.constraints if key in raw])
    if given and {type(value) for _, value in given} <= _EXACT:
        return _repeated_constraints(type_.name, given)
    return _constraints(type_, given) if given else _DEFAULTS[type_.name]


@lru_cache(maxsize=4096)
def _repeated_constraints(type_: str, given: tuple[tuple[str, int | str], ...]) -> Constraints:
    """Declarations repeat each other across entities; keys are exact, since 1 is not True here."""
    return _constraints(FIELD_TYPES[type_], given)


def _constraints(type_: FieldType, given: Iterable[tuple[str, Any]]) -> Constraints:
    bounds = {key: value for key, value in type_.defaults.items() if key in _CONSTRAINTS}
    bounds.update({key: _bound(type_, key, value) for key, value in given if key in _CONSTRAINTS})
    return Constraints(**{key: value for key, value in bounds.items() if value is not None})


_EXACT = frozenset({int, str})
_DEFAULTS = {name: _constraints(type_, ()) for name, type_ in FIELD_TYPES.items()}


def _bound(type_: FieldType, key: str, value: Any) -> Any:
    """A bound as the model holds it, None where the declaration gives nothing usable."""
    if key == "values":
        if not isinstance(value, list) or not value:
            return None
        return tuple(item for item in value if isinstance(item, str))
    if key == "pattern":
        return value if isinstance(value, str) else None
    if key in ("minimum", "maximum") and type_.name != "integer":
        return canonical_decimal(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def canonical_decimal(value: Any) -> str | None:
    """A number in plain notation without superfluous zeros, None for anything else: `0.5`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    if not exact.is_finite() or abs(exact.adjusted()) > 200:
        return None
    text = f"{exact:f}"  # `normalize` would round to 28 digits
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return text if exact else "0"


def system_field(name: str, span: Span) -> Field | None:
    """A field that every item has and an index may use, None for any other name."""
    if name == CREATED_BY:
        bounds = Constraints(min_length=1, max_length=MAX_SUBJECT)
        kind = FIELD_TYPES["string"]
        return Field(field_name(name), kind, span, required=True, constraints=bounds)
    if name in SORTABLE_STAMPS:
        return Field(field_name(name), FIELD_TYPES["datetime"], span, required=True)
    return None


def _type(raw: Mapping[str, Any]) -> FieldType | None:
    name = raw.get("type")
    return FIELD_TYPES.get(name) if isinstance(name, str) else None


def _on_delete(value: Any) -> OnDelete:
    return OnDelete(value) if value in OnDelete.__members__.values() else OnDelete.RESTRICT
