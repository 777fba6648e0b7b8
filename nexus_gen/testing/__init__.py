"""For your own tests: AWS in memory that enforces the policies which you will deploy.

    with mock_aws(), enforce_iam(*roles, execution_role=function_arn) as iam:
        ...

See docs/testing.md.
"""

from __future__ import annotations

from nexus_gen.testing.double import IamDouble, Judgement, Session, enforce_iam
from nexus_gen.testing.roles import Role
from nexus_gen.verify.iam import Decision, Policy, Request, UnmodelledError, parse, parse_json

__all__ = [
    "Decision",
    "IamDouble",
    "Judgement",
    "Policy",
    "Request",
    "Role",
    "Session",
    "UnmodelledError",
    "enforce_iam",
    "parse",
    "parse_json",
]
