"""Example values that fit their schemas, the same for the same field in every build."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import Any

from nexus_gen.backends.openapi.patterns import matching
from nexus_gen.model import Constraints, Entity, Field
from nexus_gen.model.field_types import MIN_EXPONENT

IDENTIFIER = "01K6JZ3V5W8QH2M4N7P9R1S3T5"
SUBJECT = "6f1c2b9e-4a0d-4c55-9d3b-1f6f0a7c8e21"
MOMENT = "2026-09-01T09:00:00.000000Z"

_FIXED: dict[str, Any] = {
    "email": "ada@example.org",
    "uuid": "0b2f6a54-7f0e-4d8a-9a35-5a1f4c2d7e90",
    "boolean": True,
    "date": "2026-09-01",
    "datetime": MOMENT,
    "duration": "PT45M",
    "ref": IDENTIFIER,
}


class NoExampleError(Exception):
    """No value is known that fits (a pattern with look-around, say)."""


def creation(entity: Entity) -> dict[str, Any] | None:
    """A body that creates an item; None where a required field has no example."""
    return _members(entity.fields)


def patch(entity: Entity) -> dict[str, Any] | None:
    """A merge patch of one field."""
    for field in entity.fields:
        if not field.immutable and field.target is None:
            try:
                return {field.name.snake: value(field)}
            except NoExampleError:
                continue
    return None


def answer(entity: Entity) -> dict[str, Any] | None:
    """An item as answers show it."""
    members = _members(entity.fields)
    if members is None:
        return None
    parent = {} if entity.parent is None else {entity.parent.id_parameter: IDENTIFIER}
    absent = {field.name.snake: None for field in entity.fields}
    return {
        "id": IDENTIFIER,
        **parent,
        **absent,
        **members,
        "created_at": MOMENT,
        "created_by": SUBJECT,
        "updated_at": MOMENT,
        "updated_by": SUBJECT,
        "version": 1,
    }


def value(field: Field) -> Any:
    """A value of the field; raises NoExampleError."""
    bounds = field.constraints
    if field.has_default and field.default is not None:
        return field.default
    kind = field.type.name
    if kind in _FIXED:
        return _FIXED[kind]
    match kind:
        case "enum":
            return bounds.values[0]
        case "string" | "text":
            return _text(field, bounds)
        case "slug":
            return _fitted(f"example-{field.name.kebab}", bounds, pad="x").strip("-")
        case "url":
            return _url(field, bounds)
        case "integer":
            return int(_between(bounds, Decimal(1)))
        case "number":
            exact = _between(bounds, Decimal(1))
            return int(exact) if exact == exact.to_integral_value() else float(exact)
        case "decimal":
            return _decimal(bounds)
        case "list":
            return [_element(field)] * _count(bounds)
        case "map":
            return {f"key-{at + 1}": _element(field) for at in range(_count(bounds))}
        case "object":
            if (members := _members(field.fields)) is not None:
                return members
        case "json":
            return {}
    raise NoExampleError(field.name.snake)


def _members(fields: tuple[Field, ...]) -> dict[str, Any] | None:
    members = {}
    for field in fields:
        try:
            members[field.name.snake] = value(field)
        except NoExampleError:
            if field.required:
                return None
    return members


def _element(field: Field) -> Any:
    if field.of is None:
        raise NoExampleError(field.name.snake)
    return value(field.of)


def _count(bounds: Constraints) -> int:
    wanted = max(1, bounds.min_items or 0)
    return wanted if bounds.max_items is None else min(wanted, bounds.max_items)


def _text(field: Field, bounds: Constraints) -> str:
    if bounds.pattern is None:
        return _fitted(field.name.text.capitalize(), bounds, pad=".")
    text = matching(bounds.pattern, bounds.min_length or 0)
    if text is None or not _fits(text, bounds) or not re.fullmatch(_form(field), text):
        raise NoExampleError(field.name.snake)
    return text


def _form(field: Field) -> str:
    """What every value of the type matches."""
    pattern: str = field.type.openapi["pattern"]
    return pattern


def _url(field: Field, bounds: Constraints) -> str:
    for text in (f"https://example.org/{field.name.kebab}", "https://example.org", "http://a"):
        if _fits(text, bounds):
            return text
    raise NoExampleError(field.name.snake)


def _fitted(text: str, bounds: Constraints, *, pad: str) -> str:
    """`text`, shortened or padded into the bounds of length."""
    text = text[: bounds.max_length].rstrip(" -") if bounds.max_length is not None else text
    return text.ljust(bounds.min_length or 0, pad)


def _fits(text: str, bounds: Constraints) -> bool:
    return (bounds.min_length or 0) <= len(text) and (
        bounds.max_length is None or len(text) <= bounds.max_length
    )


_LEAST = Decimal(1).scaleb(MIN_EXPONENT)


def _between(bounds: Constraints, wanted: Decimal) -> Decimal:
    if bounds.minimum is not None:
        wanted = max(wanted, Decimal(bounds.minimum))
    if bounds.maximum is not None:
        wanted = min(wanted, Decimal(bounds.maximum))
    if 0 < abs(wanted) < _LEAST:  # only a maximum is so small: what DynamoDB holds lies below it
        return Decimal(0) if wanted > 0 else -_LEAST
    return wanted


def _decimal(bounds: Constraints) -> str:
    """Rounded to the scale without leaving the bounds."""
    exact = _between(bounds, Decimal("12.5"))
    unit = Decimal(1).scaleb(-(bounds.scale or 0))
    low = None if bounds.minimum is None else Decimal(bounds.minimum)
    rounding = ROUND_CEILING if low is not None and exact == low else ROUND_FLOOR
    with localcontext(prec=500):  # a bound has any number of digits
        text = f"{exact.quantize(unit, rounding=rounding):f}"
    return re.sub(r"^-(?=[0.]+$)", "", text)
