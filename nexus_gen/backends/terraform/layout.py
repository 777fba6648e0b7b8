"""Layout of HCL whose attribute names come from the spec, as `terraform fmt` leaves it.

Where names are fixed, the templates are aligned by hand; these functions serve the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    for name, expression in expressions.items():
        if text == f"{{{name}}}":
            return Code(expression)
    quoted = str(hcl(text))
    for name, expression in expressions.items():
        quoted = quoted.replace(f"{{{name}}}", f"${{{expression}}}")
    return Code(quoted)


def anchors(
    content: bytes, first: Span, marks: Sequence[tuple[str, Span]]
) -> tuple[tuple[int, Span], ...]:
    """Which span each stretch of `content` renders: `first` from line 1, then as `marks` say.

    A mark is a text and the span that holds from the first line on that begins with that text,
    indentation aside. Marks whose text does not occur are left out.
    """
    numbers: dict[str, int] = {}
    for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
        for text, _ in marks:
            if text not in numbers and line.lstrip().startswith(text):
                numbers[text] = number
    found = {numbers[text]: span for text, span in marks if text in numbers}
    return ((1, first), *sorted(found.items()))
