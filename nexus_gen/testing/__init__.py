"""For your own tests: AWS in memory that enforces the policies which you will deploy.

    roles = roles_of(project, "education").at(table_arn=..., tenant_role_arn=...)
    with mock_aws(), enforce_iam(roles.function, roles.tenant, ...) as iam:
        ...

See docs/testing.md.
"""

from __future__ import annotations

from nexus_gen.testing.double import IamDouble, Judgement, Session, enforce_iam
from nexus_gen.testing.rendered import VerticalRoles, roles_of
from nexus_gen.testing.roles import Role
from nexus_gen.testing.transactions import Transactions
from nexus_gen.testing.virtual_time import VirtualClock
from nexus_gen.verify.iam import Decision, Policy, Request, UnmodelledError, parse, parse_json

__all__ = [
    "Decision",
    "IamDouble",
    "Judgement",
    "Policy",
    "Request",
    "Role",
    "Session",
    "Transactions",
    "UnmodelledError",
    "VerticalRoles",
    "VirtualClock",
    "enforce_iam",
    "parse",
    "parse_json",
    "roles_of",
]
