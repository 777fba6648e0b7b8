"""`generated/` is what the spec gives: nothing missing, changed by hand or left over."""

from __future__ import annotations

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding


def check_build(context: Context) -> Checked:
    """What `nexus-gen build --check` says: each file that a build would touch, and warnings."""
    return Checked([Finding.of(difference) for difference in context.subject.differences()])
