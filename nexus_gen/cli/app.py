"""The command line of nexus-gen."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name, and exit with its code.

    `nexus-gen build` without options, the command of every day, goes past the parser of arguments,
    which costs more than a build that has nothing to do.
    """
    from nexus_gen.cli.exits import ExitCode

    try:
        if sys.argv[1:] == ["build"]:
            from pathlib import Path

            from nexus_gen.cli.build import build_once

            sys.exit(build_once(Path.cwd()))
        from nexus_gen.cli.commands import app

        app()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        from nexus_gen.cli.exits import report_bug

        report_bug(error)
        sys.exit(ExitCode.BUG)
