"""Whether policies allow a request (IAM User Guide, "Policy evaluation logic").

Modelled are the policies of one role in one account: its identity policies, and its trust policy
for whoever assumes it. Not modelled, hence to be kept out of what is concluded: service control
policies, permissions boundaries, session policies, resource policies of buckets and keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from nexus_gen.verify.iam.conditions import Context, holds, variable
from nexus_gen.verify.iam.errors import UnmodelledError
from nexus_gen.verify.iam.patterns import matches, parts
from nexus_gen.verify.iam.policy import Policy, Principal, Statement

Outcome = Literal["allow", "implicit deny", "explicit deny"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a principal asks for.

    Attributes:
        action: `dynamodb:GetItem`; case does not matter.
        resource: ARN, or `*` for an action that has no resource.
        context: condition keys and their values.
    """

    action: str
    resource: str
    context: Context = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, and the statement that gave it (None for an implicit deny)."""

    outcome: Outcome
    statement: Statement | None = None
    policy: Policy | None = None

    @property
    def allowed(self) -> bool:
        """Whether the request goes through."""
        return self.outcome == "allow"


def evaluate(policies: Iterable[Policy], request: Request) -> Decision:
    """What the identity policies of a role say to its request. Raises UnmodelledError."""
    applying = (
        (policy, statement)
        for policy in policies
        for statement in policy.statements
        if _names_resource(statement, policy, request) and _applies(statement, policy, request)
    )
    return _decide(applying)


def evaluate_trust(policy: Policy, principal: Principal, request: Request) -> Decision:
    """What a role's trust policy says to a principal that wants to assume it.

    The request's action is `sts:AssumeRole` or `sts:TagSession`, its resource the role. Raises
    UnmodelledError.
    """
    applying = (
        (policy, statement)
        for statement in policy.statements
        if _names_principal(statement, policy, principal) and _applies(statement, policy, request)
    )
    return _decide(applying)


def _decide(applying: Iterable[tuple[Policy, Statement]]) -> Decision:
    """An explicit deny outweighs every allow; without an allow, the answer is no."""
    decision = Decision("implicit deny")
    for policy, statement in applying:
        if statement.effect == "Deny":
            return Decision("explicit deny", statement, policy)
        if not decision.allowed:
            decision = Decision("allow", statement, policy)
    return decision


def _applies(statement: Statement, policy: Policy, request: Request) -> bool:
    """Each condition is looked at, so that one which is not modelled is never skipped."""
    if not _names_action(statement, request.action):
        return False
    answers = [holds(one, policy.version, request.context) for one in statement.conditions]
    return all(answers)


def _names_action(statement: Statement, action: str) -> bool:
    if statement.not_actions:
        return not any(action_matches(pattern, action) for pattern in statement.not_actions)
    return any(action_matches(pattern, action) for pattern in statement.actions)


@lru_cache(maxsize=4096)
def action_matches(pattern: str, action: str) -> bool:
    """Whether an Action of a policy names an action; `*` and `?` are wildcards, case is nothing."""
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(escaped, action, re.IGNORECASE) is not None


def _names_resource(statement: Statement, policy: Policy, request: Request) -> bool:
    if statement.principals:
        raise UnmodelledError(f"{statement.label} names a principal", policy.source)
    if statement.not_resources:
        answers = _resource_answers(statement.not_resources, policy, request)
        if None in answers:
            raise UnmodelledError(f"an unresolved variable in {statement.label}", policy.source)
        return True not in answers
    return True in _resource_answers(statement.resources, policy, request)


def _resource_answers(
    patterns: Iterable[str], policy: Policy, request: Request
) -> list[bool | None]:
    context: Mapping[str, str | tuple[str, ...]] = request.context
    return [
        matches(
            parts(pattern, policy.version),
            request.resource,
            lambda key: variable(context, key),
        )
        for pattern in patterns
    ]


def _names_principal(statement: Statement, policy: Policy, principal: Principal) -> bool:
    if not statement.principals:
        raise UnmodelledError(f"{statement.label} names no principal", policy.source)
    account = _account_root(principal)
    return any(
        named == principal or named.value == "*" or named.value in account
        for named in statement.principals
    )


def _account_root(principal: Principal) -> tuple[str, ...]:
    """Names of the account of a principal, which stand for everybody in it."""
    if principal.kind != "AWS":
        return ()
    _, partition, _, _, account, _ = principal.value.split(":", 5)
    return (f"arn:{partition}:iam::{account}:root", account)
