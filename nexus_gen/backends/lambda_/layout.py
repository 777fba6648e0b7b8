"""Python expressions, laid out within 100 columns the way `ruff format` leaves them.

A view builds an expression from `Text`, `String`, `Group` and `Optional`, and `lay_out` decides
where its lines end. The rule is the formatter's: what fits stays on one line; what does not is
taken apart at its outermost bracket, one element a line, with a trailing comma (which the
formatter respects). The output is a fixed point of `ruff format` without running it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from nexus_gen.render import Code, python

LIMIT = 100
"""Columns of a line of generated Python."""

INDENT = 4

_ONE_COLUMN = (
    " -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u0531-\u058a\u05d0-\u05ea\u0620-\u064a"
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff"
)
_TWO_COLUMNS = (
    "\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff60\U0001f600-\U0001f64f"
)


@cache
def _wide() -> re.Pattern[str]:
    """Characters that take two columns. Compiled for the first text that is not ASCII, as below:
    classes of this size cost as much as to render ten entities."""
    return re.compile(f"[{_TWO_COLUMNS}]")


@cache
def _unmeasured() -> re.Pattern[str]:
    """Characters whose width depends on who measures (or which Unicode): written as escapes."""
    return re.compile(f"[^{_ONE_COLUMN}{_TWO_COLUMNS}]")


class Text:
    """Code that stays on one line: a name, a number, a short literal."""

    __slots__ = ("flat",)

    def __init__(self, code: str) -> None:
        self.flat: str = code


class String:
    """A string literal; one that is too long for a line is written in parts.

    Args:
        raw: prefer `r"..."`, for regular expressions.
        whole: never in parts (a path, an index name).
    """

    __slots__ = ("flat", "value", "whole")

    def __init__(self, value: str, *, raw: bool = False, whole: bool = False) -> None:
        self.value = value
        self.whole = whole
        self.flat: str = (raw and _raw(value)) or _quoted(value)


class Group:
    """Elements between brackets: a call, a tuple, a list, a dict, a subscript.

    Args:
        open: what stands before the first element: `checks.string(`, `(`, `{`, `Literal[`.
        items: pairs of a prefix and an expression. The prefix is a dict's key as a `String`, or
            the text of anything else: `max_length=`, `**` or nothing.
        one_comma: a comma after a single element even on one line, as a tuple needs.
        one_line: try all elements on one indented line first, as the formatter does with arguments.
        last_comma: a comma after the last element when taken apart; a subscript of one element
            must have none, because `list[str,]` is another type.
    """

    __slots__ = ("close", "flat", "inside", "items", "last_comma", "one_line", "open")

    def __init__(
        self,
        open: str,
        items: Sequence[tuple[str | String, Expression]],
        close: str,
        *,
        one_comma: bool = False,
        one_line: bool = False,
        last_comma: bool = True,
    ) -> None:
        self.open = open
        self.items = items
        self.close = close
        self.one_line = one_line
        self.last_comma = last_comma
        self.inside = ", ".join(
            [
                prefix + item.flat if type(prefix) is str else f"{_prefix(prefix)}{item.flat}"
                for prefix, item in items
            ]
        )
        comma = "," if one_comma and len(items) == 1 else ""
        self.flat: str = f"{open}{self.inside}{comma}{close}"


class Optional:
    """`expression | None`"""

    __slots__ = ("flat", "of")

    def __init__(self, of: Expression) -> None:
        self.of = of
        self.flat: str = f"{of.flat} | None"


Expression = Text | String | Group | Optional
"""An expression; `flat` is its code on one line."""


def call(function: str, *arguments: Expression, **keywords: Expression) -> Group:
    """`function(argument, keyword=value)`"""
    items = [*(("", one) for one in arguments), *((f"{k}=", v) for k, v in keywords.items())]
    return Group(f"{function}(", items, ")", one_line=True)


def signature(name: str, parameter: str, annotation: Expression, returns: str) -> Group:
    """`def name(parameter: annotation) -> returns:`"""
    items = [(f"{parameter}: ", annotation)]
    return Group(f"def {name}(", items, f") -> {returns}:")


def tuple_of(items: Iterable[Expression]) -> Group:
    """`(a, b)`, and `(a,)` for one."""
    return Group("(", [("", item) for item in items], ")", one_comma=True)


def dict_of(items: Iterable[tuple[str, Expression]]) -> Group:
    """`{"key": value}`"""
    return Group("{", [(String(key), value) for key, value in items], "}")


def subscript(name: str, *items: Expression) -> Group:
    """`Literal["a", "b"]`, `list[str]`"""
    pairs = [("", item) for item in items]
    return Group(f"{name}[", pairs, "]", last_comma=len(pairs) > 1)


def literal(value: Any) -> Expression:
    """A JSON value as a Python literal."""
    if isinstance(value, str):
        return String(value)
    if isinstance(value, Mapping):
        return dict_of((key, literal(item)) for key, item in value.items())
    if isinstance(value, list):
        return Group("[", [("", literal(item)) for item in value], "]")
    return Text(python(value).replace("e+", "e"))


def lay_out(expression: Expression, *, indent: int = 0, lead: int = 0, trail: int = 0) -> Code:
    """The code of an expression, with its line ends.

    Args:
        indent: columns before the line on which the expression begins.
        lead: columns between that indentation and the expression (`title = `).
        trail: columns that follow the expression on its last line (a comma).
    """
    return Code(_lay_out(expression, indent, indent + lead, trail))


def width(code: str) -> int:
    """Columns that a line of code takes: East Asian wide characters take two."""
    return len(code) if code.isascii() else len(code) + len(_wide().findall(code))


def _lay_out(expression: Expression, indent: int, column: int, trail: int) -> str:
    flat = expression.flat
    if column + (len(flat) if flat.isascii() else width(flat)) + trail <= LIMIT:
        return flat
    if isinstance(expression, Group):
        return _exploded(expression, indent) if expression.items else flat
    if isinstance(expression, Optional):
        return _optional(expression, indent)
    if isinstance(expression, String) and not expression.whole:
        return _in_parts(expression.value, indent)
    return flat


def _prefix(prefix: str | String) -> str:
    return f"{prefix.flat}: " if isinstance(prefix, String) else prefix


def _exploded(group: Group, indent: int) -> str:
    inner = indent + INDENT
    if group.one_line and inner + width(group.inside) <= LIMIT:
        return f"{group.open}\n{' ' * inner}{group.inside}\n{' ' * indent}{group.close}"
    trail = 1 if group.last_comma else 0
    lines = [" " * inner + _item(prefix, item, inner, trail) for prefix, item in group.items]
    last = "," if group.last_comma else ""
    return f"{group.open}\n" + ",\n".join(lines) + f"{last}\n{' ' * indent}{group.close}"


def _item(prefix: str | String, item: Expression, indent: int, trail: int) -> str:
    before = _prefix(prefix)
    column = indent + width(before)
    if isinstance(prefix, String) and _is_key_too_long(column, item):
        before = f"{_in_parts(prefix.value, indent)}: "
        column = indent + len("): ")
    return before + _lay_out(item, indent, column, trail)


def _is_key_too_long(column: int, value: Expression) -> bool:
    """Whether a key leaves no room for its value, or for the bracket with which it begins."""
    if column > LIMIT - INDENT:
        return True
    breaks = isinstance(value, String | Optional) or (isinstance(value, Group) and value.items)
    return not breaks and column + width(value.flat) + 1 > LIMIT


def _optional(expression: Optional, indent: int) -> str:
    """A union that does not fit stands in parentheses, on one line of its own if it fits there."""
    inner = indent + INDENT
    flat = expression.flat
    if inner + width(flat) > LIMIT:
        of = _lay_out(expression.of, inner, inner, 0)
        flat = f"{of}\n{' ' * inner}| None"
    return f"(\n{' ' * inner}{flat}\n{' ' * indent})"


def _in_parts(value: str, indent: int) -> str:
    """Adjacent literals in parentheses, which Python joins into one string."""
    inner = indent + INDENT
    parts = "\n".join(" " * inner + part for part in _parts(value, LIMIT - inner))
    return f"(\n{parts}\n{' ' * indent})"


def _parts(value: str, room: int) -> Iterable[str]:
    """Literals of at most `room` columns that together are `value`, cut after a space if one is
    near."""
    start = 0
    while start < len(value):
        end = min(len(value), start + room - 2)
        while end > start + 1 and width(_quoted(value[start:end])) > room:
            end -= max(1, (width(_quoted(value[start:end])) - room) // 10)
        if end < len(value) and (space := value.rfind(" ", start + room // 2, end)) > 0:
            end = space + 1
        yield _quoted(value[start:end])
        start = end


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    code = python(value)
    return code if code.isascii() else _unmeasured().sub(_escaped, code)


def _escaped(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _is_measured(text: str) -> bool:
    """Whether no character of a text has to be escaped."""
    if text.isascii():
        return text.isprintable()
    return _unmeasured().search(text) is None


def _raw(value: str) -> str:
    """`r"..."`, or nothing where a raw literal cannot say it."""
    if '"' in value or value.endswith("\\") or not _is_measured(value):
        return ""
    return f'r"{value}"'
