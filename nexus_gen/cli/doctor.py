"""`nexus-gen doctor`: the estate that is extended, before an apply."""

from __future__ import annotations

import sys
from pathlib import Path

from nexus_gen.cli.exits import ExitCode
from nexus_gen.diagnostics.formats import Format

STDIN = Path("-")


def doctor(root: Path, state: Path | None, environment: str | None, format: Format) -> ExitCode:
    """Compare the spec with core's state and say what would collide or is missing.

    Args:
        state: a state file or the output of `terraform show -json`; `-` is standard input. None:
            the one that `integration.core_state` names.
        environment: the first of the spec, unless named.
    """
    from nexus_gen.analysis import analyse_subject
    from nexus_gen.cli.output import is_fault, show
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.diagnostics.suggest import did_you_mean
    from nexus_gen.frontend import load, validate
    from nexus_gen.verify.estate import doctor as examination
    from nexus_gen.verify.estate.estate import Estate

    try:
        documents = load(root)
        validate(documents)
        subject, _ = analyse_subject(documents)
        names = [one.name for one in subject.model.environments]
        chosen = environment or names[0]
        if chosen not in names:
            hint = did_you_mean(chosen, names, otherwise="there are")
            print(f"the spec has no environment {chosen!r}; {hint}", file=sys.stderr)
            return ExitCode.USAGE
        if state is None:
            given, span = examination.declared_state(root, subject, chosen)
            found = examination.read(given, span)
        else:
            source = "standard input" if state == STDIN else f"`{state}`"
            given = examination.Given(_content(state), source)
            found = examination.read(given)
    except SpecError as error:
        show(error.diagnostics, format, root)
        return ExitCode.FAULT
    except OSError as error:
        print(f"cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return ExitCode.USAGE
    estate = Estate(subject, chosen, found)
    problems = examination.examine(estate)
    if format is Format.TEXT:
        print(examination.looked_at(estate, given.source), flush=True)
    show(problems, format, root)
    if format is Format.TEXT and not is_fault(problems):
        print("nothing stands in the way of an apply")
    return ExitCode.FAULT if is_fault(problems) else ExitCode.FINE


def _content(state: Path) -> bytes:
    """Raises OSError."""
    return sys.stdin.buffer.read() if state == STDIN else state.read_bytes()
