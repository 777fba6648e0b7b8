"""The `openapi` backend: one document of the whole API."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.openapi.document import document
from nexus_gen.diagnostics import Span
from nexus_gen.model import Model

PATH = "openapi/openapi.yaml"


class OpenApiBackend:
    """Model to `openapi/openapi.yaml`.

    A document that is data is written by a writer of data (`writer.py`), not by a template, so the
    artifact names none.
    """

    name = "openapi"

    def generate(self, model: Model) -> Iterable[Artifact]:
        """The document, with the entity of each of its stretches as an anchor."""
        texts: list[str] = []
        anchors: list[tuple[int, Span]] = []
        line = 1
        for text, span in document(model):
            if span is not None:
                anchors.append((line, span))
            texts.append(text)
            line += text.count("\n")
        yield Artifact(
            path=PATH,
            content="".join(texts).encode(),
            template="",
            sources=tuple(dict.fromkeys(span for _, span in anchors)),
            anchors=tuple(anchors),
        )
