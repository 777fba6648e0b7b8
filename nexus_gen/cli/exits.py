"""Exit codes, and what is said when the fault is ours."""

from __future__ import annotations

import sys
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What a command ends with."""

    FINE = 0
    FAULT = 1
    """The spec, the output or a check is at fault."""
    USAGE = 2
    """Wrong use of the command line."""
    BUG = 70
    """Our bug (EX_SOFTWARE of sysexits.h)."""
    INTERRUPTED = 130
    """Ctrl-C: 128 and the number of SIGINT, as shells have it."""


def report_bug(error: Exception) -> None:
    """Say on stderr that the fault is ours, and what to send us."""
    import platform
    import traceback

    from nexus_gen import __version__

    package = Path(__file__).parents[1]
    lines = [
        "nexus-gen has a bug; your spec is not at fault. Please report these lines:",
        "",
        f"  nexus-gen {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"  nexus-gen {' '.join(sys.argv[1:])}",
        f"  {type(error).__name__}: {error}",
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        name = path.relative_to(package.parent) if path.is_relative_to(package) else path.name
        lines.append(f"    {name}:{frame.lineno} in {frame.name}")
    print("\n".join(lines), file=sys.stderr)
