"""The lambda backend without its layer, which no spec changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nexus_gen.backends.lambda_.backend import LambdaBackend
from nexus_gen.model import Model

Render = Callable[[Model], dict[str, bytes]]


@pytest.fixture(scope="session")
def rendered() -> Render:
    """A function from a model to the files of its handlers, by their path below `lambda/`."""
    backend = LambdaBackend(layer=dict)

    def render(model: Model) -> dict[str, bytes]:
        artifacts = backend.generate(model)
        return {one.path.removeprefix("lambda/"): one.content for one in artifacts}

    return render
