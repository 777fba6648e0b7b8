"""What a backend is: a pure function from the model to files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from nexus_gen.diagnostics import Span
from nexus_gen.model import Model


class Artifact(NamedTuple):
    """One file of `generated/`.

    Attributes:
        path: relative to `generated/`, with forward slashes.
        content: its exact bytes.
        template: the template or static file that it came from, relative to `templates/`; for the
            layer, the runtime's file.
        sources: the parts of the spec that it renders, for mapping findings back to the spec.
        anchors: `(first line of the artifact, span)` pairs in ascending order: what each stretch
            of the file renders, where that is finer than `sources`.
    """

    path: str
    content: bytes
    template: str
    sources: tuple[Span, ...] = ()
    anchors: tuple[tuple[int, Span], ...] = ()


class Backend(Protocol):
    """A target language. Infallible on a valid model; no clock, no disk, no environment."""

    name: str

    def generate(self, model: Model) -> Iterable[Artifact]:
        """Every file that this backend renders, in any order."""
        ...
