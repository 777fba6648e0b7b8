"""`nexus-gen init`: a small spec that builds, to begin with."""

from __future__ import annotations

import sys
from pathlib import Path

from nexus_gen.cli.exits import ExitCode

_STATIC = {
    "spec/nexus.yaml": "init/nexus.yaml",
    "spec/verticals/notes.yaml": "init/notes.yaml",
    ".gitignore": "init/gitignore",
}
"""File of a new project -> where it is below `templates/`."""


def init(folder: Path) -> ExitCode:
    """Write the first spec and its schemas into a folder that has none; overwrite nothing."""
    files = _files()
    try:
        taken = [path for path in files if (folder / path).exists() and path != ".gitignore"]
        if taken or (folder / "spec").exists():
            print(
                f"nothing written: {folder / (taken[0] if taken else 'spec')} exists; "
                "a new spec wants a folder without one",
                file=sys.stderr,
            )
            return ExitCode.FAULT
        has_gitignore = (folder / ".gitignore").exists()
        for path, content in files.items():
            if path != ".gitignore" or not has_gitignore:
                _create(folder / path, content)
                print(f"  + {folder / path}")
    except OSError as error:
        print(f"cannot write {error.filename}: {error.strerror}", file=sys.stderr)
        return ExitCode.FAULT
    if has_gitignore:
        lines = files[".gitignore"].decode().split("\n")
        print("add to .gitignore: " + " ".join(line for line in lines if line))
    _tell_next(folder)
    return ExitCode.FINE


def _files() -> dict[str, bytes]:
    from nexus_gen.cli.schema import read_schemas
    from nexus_gen.render import static

    files = {path: static(template) for path, template in _STATIC.items()}
    schemas = {f"spec/schemas/{name}": text.encode() for name, text in read_schemas().items()}
    return files | schemas


def _create(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _tell_next(folder: Path) -> None:
    print("\nNow edit spec/verticals/notes.yaml, and compile it:\n")
    if folder.resolve() != Path.cwd():
        print(f"  cd {folder}")
    print("  nexus-gen build")
    print("\nTo try it on this machine:\n\n  nexus-gen dev")
