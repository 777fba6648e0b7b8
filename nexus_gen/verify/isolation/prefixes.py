"""How the strings that Python code builds begin: with which argument, and with which text after it.

A small abstract interpreter over the functions of one module (`nexus_runtime.keys`). It follows
f-strings, names, calls of functions of the same module, `"#".join(parts)` and dictionaries; of
everything else it knows nothing, which is the safe answer.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a string: the value of a parameter of the entry function, then a text.

    `whole` says that nothing follows.
    """

    parameter: str
    text: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A dictionary: for each key whose name is known at its end, how the value begins."""

    entries: tuple[tuple[str, Value], ...]


Value = Prefix | Made | str | None
"""How a value begins; a constant is itself. None: nothing is known."""

Names = dict[str, Value]


class Functions:
    """The functions of a module, to be asked how what they return begins."""

    def __init__(self, tree: ast.Module) -> None:
        found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        self.by_name: Mapping[str, ast.FunctionDef] = {node.name: node for node in found}

    def returns(self, name: str) -> list[Value]:
        """How each value that the function may return begins."""
        function = self.by_name[name]
        return list(
            self._call(function, {p: Prefix(p, whole=True) for p in parameters(function)}, 0)
        )

    def _call(self, function: ast.FunctionDef, names: Names, depth: int) -> Iterator[Value]:
        yield from self._body(function.body, dict(names), depth)

    def _body(self, body: list[ast.stmt], names: Names, depth: int) -> Iterator[Value]:
        for statement in body:
            match statement:
                case ast.Return(value=value):
                    yield from self._returned(value, names, depth)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    names[name] = self._value(value, names, depth)
                case ast.If(body=then, orelse=otherwise):
                    yield from self._branches([then, otherwise], names, depth)
                case ast.For(target=target, body=inner, orelse=otherwise):
                    _forget(target, names)
                    yield from self._branches([inner, otherwise], names, depth)
                case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"))):
                    pass  # what a list begins with stays
                case ast.Expr(value=ast.Constant() | ast.Call()) | ast.Raise() | ast.Pass():
                    pass
                case _:
                    for node in ast.walk(statement):
                        _forget(node, names)
                    if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
                        yield None

    def _branches(
        self, branches: list[list[ast.stmt]], names: Names, depth: int
    ) -> Iterator[Value]:
        ends = []
        for branch in branches:
            inner = dict(names)
            yield from self._body(branch, inner, depth)
            ends.append(inner)
        for name in names:
            if any(end.get(name) != names[name] for end in ends):
                names[name] = None

    def _returned(self, value: ast.expr | None, names: Names, depth: int) -> Iterator[Value]:
        match value:
            case None | ast.Constant(value=None) | ast.Dict(keys=[]):
                return  # no key at all
            case ast.IfExp(body=then, orelse=otherwise):
                yield from self._returned(then, names, depth)
                yield from self._returned(otherwise, names, depth)
            case ast.Call(func=ast.Name(id=name)) if name in self.by_name and depth < _DEPTH:
                function = self.by_name[name]
                yield from self._call(function, self._bound(function, value, names), depth + 1)
            case _:
                yield self._value(value, names, depth)

    def _bound(self, function: ast.FunctionDef, call: ast.Call, names: Names) -> Names:
        """Values of a function's parameters in a call."""
        bound: Names = dict.fromkeys(parameters(function))
        for parameter, argument in zip(parameters(function), call.args, strict=False):
            bound[parameter] = self._value(argument, names, _DEPTH)
        for keyword in call.keywords:
            if keyword.arg:
                bound[keyword.arg] = self._value(keyword.value, names, _DEPTH)
        for parameter, argument in zip(parameters(function), call.args, strict=False):
            if isinstance(argument, ast.Call):
                bound[parameter] = self._one(argument, names)
        return bound

    def _one(self, call: ast.Call, names: Names) -> Value:
        """How the result of a call begins, if it begins the same way wherever it returns."""
        found = set(self._returned(call, names, 1))
        return found.pop() if len(found) == 1 else None

    def _value(self, node: ast.expr, names: Names, depth: int) -> Value:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return names.get(name)
            case ast.JoinedStr(values=values):
                return self._joined(values, names)
            case ast.List(elts=[first, *_]):
                return self._value(first, names, depth)
            case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant()), args=[parts]):
                return self._value(parts, names, depth)
            case ast.Call(func=ast.Name(id=name)) if name in self.by_name and depth < _DEPTH:
                return self._one(node, names)
            case ast.Dict(keys=keys, values=values):
                return self._dictionary(keys, values, names, depth)
        return None

    def _joined(self, values: list[ast.expr], names: Names) -> Value:
        match values:
            case [ast.FormattedValue(value=first, conversion=-1, format_spec=None), *rest]:
                begun = self._value(first, names, _DEPTH)
            case _:
                return None
        if not isinstance(begun, Prefix):
            return None
        if not begun.whole:
            return begun
        match rest:
            case []:
                return begun
            case [ast.Constant(value=str(text)), *_]:
                return Prefix(begun.parameter, begun.text + text)
        return Prefix(begun.parameter, begun.text)

    def _dictionary(
        self, keys: list[ast.expr | None], values: list[ast.expr], names: Names, depth: int
    ) -> Value:
        entries = []
        for key, value in zip(keys, values, strict=True):
            name = _end_of(key)
            if name is None:
                return None
            entries.append((name, self._value(value, names, depth)))
        return Made(tuple(entries))


def parameters(function: ast.FunctionDef) -> list[str]:
    """Names of a function's parameters."""
    arguments = function.args
    return [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _end_of(key: ast.expr | None) -> str | None:
    """The text that a dictionary's key ends with."""
    match key:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[*_, ast.Constant(value=str(text))]):
            return text
    return None


def _forget(node: ast.AST, names: Names) -> None:
    if isinstance(node, ast.Name):
        names[node.id] = None
