"""Where items lie, read from the code that puts them there.

The runtime's `keys.py` makes every key; the handlers' `keys` functions say which of its functions
make the keys of their items. Both are read, not run: a partition key that does not begin with the
tenant is found whatever else the code does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nexus_gen.verify.iam.rendered import Place
from nexus_gen.verify.isolation.prefixes import Functions, Made, Prefix, Value, parameters

RUNTIME = "lambda/shared/python/nexus_runtime/keys.py"
PATTERN = "TENANT_PATTERN"
SEPARATOR = "#"
HASH = "pk"
"""What the name of a partition key's attribute ends with: `pk`, `gsi1pk`."""

TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about keys that does not hold."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of keys.

    Attributes:
        separator: what follows the tenant in every partition key, None where a key may begin
            with something else.
        pattern: the regular expression that tenant ids have to match, None where none was found.
        pattern_place: where it stands.
        attributes: by vertical (the name of its package's folder), the attributes that handlers
            fill with keys of the runtime.
    """

    separator: str | None
    pattern: str | None
    pattern_place: Place
    attributes: dict[str, frozenset[str]]
    problems: tuple[Problem, ...]


def read_layout(generated: Path, root: Path) -> Layout:
    """The layout that `generated/lambda` uses. Raises OSError where a file is missing."""
    runtime = _Module.read(generated / RUNTIME, root)
    problems: list[Problem] = []
    separator = _separator(runtime, problems)
    pattern, line = _pattern(runtime.tree)
    attributes: dict[str, frozenset[str]] = {}
    for package in sorted((generated / "lambda").glob("*-api")):
        found = frozenset({HASH})
        for path in sorted(package.glob("*/*.py")):
            found |= _entity_attributes(_Module.read(path, root), problems)
        attributes[package.name.removesuffix("-api")] = found
    return Layout(separator, pattern, Place(runtime.path, line), attributes, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Module:
    tree: ast.Module
    path: str

    @classmethod
    def read(cls, path: Path, root: Path) -> _Module:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        return cls(tree, path.relative_to(root).as_posix())


def _separator(runtime: _Module, problems: list[Problem]) -> str | None:
    """What follows the tenant in the keys that the runtime's functions make."""
    functions = Functions(runtime.tree)
    separators: set[str | None] = set()
    for name, function in functions.by_name.items():
        if TENANT not in parameters(function):
            continue
        for value in functions.returns(name):
            begun = _partition_key(value)
            known = begun is not None and begun.parameter == TENANT
            if known and begun and begun.text.startswith(SEPARATOR):
                separators.add(SEPARATOR)
                continue
            separators.add("" if known else None)
            missing = f"`{SEPARATOR}` after the tenant" if known else "the tenant in front"
            message = f"`{name}` makes a partition key without {missing}"
            problems.append(Problem(message, Place(runtime.path, function.lineno)))
    if not separators:
        problems.append(Problem("no function makes keys", Place(runtime.path, 1)))
    return None if None in separators or not separators else min(map(str, separators))


def _partition_key(value: Value) -> Prefix | None:
    """How the partition key in a value of `keys.py` begins: a text, or a DynamoDB key."""
    if isinstance(value, Made):
        wrapped = dict(value.entries).get(HASH)
        value = dict(wrapped.entries).get("S") if isinstance(wrapped, Made) else None
    return value if isinstance(value, Prefix) else None


def _pattern(tree: ast.Module) -> tuple[str | None, int]:
    """The pattern of tenant ids and its line."""
    for node in tree.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr="compile"),
                    args=[ast.Constant(value=str(text))],
                    keywords=[],
                ),
            ) if name == PATTERN:
                return text, node.lineno
    return None, 1


def _entity_attributes(module: _Module, problems: list[Problem]) -> frozenset[str]:
    """Attributes of partition keys that an entity's `keys` function fills."""
    found: set[str] = set()
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name != "keys":
            continue
        if parameters(node)[:1] != [TENANT] or _rebinds(node, TENANT):
            problems.append(_unread(module, node, "does not take the tenant as it comes"))
        for line, slot in _spread(node):
            if slot is None:
                place = Place(module.path, line)
                problems.append(Problem("a key is not made by the runtime for the tenant", place))
            else:
                found.add(slot + HASH)
    return frozenset(found)


def _unread(module: _Module, node: ast.FunctionDef, what: str) -> Problem:
    return Problem(f"`{node.name}` {what}", Place(module.path, node.lineno))


def _rebinds(function: ast.FunctionDef, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(function)
    )


def _spread(function: ast.FunctionDef) -> Iterator[tuple[int, str | None]]:
    """Line and slot of each key that is returned, alone or in a dictionary; none for a stranger."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Return):
            continue
        if not isinstance(node.value, ast.Dict):  # an entity without indexes
            yield node.lineno, _slot(node.value)
            continue
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            yield value.lineno, None if key is not None else _slot(value)


def _slot(value: ast.expr | None) -> str | None:
    match value:
        case ast.Call(func=ast.Name(id="primary_key"), args=[ast.Name(id="tenant"), *_]):
            return ""
        case ast.Call(
            func=ast.Name(id="index_key"),
            args=[ast.Constant(value=str(slot)), ast.Name(id="tenant"), *_],
        ):
            return slot
    return None
