"""YAML files to checked plain data with source positions."""

from nexus_gen.frontend.document import Document, DocumentKind, DocumentPath, SourceMap
from nexus_gen.frontend.loading import load
from nexus_gen.frontend.validating import validate

__all__ = ["Document", "DocumentKind", "DocumentPath", "SourceMap", "load", "validate"]
