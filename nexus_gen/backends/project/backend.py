"""`generated/README.md` and `generated/.gitattributes`."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.project.views import ReadmeView
from nexus_gen.model import Model
from nexus_gen.render import render, static

_README = "project/README.md.jinja"
_ATTRIBUTES = "project/gitattributes"


class ProjectBackend:
    """The files about the output itself."""

    name = "project"

    def generate(self, model: Model) -> Iterator[Artifact]:
        """The map and the attributes."""
        yield Artifact(
            path="README.md",
            content=render(_README, ReadmeView(model)),
            template=_README,
            sources=(model.product.span, *(vertical.span for vertical in model.verticals)),
        )
        yield Artifact(path=".gitattributes", content=static(_ATTRIBUTES), template=_ATTRIBUTES)
