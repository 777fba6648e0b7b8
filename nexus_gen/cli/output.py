"""What commands print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.formats import Format, render


def show(diagnostics: Sequence[Diagnostic], format: Format, root: Path) -> None:
    """Diagnostics for people on stderr, for programs on stdout."""
    if format is not Format.TEXT:
        print(render(diagnostics, format, root), end="", flush=True)
        return
    from nexus_gen.diagnostics.render_text import wants_colour

    text = render(diagnostics, format, root, colour=wants_colour(sys.stderr))
    print(text, end="", file=sys.stderr, flush=True)


def is_fault(diagnostics: Sequence[Diagnostic]) -> bool:
    """Whether there is an error among them."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)
