"""`generated/ISOLATION.md`."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.isolation.page import PAGE, PageView
from nexus_gen.model import Model
from nexus_gen.render import render

_TEMPLATE = "isolation/ISOLATION.md.jinja"


class IsolationBackend:
    """The page of claims."""

    name = "isolation"

    def generate(self, model: Model) -> Iterator[Artifact]:
        """One page."""
        yield Artifact(
            path=PAGE,
            content=render(_TEMPLATE, PageView(model)),
            template=_TEMPLATE,
            sources=(model.product.span, *(vertical.span for vertical in model.verticals)),
        )
