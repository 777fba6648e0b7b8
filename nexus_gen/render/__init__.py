"""Values to text: the Jinja environment and the literals of the target languages.

`render` and `static` import Jinja when they are first called; the literals need nothing.
"""

from __future__ import annotations

from nexus_gen.render.literals import (
    comment,
    docstring,
    hcl,
    markdown,
    python,
    typescript,
    yaml,
)
from nexus_gen.render.text import Code, Identifier, LiteralError

__all__ = [
    "Code",
    "Identifier",
    "LiteralError",
    "comment",
    "docstring",
    "hcl",
    "markdown",
    "python",
    "render",
    "static",
    "typescript",
    "yaml",
]


def render(template: str, view: object) -> bytes:
    """The template (path below `templates/`) with the public attributes of `view`, as UTF-8."""
    from nexus_gen.render import environment

    return environment.render(template, view)


def static(template: str) -> bytes:
    """The bytes of a file below `templates/` that has no tags."""
    from nexus_gen.render import environment

    return environment.static(template)
