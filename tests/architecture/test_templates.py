"""Templates print, views decide, and nothing is printed unquoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen.render.environment import template_folder
from tests.architecture.template_structure import parse, static_problems
from tests.architecture.template_types import misuses, wrong_filters

FOLDER = template_folder()
FILES = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file())
TEMPLATES = [path for path in FILES if path.endswith(".jinja")]
STATIC = [path for path in FILES if not path.endswith(".jinja")]


def problems_of(folder: Path, paths: list[str], work: Path) -> list[str]:
    """All that is wrong with the templates."""
    templates = [parse(folder, path) for path in paths]
    found = [problem for template in templates for problem in template.problems]
    found += [problem for t in templates if t.prints for problem in wrong_filters(t)]
    sound = [template for template in templates if not template.problems]
    return [*found, *misuses(sound, work)]


def test_templates_hold_no_logic_and_print_nothing_unquoted(tmp_path: Path) -> None:
    assert len(TEMPLATES) > 15
    assert problems_of(FOLDER, TEMPLATES, tmp_path) == []


def test_files_without_tags_are_static_and_the_other_way_round() -> None:
    assert [problem for path in STATIC for problem in static_problems(FOLDER, path)] == []


VIEW = "{#- view: tests.architecture.test_templates.SampleView -#}\n"


class Row:
    """What a loop of a bad template runs over."""

    def __init__(self) -> None:
        from nexus_gen.render import Code, Identifier

        self.name = Identifier("a")
        self.code = Code("f()")
        self.text = "text"


class SampleView(Row):
    """What bad templates see."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 1
        self.flag = True
        self.maybe = self.name if self.flag else None
        self.rows = [Row()]
        self.names = ["a"]

    def method(self) -> str:
        return "x"


GOOD = [
    (
        "a.tf",
        'x = {{ view.text | hcl }}\ny = "{{ view.name }}-{{ view.number }}" '
        "# {{ view.text | comment }}",
    ),
    (
        "a.tf",
        "{% for row in view.rows %}\nx = [{{ row.text | hcl }}, {{ row.code }}]\n{% endfor %}",
    ),
    ("a.tf", 'x = "${f("}")}/{{ view.name }}" // {{ view.name }}\ny = "$${ {{ view.name }} }"'),
    (
        "a.py",
        'def f():\n    """{{ view.text | docstring }}"""\n    return {{ view.text | python }}',
    ),
    (
        "a.py",
        "{% if view.flag %}\nx = {{ view.code }}\n{% else %}\n"
        "x = 'it\\'s' # {{ view.text | comment }}\n{% endif %}",
    ),
    (
        "a.yaml",
        'a: {{ view.text | yaml }} # {{ view.text | comment }}\nb: "{{ view.name }}"\nc: it\'s\n',
    ),
    ("a.md", "{{ view.text | markdown }} `{{ view.name }}` {{ view.code }}"),
    ("a.ts", "const x = {{ view.rows | typescript }}; /* {{ view.text | comment }} */"),
]

BAD = [
    ("a.tf", "x = {{ view.text }}", "view.text is a str, printed bare inside code"),
    ("a.tf", "x = {{ view.flag }}", "view.flag is a bool, printed bare"),
    ("a.tf", "x = {{ view.maybe }}", "Identifier | None, printed bare"),
    ("a.tf", "x = {{ view.names }}", "printed bare"),
    ("a.tf", 'x = "{{ view.text | hcl }}"', "`hcl` inside string"),
    ("a.tf", 'x = "{{ view.code }}"', "printed bare inside string"),
    ("a.tf", 'x = "\\"{{ view.text | hcl }}"', "`hcl` inside string"),
    ("a.tf", 'x = "$${ {{ view.text | hcl }} }"', "`hcl` inside string"),
    ("a.tf", 'x = "${f("{{ view.text | hcl }}")}"', "`hcl` inside string"),
    ("a.tf", "x = 1 # {{ view.text | hcl }}", "`hcl` inside comment"),
    ("a.tf", "x = 1 // {{ view.code }}", "printed bare inside comment"),
    ("a.tf", "/* {{ view.text | comment }} */", "`comment` inside block comment"),
    ("a.tf", "x = <<EOT\n{{ view.text | hcl }}\nEOT\n", "`hcl` inside heredoc"),
    ("a.tf", "x = {{ view.text | python }}", "`python` inside code"),
    ("a.tf", "x = {{ view.text | comment }}", "`comment` inside code"),
    (
        "a.tf",
        '{% for row in view.rows %}\nx = "{{ row.text | hcl }}"\n{% endfor %}',
        "inside string",
    ),
    (
        "a.tf",
        'x = "{% for row in view.rows %}" {{ row.name }}{% endfor %}',
        "a loop that ends inside",
    ),
    ("a.tf", '{% if view.flag %}"{% endif %}{{ view.name }}', "branches that end in different"),
    ("a.tf", 'x = "{{ view.name }}', "ends inside code > string"),
    ("a.py", 'x = "{{ view.text | python }}"', "`python` inside string"),
    ("a.py", "x = '{{ view.text | python }}'", "`python` inside quoted"),
    ("a.py", '"""{{ view.text | python }}"""', "`python` inside docstring"),
    ("a.py", "x = {{ view.text | docstring }}", "`docstring` inside code"),
    ("a.py", "# {{ view.text | docstring }}", "`docstring` inside comment"),
    ("a.yaml", 'a: "{{ view.text | yaml }}"', "`yaml` inside string"),
    ("a.yaml", "a: '{{ view.text | yaml }}'", "`yaml` inside quoted"),
    ("a.yaml", "a: 1 # {{ view.text | yaml }}", "`yaml` inside comment"),
    ("a.md", "`{{ view.text | markdown }}`", "`markdown` inside span"),
    ("a.md", "```\n{{ view.text | markdown }}\n```", "`markdown` inside fence"),
    ("a.ts", "`{{ view.text | typescript }}`", "`typescript` inside template"),
    ("a.tf", "{{ view.method() }}", "logic: Call"),
    ("a.tf", "{{ view.names[0] }}", "logic: Getitem"),
    ("a.tf", "{{ view.number + 1 }}", "logic: Add"),
    ("a.tf", "{{ view.name ~ view.name }}", "logic: Concat"),
    ("a.tf", "{{ view.names | join(',') }}", "logic: Filter"),
    ("a.tf", "{{ view.text | hcl(1) }}", "logic: Filter"),
    ("a.tf", "{{ view.text | upper | hcl }}", "logic: Filter"),
    ("a.tf", "{{ 'x' }}", "logic: Const"),
    ("a.tf", "{{ view.name if view.flag }}", "logic: CondExpr"),
    ("a.tf", "{% if view.number == 1 %}{% endif %}", "logic: Compare"),
    ("a.tf", "{% if not view.flag %}{% endif %}", "logic: Not"),
    ("a.tf", "{% if view.flag and view.flag %}{% endif %}", "logic: And"),
    ("a.tf", "{% if view.flag is defined %}{% endif %}", "logic: Test"),
    ("a.tf", "{% if view.flag %}{% elif view.flag %}{% endif %}", "logic: If"),
    ("a.tf", "{% for x in view.names if x %}{% endfor %}", "logic: For"),
    ("a.tf", "{% for x in view.names %}{% else %}x{% endfor %}", "logic: For"),
    ("a.tf", "{% for x, y in view.names %}{% endfor %}", "logic: For"),
    ("a.tf", "{% for x in [1] %}{% endfor %}", "logic: List"),
    ("a.tf", "{% set x = view.name %}", "logic: Assign"),
    ("a.tf", "{% macro f() %}{% endmacro %}", "logic: Macro"),
    ("a.tf", "{% call f() %}{% endcall %}", "logic: CallBlock"),
    ("a.tf", "{% block x %}{% endblock %}", "logic: Block"),
    ("a.tf", "{% with x = 1 %}{% endwith %}", "logic: With"),
    ("a.tf", "{% filter hcl %}{% endfilter %}", "logic: FilterBlock"),
    ("a.tf", "{% extends 'b.tf' %}", "logic: Extends"),
    ("a.tf", "{% import 'b.tf' as b %}", "logic: Import"),
    ("a.tf", "{% include view.name %}", "logic: Include"),
    ("a.tf", "{% include 'b.tf' %}", "there is no template b.tf"),
    ("a.tf", "{{ view.__class__ }}", "logic: Getattr"),
    ("a.tf", "{{ view.name", "unexpected"),
    ("a.tf", "x = 1", "no tags: it is a static file"),
    ("a.tf", "{{ view.absent | hcl }}", 'has no attribute "absent"'),
    ("a.tf", "{{ view.name.absent }}", 'has no attribute "absent"'),
    ("a.tf", "{% for row in view.rows %}{{ row.absent }}{% endfor %}", 'has no attribute "absent"'),
    ("a.tf", "{% if view.absent %}{% endif %}", 'has no attribute "absent"'),
    ("a.tf", "{% for x in view.number %}{% endfor %}", "not iterable"),
    ("a.tf", "{{ other.name }}", 'Name "other" is not defined'),
    ("a.tf", "# {{ view.number | comment }}", "incompatible type"),
    ("a.unknown", "{{ view.name }}", "no language is known"),
]


def sample(folder: Path, cases: list[tuple[str, str]]) -> list[str]:
    """Templates with these bodies, each in a folder of its own."""
    paths = []
    for number, (name, body) in enumerate(cases):
        path = f"{number}/{name}.jinja"
        (folder / path).parent.mkdir()
        (folder / path).write_text(f"{VIEW}{body}\n", encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What is found in each of the bad templates, then in each of the good ones."""
    folder = tmp_path_factory.mktemp("templates")
    paths = sample(folder, [(name, body) for name, body, _ in BAD] + GOOD)
    problems = problems_of(folder, paths, tmp_path_factory.mktemp("work"))
    return {n: [p for p in problems if p.startswith(path)] for n, path in enumerate(paths)}


@pytest.mark.parametrize("number", range(len(BAD)), ids=[body for _, body, _ in BAD])
def test_bad_template_is_caught(found: dict[int, list[str]], number: int) -> None:
    assert any(BAD[number][2] in problem for problem in found[number]), found[number]


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_good_template_is_fine(found: dict[int, list[str]], number: int) -> None:
    assert found[len(BAD) + number] == []


@pytest.mark.parametrize("head", ["", "{# view: a.B #}\n", "\n" + VIEW, "{#- view: B -#}\n"])
def test_first_line_must_name_the_view(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.tf.jinja").write_text(head + "{{ view.name }}")
    assert "the first line" in problems_of(tmp_path, ["a.tf.jinja"], tmp_path)[0]


def test_view_must_be_importable(tmp_path: Path) -> None:
    (tmp_path / "a.tf.jinja").write_text(VIEW.replace("SampleView", "NoView") + "{{ view.name }}")
    assert "NoView" in problems_of(tmp_path, ["a.tf.jinja"], tmp_path)[0]


def test_tag_in_a_static_file_is_caught(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text("x = {{ view.x }}\n")
    assert list(static_problems(tmp_path, "a.tf")) == ["a.tf:1: a tag in a file that is copied"]
