"""Defaults in the normal form in which the runtime's checks would give them.

A default takes no way through a check, so it has to look as if it had: the answer to a create must
be the answer to the get that follows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from nexus_gen.model import Field


def normal(field: Field) -> Any:
    """The default of a field; meaningful where it has one."""
    return _normal(field, field.default)


def _normal(field: Field, value: Any) -> Any:
    kind = field.type.name
    if value is None:
        return None
    if kind == "decimal":
        return f"{Decimal(value):.{field.constraints.scale}f}"
    if kind in ("email", "uuid"):
        return value.lower()
    if kind == "datetime":
        return _moment(value)
    if kind == "list" and field.of is not None:
        return [_normal(field.of, element) for element in value]
    if kind == "map" and field.of is not None:
        return {name: _normal(field.of, element) for name, element in value.items()}
    if kind == "object":
        return {member.name.snake: _member(member, value) for member in field.fields}
    return value


def _member(field: Field, members: dict[str, Any]) -> Any:
    value = members.get(field.name.snake)
    return _normal(field, field.default if value is None and field.has_default else value)


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text.upper().replace("Z", "+00:00")).astimezone(UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
