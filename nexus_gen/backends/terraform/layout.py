"""Layout of HCL whose attribute names come from the spec, as `terraform fmt` leaves it.

Where names are fixed, the templates are aligned by hand; these functions serve the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nexus_gen.diagnostics import Span
from nexus_gen.render import Code, hcl


def attributes(entries: Iterable[tuple[Code, Code]]) -> tuple[Code, ...]:
    """One line an attribute, the equals signs of all in one column, without indentation.

    Names and values must stand on one line each, and be ASCII up to the equals sign.
    """
    pairs = tuple(entries)
    width = max((len(name) for name, _ in pairs), default=0)
    return tuple(Code(f"{name.ljust(width)} = {value}") for name, value in pairs)


def template(text: str, expressions: Mapping[str, str]) -> Code:
    """A quoted template: `text` in which each `{name}` of `expressions` is interpolated.

    All else in `text` is literal. A text that is nothing but one placeholder gives the bare
    expression, which is what `terraform fmt` makes of it.
    """
    pattern = "|".join(re.escape(f"{{{name}}}") for name in expressions)
    parts = re.split(f"({pattern})", text)
    if parts[0] == parts[-1] == "" and len(parts) == 3:
        return Code(expressions[parts[1][1:-1]])
    *literals, last = parts[::2]
    quoted = "".join(
        f"{_before_interpolation(literal)}${{{expressions[placeholder[1:-1]]}}}"
        for literal, placeholder in zip(literals, parts[1::2], strict=True)
    )
    return Code(f'"{quoted}{hcl(last)[1:-1]}"')


def _before_interpolation(text: str) -> str:
    """The inside of a quoted template; a dollar sign must not meet the `${` that follows it."""
    inside = str(hcl(text))[1:-1]
    return f"{inside[:-1]}\\u0024" if inside.endswith("$") else inside


def anchors(
    content: bytes, first: Span, marks: Iterable[tuple[str, Span]]
) -> tuple[tuple[int, Span], ...]:
    """Which span each stretch of `content` renders: `first` from line 1, then as `marks` say.

    A mark is a line without its indentation, or the name of the attribute that a line sets, and
    the span that holds from the first such line on. Marks that do not occur are left out.
    """
    wanted = dict(marks)
    found: dict[str, int] = {}
    for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
        key = line.strip().partition(" = ")[0].rstrip()
        if key in wanted:
            found.setdefault(key, number)
    return ((1, first), *sorted((number, wanted[key]) for key, number in found.items()))
