"""Small outputs, and what a tree on disk looks like."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from nexus_gen.backends import Artifact
from nexus_gen.diagnostics import Span
from nexus_gen.emit.plan import Plan
from nexus_gen.emit.writer import writing

COURSE = Span("spec/verticals/education.yaml", 14, 3, 9)

MUTATIONS = frozenset({"os.mkdir", "os.remove", "os.rename", "os.rmdir"})
"""Audit events of calls that change a folder; `open` for writing is the fifth."""


def artifacts(files: dict[str, str]) -> list[Artifact]:
    """One artifact a path, in another order than the alphabet's."""
    return [
        Artifact(path, content.encode(), "lambda/entity.py.jinja", (COURSE,), ((2, COURSE),))
        for path, content in reversed(files.items())
    ]


def build(root: Path, files: dict[str, str]) -> Plan:
    """A build whose backends give these files."""
    with writing(root) as output:
        return output.write(artifacts(files))


def tree(root: Path) -> dict[str, bytes]:
    """Path -> content of everything in `generated/`; a folder that is empty has no content."""
    top = root / "generated"
    found: dict[str, bytes] = {}
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if path.is_symlink() or path.is_file():
            found[name] = path.read_bytes() if path.exists() else b"dangling"
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def times(root: Path) -> dict[str, tuple[int, int]]:
    """Path -> time of the last change and inode of each file."""
    paths = (path for path in (root / "generated").rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in paths}


def in_child(task: Callable[[], object]) -> int:
    """Run it in a child process; the wait status as `os.waitstatus_to_exitcode` gives it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            task()
            code = 0
        except OSError:
            code = 3
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def at_mutation(number: int, act: Callable[[], object]) -> None:
    """Have this process `act` just before its n-th call that changes the disk (1-based).

    Audit hooks cannot be removed: only for a child.
    """
    left = number

    def hook(event: str, arguments: Iterable[object]) -> None:
        nonlocal left
        if event in MUTATIONS or (event == "open" and _writes(tuple(arguments))):
            left -= 1
            if left == 0:
                act()

    sys.addaudithook(hook)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
