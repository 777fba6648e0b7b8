"""What a template takes from its view, checked by mypy: that it is there, and of which type."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from nexus_gen.render.environment import FILTERS
from tests.architecture.template_contexts import BARE_CODE, LANGUAGES
from tests.architecture.template_structure import Template

_ROOT = Path(__file__).parents[2]
_MESSAGE = re.compile(r"[^:]+:(?P<line>\d+): (?P<kind>error|note): (?P<text>.*)")
_REVEALED = re.compile(r'Revealed type is "(?P<type>.*)"')
_SAFE = {"Identifier", "int"}


def misuses(templates: Sequence[Template], work: Path) -> Iterator[str]:
    """Attributes that are not there, values that a filter does not take, unsafe bare prints."""
    lines = ["from nexus_gen.render import literals as filters"]
    views = sorted({template.view for template in templates if template.view})
    lines += [f"import {view.rpartition('.')[0]}" for view in views]
    for number, template in enumerate(templates):
        if template.view:
            lines += [f"def template_{number}(view: {template.view}) -> None:", "    view"]
            lines += template.statements
    source = work / "uses_of_views.py"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    contexts = {
        f"{template.path}:{printed.line}:{printed.expression}": printed.context
        for template in templates
        for printed in template.prints
        if not printed.filter
    }
    for line, kind, text in _mypy(source):
        statement, _, place = lines[line - 1].partition("  # ")
        revealed = _REVEALED.fullmatch(text)
        if kind == "error":
            yield f"{place or statement}: {text}"
        elif revealed:
            expression = statement.strip().removeprefix("reveal_type(").removesuffix(")")
            context = contexts[f"{place}:{expression}"]
            yield from _bare(place, expression, revealed["type"], context)


def wrong_filters(template: Template) -> Iterator[str]:
    """Prints whose filter is not the one of the context that they land in."""
    language = LANGUAGES[Path(template.path.removesuffix(".jinja")).suffix]
    for printed in template.prints:
        if printed.filter and printed.filter not in language.filters[printed.context]:
            yield (f"{template.path}:{printed.line}: `{printed.filter}` inside {printed.context}")


def _bare(place: str, expression: str, kind: str, context: str) -> Iterator[str]:
    name = kind.removesuffix("?").rpartition(".")[2]
    if name in _SAFE or (name == "Code" and context in BARE_CODE):
        return
    yield f"{place}: {expression} is a {kind}, printed bare inside {context}"


def _mypy(source: Path) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of each message about the file."""
    command = [
        *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary"),
        *("--hide-error-codes", "--config-file", str(_ROOT / "pyproject.toml"), str(source)),
    ]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    for line in done.stdout.splitlines():
        message = _MESSAGE.fullmatch(line)
        if message and source.name in line:
            yield int(message["line"]), message["kind"], message["text"]


assert set(FILTERS) == {"hcl", "python", "typescript", "yaml", "markdown", "docstring", "comment"}
