"""IAM policies as values: read strictly, evaluated as the IAM User Guide says.

What is not modelled raises `UnmodelledError`; nothing is ever guessed or passed over.
"""

from __future__ import annotations

from nexus_gen.verify.iam.evaluator import Decision, Request, evaluate, evaluate_trust
from nexus_gen.verify.iam.policy import (
    Condition,
    Policy,
    Principal,
    Statement,
    UnmodelledError,
    parse,
    parse_json,
)

__all__ = [
    "Condition",
    "Decision",
    "Policy",
    "Principal",
    "Request",
    "Statement",
    "UnmodelledError",
    "evaluate",
    "evaluate_trust",
    "parse",
    "parse_json",
]
