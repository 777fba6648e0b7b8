"""What `nexus-gen check` runs on `generated/`."""

from nexus_gen.verify.context import Check, Subject
from nexus_gen.verify.finding import CheckResult, Finding, Outcome, Report
from nexus_gen.verify.runner import Progress, verify
from nexus_gen.verify.steps import CHECKS

__all__ = [
    "CHECKS",
    "Check",
    "CheckResult",
    "Finding",
    "Outcome",
    "Progress",
    "Report",
    "Subject",
    "verify",
]
