"""The one Jinja environment."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import TemplateError, UndefinedError

from nexus_gen.render import Code, Identifier, LiteralError, static
from nexus_gen.render.environment import UnquotedError, create_environment, template_folder


def rendered(folder: Path, source: str, **view: object) -> str:
    (folder / "t.jinja").write_text(source)
    return create_environment(folder).get_template("t.jinja").render(view=SimpleNamespace(**view))


def test_first_line_leaves_no_trace(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{#- view: a.B -#}\nx\n") == "x\n"


def test_tags_on_lines_of_their_own_leave_no_trace(tmp_path: Path) -> None:
    source = "a\n  {% for x in view.xs %}\n  - {{ x }}\n  {% endfor %}\nb\n"
    assert rendered(tmp_path, source, xs=[1, 2]) == "a\n  - 1\n  - 2\nb\n"


def test_last_line_end_is_kept(tmp_path: Path) -> None:
    assert rendered(tmp_path, "x\n\n") == "x\n\n"


@pytest.mark.parametrize("value", ["text", None, True, 1.5, ["x"], {}, b"x"])
def test_value_that_nothing_vouches_for_is_not_printed(tmp_path: Path, value: object) -> None:
    with pytest.raises(UnquotedError):
        rendered(tmp_path, "{{ view.value }}", value=value)


@pytest.mark.parametrize("value", [Identifier("a-b"), Code("f('x')"), 12])
def test_value_that_something_vouches_for_is_printed(tmp_path: Path, value: object) -> None:
    assert rendered(tmp_path, "{{ view.value }}", value=value) == str(value)


def test_absent_attribute_is_an_error(tmp_path: Path) -> None:
    with pytest.raises((UndefinedError, LiteralError)):
        rendered(tmp_path, "{{ view.absent | hcl }}")
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{% if view.absent %}x{% endif %}")


@pytest.mark.parametrize("source", ["{{ view.x | upper }}", "{{ range(3) }}", "{{ lipsum() }}"])
def test_there_is_nothing_of_jinjas_own(tmp_path: Path, source: str) -> None:
    with pytest.raises(TemplateError):
        rendered(tmp_path, source, x=Identifier("a"))


@pytest.mark.parametrize("text", ["", "a b", "a\n", "é", 'a"', "a'", "$a", "a\\", "a#", "a*", "\0"])
def test_identifier_holds_nothing_that_needs_a_quote(text: str) -> None:
    with pytest.raises(LiteralError):
        Identifier(text)


def test_templates_of_the_checkout_are_found() -> None:
    assert template_folder() == Path(__file__).parents[2] / "templates"
    assert static("project/gitattributes").endswith(b"* -text linguist-generated\n")
