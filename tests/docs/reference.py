"""`docs/nexus-yaml.md` from the schema: each key with its values, its default and its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

HEAD = """\
# Reference of `spec/nexus.yaml`

The product: its names, its tenants, its environments, and the estate that it extends. A key in
**bold** is required where the one above it is given. `nexus-gen init` writes a small file to begin
with. This page is made from the schema that `nexus-gen schema nexus` prints, and that editors use.
"""
COLUMNS = "| key | value | default | meaning |\n|---|---|---|---|"


def page(schema: Schema) -> str:
    """The whole page."""
    parts = [HEAD]
    own: list[str] = []
    for key, value in schema["properties"].items():
        required = key in schema["required"]
        if rows := list(_below(value, "")):
            about = value["description"] + (" Required." if required else "")
            parts.append("\n".join([f"## `{key}`\n\n{about}\n\n{COLUMNS}", *rows]) + "\n")
        else:
            own += _rows(key, value, required, "")
    parts.insert(1, "\n".join([f"## Top level\n\n{COLUMNS}", *own]) + "\n")
    return "\n".join(parts)


def _rows(key: str, schema: Schema, required: bool, above: str) -> Iterator[str]:
    """The row of a key and, in order, those of the keys below it."""
    path = f"{above}.{key}" if above else key
    yield _row(path, schema, required)
    yield from _below(schema, path)


def _row(path: str, schema: Schema, required: bool) -> str:
    shown = f"**`{path}`**" if required else f"`{path}`"
    default = f"`{_plain(schema['default'])}`" if "default" in schema else ""
    cells = (shown, _value(schema), default, schema.get("description", ""))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _below(schema: Schema, path: str) -> Iterator[str]:
    for key, value in schema.get("properties", {}).items():
        yield from _rows(key, value, key in schema.get("required", ()), path)
    if isinstance(named := schema.get("additionalProperties"), dict):
        if not named.get("properties"):
            yield _row(f"{path}.<name>" if path else "<name>", named, False)
        yield from _below(named, f"{path}.<name>" if path else "<name>")
    for case in schema.get("allOf", ()):
        then = case["then"]
        ((switch, wanted),) = case["if"]["properties"].items()
        for key, value in then["properties"].items():
            if isinstance(value, dict):
                only = f"With `{switch}: {wanted['const']}`. {value['description']}"
                told = {**value, "description": only}
                yield from _rows(key, told, key in then["required"], path)


def _value(schema: Schema) -> str:
    """What may stand there."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{_plain(value)}`" for value in schema["enum"])
    match schema["type"]:
        case "integer":
            return f"{schema['minimum']} to {schema['maximum']:,}"
        case "boolean":
            return "`true` or `false`"
        case "array":
            return f"list; each is {_value(schema['items'])}"
        case "object":
            names = schema.get("propertyNames", {}).get("patternErrorMessage")
            return f"by name: {names}" if names else "keys as below"
        case _:
            example = "".join(f", as `{each}`" for each in schema.get("examples", ()))
            return schema.get("patternErrorMessage", f"text{example}")


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    """Markdown that fits into a cell: bars escaped, a list in one line."""
    return text.replace("|", "\\|").replace("\n- ", "; ").removeprefix("- ").replace("\n", " ")
