"""Problems as values, their rendering and their catalog."""

from nexus_gen.diagnostics.diagnostic import Diagnostic, Label, Severity, SpecError
from nexus_gen.diagnostics.span import Span

__all__ = ["Diagnostic", "Label", "Severity", "Span", "SpecError"]
