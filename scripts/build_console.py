"""Build `console/dist`, and do nothing where nothing changed (`make console`, `make dev`).

The build carries a stamp of what it was made from: the console's sources and lock file, and the
generated client that it is built on.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import prerequisites
from progress import Progress

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = ROOT / "console"
CLIENT = ROOT / "generated" / "client"
STAMP = CONSOLE / "dist" / ".build-stamp"
IGNORED = {"node_modules", "dist"}


def main() -> None:
    """Bring the build up to date."""
    if problem := prerequisites.node_problem():
        sys.exit(f"console: {problem}")
    if not (CONSOLE / "node_modules").is_dir():
        sys.exit("console: its npm packages are absent: run `make console`")
    wanted = stamp()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    with Progress("console", 1) as progress, progress.step("console/dist", "building"):
        done = subprocess.run(
            ["npm", "run", "--silent", "build", "--", "--logLevel=error"],
            cwd=CONSOLE,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(f"console: the build failed ({done.returncode})")
        STAMP.write_text(wanted)


def stamp() -> str:
    """Digest of every file that the build reads."""
    digest = hashlib.sha256()
    for path in sorted([*files(CONSOLE), *files(CLIENT)]):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest() + "\n"


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, but for installed packages and earlier builds."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in IGNORED]
        yield from (Path(parent) / name for name in names)


if __name__ == "__main__":
    main()
