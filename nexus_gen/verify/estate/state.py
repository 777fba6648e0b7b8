"""Terraform state as values: a state file of version 4, or what `terraform show -json` prints.

Formats: a state file is documented in Terraform's `internal/states/statefile/version4.go`, the
output of `show` on its page "JSON Output Format".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nexus_gen.diagnostics import Diagnostic

_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_STATE_VERSION = 4
_SHOW_MAJOR = "1"


@dataclass(frozen=True, slots=True)
class Resource:
    """One instance of a resource or data source.

    Attributes:
        address: with index: `module.nexus.aws_subnet.private["a"]`.
        values: its attributes; nested blocks are lists of objects.
    """

    address: str
    managed: bool
    type: str
    values: dict[str, Any]

    @property
    def block(self) -> str:
        """The address without any index: where its configuration stands."""
        return _INDEX.sub("", self.address)

    def text(self, attribute: str) -> str:
        """An attribute that is a string, empty where it is none."""
        value = self.values.get(attribute)
        return value if isinstance(value, str) else ""

    def strings(self, attribute: str) -> tuple[str, ...]:
        """The strings of an attribute that is a list."""
        value = self.values.get(attribute)
        return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()

    def blocks(self, attribute: str) -> tuple[dict[str, Any], ...]:
        """The nested blocks of a name."""
        value = self.values.get(attribute)
        return tuple(v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class State:
    """What one root has applied.

    Attributes:
        form: what was read, for people: `state file of version 4, serial 51`.
        outputs: name -> value, of the root module.
    """

    form: str
    resources: tuple[Resource, ...] = ()
    outputs: dict[str, Any] = field(default_factory=dict)


PIPED = "terraform -chdir=CORE show -json | nexus-gen doctor --state -"
"""How a state gets here without a file: it holds secrets."""


class StateError(Exception):
    """No state can be made of what was given; carries what to tell, without a span."""

    def __init__(self, code: str, message: str, help_: str) -> None:
        self.diagnostic = Diagnostic(code, message, help=help_)
        super().__init__(message)


class _MalformedError(Exception):
    """A part of the document is not what the format says."""


def read_state(content: bytes, source: str) -> State:
    """The state in a file's content, in UTF-8, UTF-16 or UTF-32.

    Args:
        source: what to call the file in messages.

    Raises:
        StateError: it is not JSON (NX602), not a state (NX602), of a version that is not known
            (NX603), or holds nothing (NX604).
    """
    document = _json(content, source)
    try:
        state = _read(document, source)
    except _MalformedError as error:
        raise _no_state(source, f"{error} is not what a state has there") from None
    if not state.resources and not state.outputs:
        raise StateError(
            "NX604",
            f"{source} is the state of nothing: it has no resource and no output",
            "apply core first, or name the state of the environment that is meant",
        )
    return state


def _json(content: bytes, source: str) -> dict[str, Any]:
    if not content.strip():
        raise _no_state(source, "it is empty")
    try:
        document = json.loads(content)
    except UnicodeDecodeError:
        raise _no_state(source, "it is not text") from None
    except RecursionError:
        raise _no_state(source, "it is nested too deep") from None
    except json.JSONDecodeError as error:
        text = error.doc.rstrip()
        if text.startswith("{") and (error.pos >= len(text) - 1 or not text.endswith("}")):
            raise _no_state(source, "it ends in the middle: it is truncated") from None
        raise _no_state(source, f"it is not JSON (line {error.lineno}: {error.msg})") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise _no_state(source, f"it is not JSON ({error})") from None
    if not isinstance(document, dict):
        raise _no_state(source, "it is JSON, but not an object")
    return document


def _no_state(source: str, why: str) -> StateError:
    return StateError(
        "NX602",
        f"{source} is not a Terraform state: {why}",
        f"let Terraform read it, in core's root `CORE`: `{PIPED}`",
    )


def _read(document: dict[str, Any], source: str) -> State:
    if "encrypted_data" in document:
        raise _no_state(source, "it is encrypted")
    if "format_version" in document:
        return _shown(document, source)
    if "version" not in document:
        raise _no_state(source, "it has neither `version` nor `format_version`")
    if "serial" not in document and "resources" not in document:
        raise _no_state(source, "it has `version`, but neither `serial` nor `resources`")
    return _file(document, source)


def _file(document: dict[str, Any], source: str) -> State:
    version = document["version"]
    if version != _STATE_VERSION:
        older = isinstance(version, int) and version < _STATE_VERSION
        raise StateError(
            "NX603",
            f"{source} is a state file of version {json.dumps(version)}, and only "
            f"{_STATE_VERSION} is known",
            "run `terraform apply` with Terraform 0.13 or newer, which brings the file up to "
            "version 4, or give the output of `terraform show -json`"
            if older
            else "give the output of `terraform show -json`, or upgrade nexus-gen",
        )
    outputs = {
        name: _object(output, f"outputs.{name}").get("value")
        for name, output in _object(document.get("outputs", {}), "outputs").items()
    }
    resources = tuple(
        instance
        for position, resource in enumerate(_list(document.get("resources", []), "resources"))
        for instance in _instances(resource, f"resources[{position}]")
    )
    return State(f"state file, serial {document.get('serial', 'unknown')}", resources, outputs)


def _instances(resource: Any, where: str) -> Iterator[Resource]:
    of = _object(resource, where)
    kind, name, mode = (_string(of, key, where) for key in ("type", "name", "mode"))
    module = of.get("module")
    path = [module] if isinstance(module, str) and module else []
    path += ["data"] if mode == "data" else []
    base = ".".join([*path, kind, name])
    for instance in _list(of.get("instances", []), f"{where}.instances"):
        one = _object(instance, f"{where}.instances")
        index = one.get("index_key")
        address = base if index is None else f"{base}[{json.dumps(index, ensure_ascii=False)}]"
        values = one.get("attributes")
        yield Resource(
            address, mode == "managed", kind, _object(values or {}, f"{where}.attributes")
        )


def _shown(document: dict[str, Any], source: str) -> State:
    version = document["format_version"]
    if not isinstance(version, str) or version.partition(".")[0] != _SHOW_MAJOR:
        older = isinstance(version, str) and version.startswith("0.")
        raise StateError(
            "NX603",
            f"{source} has the format version {json.dumps(version)}, and only "
            f"{_SHOW_MAJOR}.x is known",
            "make it with `terraform show -json` of Terraform 1.1 or newer"
            if older
            else f"upgrade nexus-gen, or make it with a Terraform that writes {_SHOW_MAJOR}.x",
        )
    form = "output of `terraform show -json`"
    if "planned_values" in document:
        document, form = _object(document.get("prior_state", {}), "prior_state"), "plan"
    values = _object(document.get("values", {}), "values")
    outputs = {
        name: _object(output, f"outputs.{name}").get("value")
        for name, output in _object(values.get("outputs", {}), "outputs").items()
    }
    return State(form, tuple(_modules([values.get("root_module", {})])), outputs)


def _modules(modules: Iterable[Any]) -> Iterator[Resource]:
    waiting = list(modules)
    while waiting:
        module = _object(waiting.pop(0), "root_module")
        waiting += _list(module.get("child_modules", []), "child_modules")
        for resource in _list(module.get("resources", []), "root_module.resources"):
            of = _object(resource, "root_module.resources")
            address, kind, mode = (
                _string(of, key, "root_module.resources") for key in ("address", "type", "mode")
            )
            values = _object(of.get("values") or {}, f"{address}.values")
            yield Resource(address, mode == "managed", kind, values)


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _MalformedError(f"`{where}`")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _MalformedError(f"`{where}`")
    return value


def _string(of: dict[str, Any], key: str, where: str) -> str:
    value = of.get(key)
    if not isinstance(value, str):
        raise _MalformedError(f"`{where}.{key}`")
    return value
