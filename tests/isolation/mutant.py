"""What a mutant of the output is."""

from __future__ import annotations

from dataclasses import dataclass

from tests.isolation.corpus import Change

IAM = "terraform/modules/education/iam.tf"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to break the output.

    Attributes:
        name: for the table, unique.
        what: what is broken, in words.
        changes: how.
        layer: who has to catch it: `proof`, `lint`.
        code: of the finding.
        rule: of the finding: the claim or the lint; may be empty.
        says: a part of the finding: its message or the statement.
        at: the line of the output that the finding points at holds this.
    """

    name: str
    what: str
    changes: tuple[Change, ...]
    layer: str
    code: str
    rule: str = ""
    says: str = ""
    at: str = ""


def in_iam(old: str, new: str) -> tuple[Change, ...]:
    """One change of the module's roles and policies."""
    return (Change(IAM, old, new),)
