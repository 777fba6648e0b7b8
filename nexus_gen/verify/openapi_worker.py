"""Validates one OpenAPI document and prints what is wrong, as JSON (run with `python -m`).

Each entry has `message`, `pointer` (RFC 6901, empty for the document) and the 1-based `line` and
`column` of the value there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable

Keys = tuple[str | int, ...]
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPERATION = re.compile(r"for '(?P<method>\w+)'(?: operation)? in '(?P<path>[^']*)'")
_ABSENT = object()


def problems(text: str) -> Iterator[dict[str, Any]]:
    """Everything wrong with the document, in the order of its lines."""
    try:
        tree = yaml.compose(text, Loader=Loader)
        document = yaml.load(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        yield _problem(str(error.problem), (), error.problem_mark)
        return
    if not isinstance(document, dict):
        yield _problem("the document is not a mapping", (), None)
        return
    found = [
        _problem(_short(message), path, _mark(tree, path))
        for path, message in (*_dangling(document), *_violations(document))
    ]
    yield from sorted(found, key=lambda problem: (problem["line"], problem["message"]))


def _problem(message: str, path: Keys, mark: Any) -> dict[str, Any]:
    line, column = (mark.line, mark.column) if mark else (0, 0)
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in path)
    pointer = "".join(f"/{part}" for part in parts)
    return {"message": message, "pointer": pointer, "line": line + 1, "column": column + 1}


def _short(message: str) -> str:
    """A message's first line, of bounded length: some go on to quote the whole instance."""
    line = message.strip().partition("\n")[0] or "invalid"
    return line if len(line) <= 300 else f"{line[:140]} ... {line[-140:]}"


def _violations(document: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """What the validator finds; it cannot go past a reference that points at nothing."""
    try:
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            yield _place(document, error), error.message
    except Unresolvable:
        return


def _place(document: dict[str, Any], error: Any) -> Keys:
    """Where in the document the error is.

    The validator gives paths from the document for its structure, paths from the schema for
    schemas, and none for operations, which its message names.
    """
    if named := _OPERATION.search(error.message):
        return ("paths", named["path"], named["method"])
    path = tuple(error.absolute_path)
    for prefix, value in _walk(document):
        if path and _lookup(value, path) == error.instance:
            return (*prefix, *path)
    return path


def _dangling(document: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """References into the document that point at nothing."""
    for path, value in _walk(document):
        target = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(target, str) or not target.startswith("#/"):
            continue
        parts = (unquote(part) for part in target.removeprefix("#/").split("/"))
        keys = tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
        if _lookup(document, keys) is _ABSENT:
            yield (*path, "$ref"), f"`{target}` points at nothing"


def _walk(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every mapping and list in a value with its place, outermost first."""
    if isinstance(value, dict):
        children: Any = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    else:
        return
    yield path, value
    for key, child in children:
        yield from _walk(child, (*path, key))


def _lookup(value: Any, path: Keys) -> Any:
    """The value at `path` inside a value, or `_ABSENT`."""
    for part in path:
        try:
            value = value[int(part) if isinstance(value, list) else part]
        except (KeyError, IndexError, TypeError, ValueError):
            return _ABSENT
    return value


def _mark(node: Any, path: Keys) -> Any:
    """Where the value at `path` stands, or the deepest one on the way.

    A value that fills lines of its own is where its key is.
    """
    mark = node.start_mark
    for part in path:
        if isinstance(node, yaml.MappingNode):
            entries = [entry for entry in node.value if entry[0].value == str(part)]
        elif isinstance(node, yaml.SequenceNode):
            entries = [(node.value[int(part)], node.value[int(part)])]
        else:
            entries = []
        if not entries:
            return mark
        key, node = entries[0]
        own_lines = isinstance(node, yaml.CollectionNode) and not node.flow_style
        mark = (key if own_lines else node).start_mark
    return mark


if __name__ == "__main__":
    json.dump(list(problems(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout)
