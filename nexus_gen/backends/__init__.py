"""The target languages: each backend turns the model into files of its folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from nexus_gen.backends.base import Artifact, Backend

__all__ = ["BACKENDS", "Artifact", "Backend", "backends"]

BACKENDS = (
    "nexus_gen.backends.terraform.backend:TerraformBackend",
    "nexus_gen.backends.lambda_.backend:LambdaBackend",
    "nexus_gen.backends.openapi.backend:OpenApiBackend",
    "nexus_gen.backends.client.backend:ClientBackend",
    "nexus_gen.backends.isolation.backend:IsolationBackend",
    "nexus_gen.backends.project.backend:ProjectBackend",
)
"""Where each backend is; a name instead of the class, so that only a build imports them."""


def backends() -> Iterator[Backend]:
    """An instance of every backend."""
    for location in BACKENDS:
        module, _, name = location.partition(":")
        backend: Backend = getattr(import_module(module), name)()
        yield backend
