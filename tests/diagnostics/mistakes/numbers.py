"""Numbers that are written so that readers of YAML disagree, or where a text is wanted."""

from __future__ import annotations

from .scoring import Mistake

_DEFAULT = "language: {type: string, max_length: 5, default: en}"
_LENGTH = "headline: {type: string, max_length: 160}"
_LEAST = "capacity: {type: integer, minimum: 1, maximum: 31}"
_MEMORY = "lambda: {memory_mb: 512}"
_ACTIVE = "active: {type: boolean, default: true}"
_SOFT = "delete: {soft: true, retain: 30d}"


def _text(written: str) -> Mistake:
    """A text that looks like a number, as a default."""
    return Mistake(
        f"a text that looks like a number: {written}",
        _DEFAULT,
        _DEFAULT.replace("en}", f"«{written}»}}"),
        _DEFAULT.replace("en}", f'"{written}"}}'),
    )


def _number(name: str, old: str, was: str, written: str, meant: str) -> Mistake:
    return Mistake(
        f"{name}: {written}", old, old.replace(was, f"«{written}»"), old.replace(was, meant)
    )


NUMBERS = (
    *(_text(one) for one in ("1.10", "0x1F", "010", "1_000", ".5e3", "1e3", "0b11", "0o17")),
    *(_text(one) for one in ("12:30", "+5", "-0", "1.", "1e+3", "null", "~", "07", "TRUE")),
    _number("a length", _LENGTH, "160", "1_000", "1000"),
    _number("a length", _LENGTH, "160", "1e2", "100"),
    _number("a length", _LENGTH, "160", "0100", "100"),
    _number("a length", _LENGTH, "160", ".5e2", "50"),
    _number("a length", _LENGTH, "160", '"160"', "160"),
    _number("a length", _LENGTH, "160", "160 characters", "160"),
    _number("a least number", _LEAST, "1,", "1_0,", "10,")._replace(
        new="capacity: {type: integer, minimum: «1_0», maximum: 31}",
        meant="capacity: {type: integer, minimum: 10, maximum: 31}",
    ),
    _number("a largest number", _LEAST, "31", "0b11111", "31"),
    _number("a largest number", _LEAST, "31", '"31"', "31"),
    _number("memory", _MEMORY, "512", "1_024", "1024"),
    _number("memory", _MEMORY, "512", "512MB", "512"),
    _number("memory", _MEMORY, "512", '"512"', "512"),
    _number("memory", _MEMORY, "512", "512.5", "512")._replace(says="without a point"),
    _number("memory", _MEMORY, "512", "64", "128")._replace(says="from 128 to 10,240"),
    _number("a flag", _SOFT, "true", "yes", "true"),
    _number("a flag", _SOFT, "true", '"true"', "true"),
    _number("a flag", _SOFT, "true", "1", "true"),
    _number("a default flag", _ACTIVE, "true", '"true"', "true"),
    _number("a default flag", _ACTIVE, "true", "1", "true"),
    _number("a default flag", _ACTIVE, "true", "on", "true")._replace(says="write `true`"),
)
