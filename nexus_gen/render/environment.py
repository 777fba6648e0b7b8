"""The one Jinja environment: strict, without logic to call, its prints vouched for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nexus_gen import installation
from nexus_gen.render import literals
from nexus_gen.render.cache import TemplateCache, cache_folder
from nexus_gen.render.text import Code, Identifier

FILTERS = {
    "hcl": literals.hcl,
    "python": literals.python,
    "typescript": literals.typescript,
    "yaml": literals.yaml,
    "markdown": literals.markdown,
    "docstring": literals.docstring,
    "comment": literals.comment,
}
"""Every filter that a template may use."""


class UnquotedError(TypeError):
    """A template prints a value that nothing vouches for: our bug."""


@cache
def template_folder() -> Path:
    """`_templates` of an installed package, else `templates/` of the source checkout."""
    return installation.part("templates", "_templates")


def render(template: str, view: object) -> bytes:
    """The template (path below `templates/`) with the public attributes of `view`, as UTF-8."""
    return _environment().get_template(template).render(view=view).encode("utf-8")


def static(template: str) -> bytes:
    """The bytes of a file below `templates/` that has no tags."""
    return template_folder().joinpath(template).read_bytes()


def vouched(value: object) -> object:
    """Let pass what is safe bare: `Code` (all filters give it), `Identifier`, `int`.

    Raises UnquotedError for anything else: for None, since an empty ARN is worse than a crash, and
    for plain text, which would be code of the target language.
    """
    kind = type(value)
    if kind is Code or kind is Identifier or kind is int:
        return value
    raise UnquotedError(f"a template prints {value!r} without a filter")


def create_environment(folder: Path, bytecode_cache: TemplateCache | None = None) -> Environment:
    """The environment over another folder of templates, for the tests of templates."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        finalize=vouched,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=bytecode_cache,
    )
    environment.filters = dict(FILTERS)
    environment.tests = {}
    environment.globals = {}
    return environment


@cache
def _environment() -> Environment:
    return create_environment(template_folder(), TemplateCache(cache_folder()))
