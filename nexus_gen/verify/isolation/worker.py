"""Solves the problems of a file, in a process that can be killed (run with `python -m`).

Reads a JSON list of `[script, {name: term}]` and prints one of `[verdict, {name: value}, reason]`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nexus_gen.verify.isolation.solving import solve


def main(path: Path) -> None:
    """Solve what the file holds."""
    answers = [solve(script, watched) for script, watched in json.loads(path.read_text("utf-8"))]
    json.dump([[a.verdict, dict(a.values), a.reason] for a in answers], sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
