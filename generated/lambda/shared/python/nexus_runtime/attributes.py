"""Between JSON values and DynamoDB attributes: encoders, readers of items, decoders of elements.

Readers return Any: whether a value may be absent is known by the record type that takes it, which
its entity's module declares. They raise where an attribute is of another type than its field: what
becomes of such an item is said in `nexus_runtime.unreadable`.
"""

from __future__ import annotations

import json as _json
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, NoReturn

Attribute = dict[str, Any]
"""One DynamoDB attribute, `{"S": "text"}`."""

Item = dict[str, Attribute]
"""Attributes by name, as the low-level client takes and gives them."""

Encoder = Callable[[Any], Attribute | None]
Decoder = Callable[[Attribute], Any]

_to_json = _json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_from_json = _json.JSONDecoder(parse_constant=_refuse).decode

_DEEP = 100
"""Brackets of a JSON text from which on its depth is tried."""


def present(attributes: Mapping[str, Attribute | None]) -> Item:
    """The attributes that have a value: DynamoDB stores nothing for an unset field."""
    return {name: value for name, value in attributes.items() if value is not None}


def string(value: str | None) -> Attribute | None:
    """Text as `S`."""
    return None if value is None else {"S": value}


def number(value: int | float | str | Decimal | None) -> Attribute | None:
    """A number as `N`, in canonical text, from an int, a Decimal or a decimal string.

    A float comes from an item that was read before; its shortest text has the digits that were
    stored (at most 15).
    """
    if value is None:
        return None
    if type(value) is int:
        return {"N": str(value)}
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return {"N": canonical(exact)}


def canonical(value: Decimal) -> str:
    """Shortest plain or scientific text of a decimal; zero has no sign.

    Only digits are dropped that are zeros at the end, whatever the decimal context.
    """
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("not a finite number")
    text = "".join(map(str, digits))
    kept = text.rstrip("0")
    if not kept:
        return "0"
    exponent += len(text) - len(kept)
    return (
        str(Decimal((sign, tuple(map(int, kept)), exponent)))
        if exponent <= 0
        else (
            f"{'-' if sign else ''}{kept}{'0' * exponent}"
            if exponent <= 20
            else f"{'-' if sign else ''}{kept}E+{exponent}"
        )
    )


def boolean(value: bool | None) -> Attribute | None:
    """A truth value as `BOOL`."""
    return None if value is None else {"BOOL": value}


def list_of(value: list[Any] | None, encode: Encoder) -> Attribute | None:
    """A list as `L`, each element by `encode`; a null element is `NULL`."""
    if value is None:
        return None
    return {"L": [encode(element) or {"NULL": True} for element in value]}


def map_of(value: Mapping[str, Any] | None, encode: Encoder) -> Attribute | None:
    """A map as `M`, each value by `encode`."""
    if value is None:
        return None
    return {"M": {name: encode(element) or {"NULL": True} for name, element in value.items()}}


def object(value: Mapping[str, Any] | None, fields: Mapping[str, Encoder]) -> Attribute | None:
    """An object as `M`; unset members are left out."""
    if value is None:
        return None
    return {"M": present({name: encode(value.get(name)) for name, encode in fields.items()})}


def json(value: Any) -> Attribute | None:
    """Any JSON value as compact text in `S`, so that it comes back as it was."""
    return None if value is None else {"S": _to_json(value)}


def as_string(attribute: Attribute) -> Any:
    """Text of one attribute."""
    return attribute["S"] if "S" in attribute else _null(attribute)


def as_integer(attribute: Attribute) -> Any:
    """Integer of one attribute."""
    return _integer(attribute["N"]) if "N" in attribute else _null(attribute)


def as_number(attribute: Attribute) -> Any:
    """Number of one attribute: an int where it is whole, else the float of the same digits."""
    return _number(attribute["N"]) if "N" in attribute else _null(attribute)


def as_decimal(attribute: Attribute, *, scale: int) -> Any:
    """Decimal number of one attribute as text with `scale` decimal places."""
    if "N" not in attribute:
        return _null(attribute)
    return read_decimal({"": attribute}, "", scale=scale)


def as_boolean(attribute: Attribute) -> Any:
    """Truth value of one attribute."""
    return attribute["BOOL"] if "BOOL" in attribute else _null(attribute)


def as_json(attribute: Attribute) -> Any:
    """JSON value of one attribute."""
    return _json_value(attribute["S"]) if "S" in attribute else _null(attribute)


def as_list(attribute: Attribute, decode: Decoder) -> Any:
    """List of one attribute."""
    if "L" not in attribute:
        return _null(attribute)
    return [decode(element) for element in attribute["L"]]


def as_map(attribute: Attribute, decode: Decoder) -> Any:
    """Map of one attribute."""
    if "M" not in attribute:
        return _null(attribute)
    return {name: decode(value) for name, value in attribute["M"].items()}


def members(attribute: Attribute, *required: str) -> Item:
    """Members of an object; KeyError where one is missing that its type says is there."""
    found: Item = attribute["M"]
    if not found.keys() >= {*required}:
        raise KeyError(*required)
    return found


def _null(attribute: Attribute) -> None:
    """The value of a null element; ValueError for an attribute of any other type."""
    if "NULL" not in attribute:
        raise ValueError("an attribute of another type")


def _integer(text: str) -> int:
    if text.lstrip("-").isdigit():
        return int(text)
    exact = Decimal(text)
    whole = int(exact)
    if whole != exact:
        raise ValueError("not a whole number")
    return whole


def _number(text: str) -> int | float:
    if text.lstrip("-").isdigit():
        return int(text)
    double = float(text)
    if not isfinite(double):
        raise ValueError("not a finite number")
    return double


def _json_value(text: str) -> Any:
    """The value of a JSON text; ValueError, or RecursionError, where no answer can hold it."""
    value = _from_json(text)
    if "\\u" in text or text.count("[") + text.count("{") > _DEEP:
        _to_json([[[[value]]]]).encode()  # a lone surrogate, or nested too deeply for a page
    return value


def stored_string(item: Item, name: str) -> Any:
    """Text of an attribute that every item has."""
    return item[name]["S"]


def read_string(item: Item, name: str, default: Any = None) -> Any:
    """Text of an attribute, or the default that stands for an item older than its field."""
    attribute = item.get(name)
    return default if attribute is None else attribute["S"]


def read_integer(item: Item, name: str, default: Any = None) -> Any:
    """Integer of an attribute, or the default."""
    attribute = item.get(name)
    return default if attribute is None else _integer(attribute["N"])


def read_number(item: Item, name: str, default: Any = None) -> Any:
    """Number of an attribute, or the default."""
    attribute = item.get(name)
    return default if attribute is None else _number(attribute["N"])


def read_decimal(item: Item, name: str, default: Any = None, *, scale: int) -> Any:
    """Decimal number of an attribute as text with `scale` decimal places, or the default."""
    attribute = item.get(name)
    if attribute is None:
        return default
    exact = Decimal(attribute["N"])
    if not exact.is_finite():
        raise ValueError("not a finite number")
    return f"{exact:.{scale}f}"


def read_boolean(item: Item, name: str, default: Any = None) -> Any:
    """Truth value of an attribute, or the default."""
    attribute = item.get(name)
    return default if attribute is None else attribute["BOOL"]


def read_list(item: Item, name: str, decode: Decoder, default: Any = None) -> Any:
    """List of an attribute, each element by `decode`, or the default."""
    attribute = item.get(name)
    return default if attribute is None else [decode(element) for element in attribute["L"]]


def read_map(item: Item, name: str, decode: Decoder, default: Any = None) -> Any:
    """Map of an attribute, each value by `decode`, or the default."""
    attribute = item.get(name)
    if attribute is None:
        return default
    return {name: decode(value) for name, value in attribute["M"].items()}


def read_object(item: Item, name: str, decode: Decoder, default: Any = None) -> Any:
    """Object of an attribute by `decode`, or the default."""
    attribute = item.get(name)
    return default if attribute is None else decode(attribute)


def read_json(item: Item, name: str, default: Any = None) -> Any:
    """JSON value of an attribute, or the default."""
    attribute = item.get(name)
    return default if attribute is None else _json_value(attribute["S"])
