"""`nexus-gen explain`: the catalog of diagnostics."""

from __future__ import annotations

import sys

from nexus_gen.cli.exits import ExitCode


def explain(code: str) -> ExitCode:
    """Print the page of a code, however it is written (`NX104`, `nx104`, `104`)."""
    from nexus_gen.diagnostics import catalog
    from nexus_gen.diagnostics.display import printable
    from nexus_gen.diagnostics.suggest import closest

    wanted = code.strip().upper()
    wanted = f"NX{wanted}" if wanted.isdecimal() else wanted
    codes = catalog.all_codes()
    if wanted in codes:
        print(catalog.page(wanted).markdown, end="")
        return ExitCode.FINE
    near = closest(wanted, codes)
    hint = f"did you mean {near}? " if near else ""
    print(f"there is no code {printable(code)!r}; {hint}", file=sys.stderr, end="")
    print("`nexus-gen explain` lists all codes", file=sys.stderr)
    return ExitCode.USAGE


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Codes that begin so, with their titles, for shell completion."""
    from nexus_gen.diagnostics import catalog

    codes = [code for code in catalog.all_codes() if code.startswith(incomplete)]
    return [(code, catalog.page(code).title) for code in codes]


def list_codes() -> ExitCode:
    """Print every code with its title."""
    from nexus_gen.diagnostics import catalog

    for code in catalog.all_codes():
        print(f"{code}  {catalog.page(code).title}")
    return ExitCode.FINE
