"""The OpenAPI backend, as text and as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from nexus_gen.backends.openapi.backend import OpenApiBackend
from nexus_gen.model import Model

Render = Callable[[Model], bytes]
Load = Callable[[Model], dict[str, Any]]


@pytest.fixture(scope="session")
def rendered() -> Render:
    """A function from a model to its document."""

    def render(model: Model) -> bytes:
        (artifact,) = OpenApiBackend().generate(model)
        return artifact.content

    return render


@pytest.fixture(scope="session")
def document(rendered: Render) -> Load:
    """A function from a model to its document as another parser reads it."""

    def load(model: Model) -> dict[str, Any]:
        data: dict[str, Any] = yaml.load(rendered(model), Loader=yaml.CSafeLoader)
        return data

    return load
