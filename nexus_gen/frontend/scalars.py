"""What a plain (unquoted) YAML scalar means.

The core schema of YAML 1.2 decides (YAML 1.2.2, section 10.3). Where a reader of YAML 1.1 would
find another value in the same text, neither is right to assume: such text is ambiguous, and a
person has to quote it or write it otherwise.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

MAX_SAFE_INTEGER = 2**53 - 1
"""Largest integer that JSON readers agree on (RFC 8259, section 6)."""

Plain = str | int | float | bool | None


class Ambiguous(NamedTuple):
    """Text that readers of YAML 1.1 and 1.2 understand differently.

    Attributes:
        other: what it is to the readers that do not take it for `reading`: `a boolean`.
        reading: what it is to the rest.
        instead: what to write where the value is meant and not the text; empty if nothing.
    """

    other: str
    reading: str = "text"
    instead: str = ""


class Unrepresentable(NamedTuple):
    """A number that JSON cannot carry to every reader unchanged."""

    why: str
    move: str = 'use a smaller number; a value of type `decimal` is written as text: "12.50"'


_WORDS: dict[str, Plain] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)

_BOOLEANS_OF_1_1 = {
    spelled: value
    for words, value in ((("yes", "on"), "true"), (("no", "off"), "false"))
    for word in words
    for spelled in (word, word.capitalize(), word.upper())
}

_NUMBER_START = frozenset("-+.0123456789")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FLOAT_OF_1_1 = re.compile(r"([-+]?[0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?")
_OCTAL = re.compile(r"0[0-7]+")
_MAX_DIGITS = 20
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

_TRAPS = (
    (re.compile(r"[-+]?0[0-9_]+"), Ambiguous("an octal number", "a decimal number")),
    (re.compile(r"0o[0-7]+"), Ambiguous("an octal number")),
    (re.compile(r"[-+]?0b[01_]+"), Ambiguous("a binary number")),
    (
        re.compile(r"[-+]?(0x[0-9a-fA-F_]+|[0-9][0-9_]*(\.[0-9_]*([eE][-+][0-9]+)?)?)"),
        Ambiguous("a number"),
    ),
    (re.compile(r"\.[0-9][0-9_]*([eE][-+][0-9]+)?"), Ambiguous("a number")),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"),
        Ambiguous("a number in base 60"),
    ),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), Ambiguous("a date")),
    (
        re.compile(
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?"
            r"([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?"
        ),
        Ambiguous("a date and time"),
    ),
)


def resolve(text: str) -> Plain | Ambiguous | Unrepresentable:
    """The value of a plain scalar: null, a boolean, an integer, a float or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_START:
        return _numeric(text)
    if text in _BOOLEANS_OF_1_1:
        return Ambiguous("a boolean", instead=f"`{_BOOLEANS_OF_1_1[text]}`")
    return text


def _numeric(text: str) -> Plain | Ambiguous | Unrepresentable:
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _HEXADECIMAL.fullmatch(text):
        return _integer(text, 16)
    if _NOT_FINITE.fullmatch(text):
        return Unrepresentable("is not a finite number", "write the number in digits")
    if _FLOAT_OF_1_1.fullmatch(text):
        return _float(text)
    for pattern, trap in _TRAPS:
        if pattern.fullmatch(text):
            return trap._replace(instead=_in_digits(text))
    return Ambiguous("a number", instead=_in_digits(text)) if _FLOAT.fullmatch(text) else text


def _in_digits(text: str) -> str:
    """The number that a text stands for in decimal digits; both numbers of one with zeros before.

    Empty where it is no number, or has more digits than anybody means.
    """
    bare = text.replace("_", "")
    sign, number = ("-" if bare.startswith("-") else ""), bare.lstrip("+-").lower()
    if (base := {"0x": 16, "0o": 8, "0b": 2}.get(number[:2])) is not None:
        found = [str(int(number[2:] or "0", base))]
    elif _OCTAL.fullmatch(number) and int(number, 8) != int(number):
        found = [str(int(number)), str(int(number, 8))]
    else:
        try:
            found = [f"{Decimal(number):f}"]
        except InvalidOperation:
            return ""
        if "." in found[0]:
            found[0] = found[0].rstrip("0").rstrip(".")
    if max(map(len, found)) > _MAX_DIGITS:
        return ""
    octal = f", or `{sign}{found[1]}` if it is octal" if len(found) > 1 else ""
    return f"`{sign}{found[0]}`{octal}"


def _integer(text: str, base: int) -> int | Unrepresentable:
    if len(text) > 20 or abs(value := int(text, base)) > MAX_SAFE_INTEGER:
        return Unrepresentable("is past 2^53 - 1, the largest integer that JSON readers agree on")
    return value


def _float(text: str) -> int | float | Unrepresentable:
    """A float; an integer where it has no fraction, as JSON Schema counts them."""
    value = float(text)
    if value.is_integer() and abs(value) <= MAX_SAFE_INTEGER:
        return int(value)
    return value if math.isfinite(value) else Unrepresentable("is past the largest number of JSON")
