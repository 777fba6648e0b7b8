"""Slips of the keys that YAML reports elsewhere: what was meant, where, from libyaml's error.

libyaml says where it can go no further, which for a quote, bracket or space that is missing is
often a line or more below it. Each function of the modules here looks for one slip in the lines and
the tokens before.
"""

from __future__ import annotations

from collections.abc import Callable

from yaml import MarkedYAMLError

from nexus_gen.frontend.slips import brackets, layout, quotes
from nexus_gen.frontend.slips.scene import Scene, Slip

__all__ = ["Slip", "find"]

_LOOKS: tuple[Callable[[Scene], Slip | None], ...] = (
    quotes.star,
    quotes.escape,
    quotes.open_quote,
    layout.run_together,
    layout.no_colon,
    quotes.bare_brackets,
    brackets.comma,
    brackets.no_opening,
    layout.two_keys,
    layout.indentation,
    quotes.colon,
    brackets.open_bracket,
    brackets.closing_bracket,
    quotes.first_character,
)
"""In this order: what is certain comes before what is likely."""


def find(error: MarkedYAMLError, text: str, lines: tuple[str, ...]) -> Slip | None:
    """The slip behind an error, None where none is recognised."""
    if error.problem_mark is None:
        return None
    scene = Scene.of(error, error.problem_mark, text, lines)
    return next((slip for look in _LOOKS if (slip := look(scene)) is not None), None)
