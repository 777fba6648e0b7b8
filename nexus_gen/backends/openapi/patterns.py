"""A text that a regular expression matches, found from its parse tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_WORD": "a",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_WORD": "-",
    "CATEGORY_NOT_SPACE": "a",
}
_LONGEST = 10_000
_TRIED = "aA1-_ .:/@,~\u00e9"


@cache
def matching(pattern: str, min_length: int = 0) -> str | None:
    """A short text of at least `min_length` characters that matches, or None.

    Knows literals, classes, repeats, groups and branches; not look-around and back references. What
    is found was tried against the expression.
    """
    try:
        tree = _parser.parse(pattern)
        for repeats in (1, max(1, min_length)):
            text = _walk(tree, repeats)
            if len(text) >= min_length and re.search(pattern, text):
                return text
    except (re.error, LookupError, RecursionError, OverflowError):
        return None
    return None


def _walk(tree: Iterable[tuple[Any, Any]], repeats: int) -> str:
    return "".join(_NODES[str(operator)](operand, repeats) for operator, operand in tree)


def _repeat(operand: Any, repeats: int) -> str:
    least, most, tree = operand
    text, count = _walk(tree, repeats), min(max(int(least), repeats), int(most))
    if len(text) * count > _LONGEST:
        raise OverflowError
    return text * count


def _one_of(operand: list[tuple[Any, Any]], repeats: int) -> str:
    operators = [str(operator) for operator, _ in operand]
    if operators[0] == "NEGATE":
        return _outside(operand[1:])
    operator, value = operand[0]
    match str(operator):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
        case _:
            return _CATEGORIES[str(value)]


def _outside(members: list[tuple[Any, Any]]) -> str:
    for character in _TRIED:
        if not any(_is_in(character, str(operator), value) for operator, value in members):
            return character
    raise LookupError


def _is_in(character: str, operator: str, value: Any) -> bool:
    match operator:
        case "LITERAL":
            return ord(character) == int(value)
        case "RANGE":
            return int(value[0]) <= ord(character) <= int(value[1])
        case _:
            return bool(_CLASSES[str(value)](character))


_CLASSES: dict[str, Callable[[str], object]] = {
    "CATEGORY_DIGIT": re.compile(r"\d").match,
    "CATEGORY_WORD": re.compile(r"\w").match,
    "CATEGORY_SPACE": re.compile(r"\s").match,
    "CATEGORY_NOT_DIGIT": re.compile(r"\D").match,
    "CATEGORY_NOT_WORD": re.compile(r"\W").match,
    "CATEGORY_NOT_SPACE": re.compile(r"\S").match,
}

_NODES: dict[str, Callable[[Any, int], str]] = {
    "LITERAL": lambda operand, _: chr(operand),
    "NOT_LITERAL": lambda operand, _: _outside([("LITERAL", operand)]),
    "ANY": lambda _, __: "a",
    "AT": lambda _, __: "",
    "IN": _one_of,
    "CATEGORY": lambda operand, _: _CATEGORIES[str(operand)],
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "SUBPATTERN": lambda operand, repeats: _walk(operand[-1], repeats),
    "ATOMIC_GROUP": _walk,
    "BRANCH": lambda operand, repeats: _walk(operand[1][0], repeats),
}
