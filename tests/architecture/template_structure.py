"""What stands in a template: its prints, its loops, and what has no business there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from jinja2 import TemplateSyntaxError, nodes

from nexus_gen.render.environment import FILTERS, create_environment
from tests.architecture.template_contexts import CODE, LANGUAGES, Language, State

FIRST_LINE = re.compile(r"\{#- view: (?P<module>[\w.]+)\.(?P<name>\w+) -#\}\n")


@dataclass(frozen=True)
class Print:
    """`{{ expression | filter }}` and the context that it lands in; no filter is ""."""

    line: int
    expression: str
    filter: str
    context: str


@dataclass
class Template:
    """A parsed template.

    Attributes:
        statements: Python that uses the view as the template does, one line a use, with the line
            of the template in a comment; for a type checker.
    """

    path: str
    view: str = ""
    prints: list[Print] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)


def parse(folder: Path, path: str) -> Template:
    """Everything that is to be known about one template below the folder."""
    source = (folder / path).read_text(encoding="utf-8")
    template = Template(path)
    head = FIRST_LINE.match(source)
    if head is None:
        template.problems.append(f"{path}:1: the first line does not name the view")
        return template
    template.view = f"{head['module']}.{head['name']}"
    language = LANGUAGES.get(PurePosixPath(path.removesuffix(".jinja")).suffix)
    if language is None:
        template.problems.append(f"{path}:1: no language is known for this file")
        return template
    try:
        tree = create_environment(folder).parse(source)
    except TemplateSyntaxError as error:
        template.problems.append(f"{path}:{error.lineno}: {error.message}")
        return template
    if all(isinstance(n, nodes.TemplateData) for o in tree.body for n in getattr(o, "nodes", [o])):
        template.problems.append(f"{path}:1: no tags: it is a static file, to be copied")
    walker = _Walker(folder, template, language)
    end = walker.body(tree.body, CODE, "    ")
    if end != CODE:
        template.problems.append(f"{path}: ends inside {' > '.join(end)}")
    return template


def static_problems(folder: Path, path: str) -> Iterator[str]:
    """A file that is copied has no tags."""
    text = (folder / path).read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"\{\{|\{%|\{#", line):
            yield f"{path}:{number}: a tag in a file that is copied"


@dataclass
class _Walker:
    folder: Path
    template: Template
    language: Language

    def body(self, body: list[nodes.Node], state: State, indent: str) -> State:
        """The state after the nodes."""
        for node in body:
            state = self._statement(node, state, indent)
        return state

    def _statement(self, node: nodes.Node, state: State, indent: str) -> State:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    state = self._output(part, state, indent)
                return state
            case nodes.For(else_=[], test=None, recursive=False, target=nodes.Name()):
                return self._loop(node, state, indent)
            case nodes.If(elif_=[]):
                return self._branches(node, state, indent)
            case nodes.Include(template=nodes.Const(value=str(name)), ignore_missing=False):
                if not (self.folder / name).is_file():
                    self._problem(node, f"there is no template {name}")
                return state
        self._problem(node, f"logic: {type(node).__name__}")
        return state

    def _output(self, node: nodes.Node, state: State, indent: str) -> State:
        if isinstance(node, nodes.TemplateData):
            return self.language.walk(state, node.data)
        name = ""
        if (
            isinstance(node, nodes.Filter)
            and node.name in FILTERS
            and not (node.args or node.kwargs)
        ):
            assert node.node is not None
            node, name = node.node, node.name
        expression = self._expression(node)
        self.template.prints.append(Print(node.lineno, expression, name, state[-1]))
        use = f"filters.{name}({expression})" if name else f"reveal_type({expression})"
        self._use(node, f"{indent}{use}")
        return state

    def _loop(self, node: nodes.For, state: State, indent: str) -> State:
        target = node.target
        assert isinstance(target, nodes.Name)
        self._use(node, f"{indent}for {target.name} in {self._expression(node.iter)}:")
        end = self.body(node.body, state, f"{indent}    ")
        self._use(node, f"{indent}    pass")
        if end != state:
            self._problem(node, f"a loop that ends inside {' > '.join(end)}")
        return state

    def _branches(self, node: nodes.If, state: State, indent: str) -> State:
        self._use(node, f"{indent}if {self._expression(node.test)}:")
        end = self.body(node.body, state, f"{indent}    ")
        self._use(node, f"{indent}    pass")
        self._use(node, f"{indent}else:")
        other = self.body(node.else_, state, f"{indent}    ")
        self._use(node, f"{indent}    pass")
        if end != other:
            self._problem(node, "branches that end in different contexts")
        return end

    def _expression(self, node: nodes.Node) -> str:
        """A name and attributes of it; anything else is logic."""
        match node:
            case nodes.Name(name=name):
                return name
            case nodes.Getattr(node=owner, attr=attribute) if not attribute.startswith("_"):
                return f"{self._expression(owner)}.{attribute}"
        self._problem(node, f"logic: {type(node).__name__}")
        return "None"

    def _use(self, node: nodes.Node, statement: str) -> None:
        self.template.statements.append(f"{statement}  # {self.template.path}:{node.lineno}")

    def _problem(self, node: nodes.Node, message: str) -> None:
        self.template.problems.append(f"{self.template.path}:{node.lineno}: {message}")
