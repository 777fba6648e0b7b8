"""`nexus-gen schema`: the JSON Schemas of the spec, for editors and other tools."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nexus_gen.cli.exits import ExitCode


def schema(name: str | None, output: Path | None) -> ExitCode:
    """Print one schema, or all in one object by file name; or write them to a folder."""
    schemas = read_schemas()
    if name is not None:
        wanted = f"{name.removesuffix('.json').removesuffix('.schema')}.schema.json"
        if wanted not in schemas:
            known = ", ".join(file.removesuffix(".schema.json") for file in schemas)
            print(f"there is no schema {name!r}; there are: {known}", file=sys.stderr)
            return ExitCode.USAGE
        schemas = {wanted: schemas[wanted]}
    if output is not None:
        return _write(schemas, output)
    if name is not None:
        print(*schemas.values(), sep="", end="")
    else:
        print(json.dumps({file: json.loads(text) for file, text in schemas.items()}, indent=2))
    return ExitCode.FINE


def complete_schemas(incomplete: str) -> list[str]:
    """Names of schemas that begin so, for shell completion."""
    names = (file.removesuffix(".schema.json") for file in read_schemas())
    return [name for name in names if name.startswith(incomplete)]


def read_schemas() -> dict[str, str]:
    """File name -> text of each schema, in order of names."""
    folder = Path(__file__).parents[1] / "frontend" / "schemas"
    return {
        path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.schema.json"))
    }


def _write(schemas: dict[str, str], output: Path) -> ExitCode:
    try:
        output.mkdir(parents=True, exist_ok=True)
        for file, text in schemas.items():
            (output / file).write_text(text, encoding="utf-8")
            print(f"  + {output / file}")
    except OSError as error:
        print(f"cannot write to {output}: {error.strerror}", file=sys.stderr)
        return ExitCode.FAULT
    return ExitCode.FINE
