"""The command line of nexus-gen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    from nexus_gen.cli.exits import ExitCode

    try:
        try:
            _run(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on (`| head`). Python would complain when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.FAULT)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        from nexus_gen.cli.exits import report_bug

        report_bug(error)
        sys.exit(ExitCode.BUG)


def _run(arguments: Sequence[str]) -> None:
    """Exits with the code of the command.

    `nexus-gen build` without options, the command of every day, goes past the parser of arguments,
    which costs more than a build that has nothing to do.

    A build leaves next to no reference cycles behind, and ends with its process: looking for cycles
    among what it imports and makes would be a tenth of its cost.
    """
    if arguments[:1] == ["build"] and "--watch" not in arguments:
        import gc

        gc.disable()
    if arguments == ["build"]:
        from pathlib import Path

        from nexus_gen.cli.build import build_once

        sys.exit(build_once(Path.cwd()))
    from nexus_gen.cli.commands import app

    app()
