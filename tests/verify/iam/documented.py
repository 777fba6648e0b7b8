"""What AWS documents about policies, each sentence with cases that follow from it.

Pages are of the IAM User Guide unless another book is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from nexus_gen.verify.iam.conditions import Context

Answer = Literal["allow", "implicit deny", "explicit deny", "raises"]

TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/school"
TAG = "aws:PrincipalTag/organization_id"
KEYS = "dynamodb:LeadingKeys"
OWN = "${aws:PrincipalTag/organization_id}#*"


@dataclass(frozen=True)
class Case:
    """A policy of one statement (or several), a request, and the answer."""

    name: str
    statement: Any
    answer: Answer
    context: Context = field(default_factory=dict)
    action: str = "dynamodb:GetItem"
    resource: str = TABLE
    version: str | None = "2012-10-17"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the documentation and what follows from it."""

    page: str
    text: str
    cases: tuple[Case, ...]


def allow(
    *, action: Any = "dynamodb:*", resource: Any = "*", effect: str = "Allow", **conditions: Any
) -> dict[str, Any]:
    """A statement; `ForAllValues__StringLike={...}` is the operator `ForAllValues:StringLike`."""
    made = {operator.replace("__", ":"): keys for operator, keys in conditions.items()}
    return {"Effect": effect, "Action": action, "Resource": resource, "Condition": made}


def deny(**parts: Any) -> dict[str, Any]:
    """A statement that denies."""
    return allow(effect="Deny", **parts)
