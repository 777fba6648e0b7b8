"""A solution of a problem as a request that a person understands, and the statement behind it.

The request is put to the evaluator as well: what it answers names the statement, and shows that
the encoding and the evaluator agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nexus_gen.backends.isolation.claims import OPERATIONS
from nexus_gen.verify.iam.evaluator import Decision, Request, evaluate, evaluate_trust
from nexus_gen.verify.iam.policy import Policy, Principal, UnmodelledError
from nexus_gen.verify.isolation.problems import LEADING_KEYS, TAG, Problem
from nexus_gen.verify.isolation.trust import REQUEST_TAG, TAG_KEYS

_ACTIONS = (
    *(f"dynamodb:{operation}" for operation in OPERATIONS),
    "dynamodb:Scan",
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLUpdate",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:DeleteTable",
    "dynamodb:UpdateTable",
    "dynamodb:GetRecords",
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:ListBucket",
    "kms:Decrypt",
    "iam:PassRole",
    "sts:AssumeRole",
    "sts:TagSession",
)
"""In the case in which AWS writes them; the first that fits is shown."""

_SOMEBODY = (
    Principal("AWS", "arn:aws:iam::123456789012:role/somebody-else"),
    Principal("AWS", "arn:aws:iam::210987654321:root"),
    Principal("Service", "ec2.amazonaws.com"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A request that should not be, in words.

    Attributes:
        text: `a session of organization "a" may call dynamodb:Query on ...`.
        decision: what the evaluator says to it; None where it has no answer.
    """

    text: str
    decision: Decision | None

    @property
    def agreed(self) -> bool:
        """Whether the evaluator allows the request too, or has no answer to it."""
        return self.decision is None or self.decision.allowed


def shown(problem: Problem, values: Mapping[str, str]) -> Shown:
    """The solution `values` of a problem."""
    if "principal" in values:
        return _attempt(problem.policies[0], values)
    return _request(problem.policies, values)


def _present(values: Mapping[str, str], kind: str) -> Iterator[str]:
    """Values of a multivalued key that the request has."""
    number = 0
    while f"has {kind} {number}" in values:
        if values[f"has {kind} {number}"] == "true":
            yield values[f"value {kind} {number}"]
        number += 1


def _single(values: Mapping[str, str]) -> dict[str, str]:
    """Condition keys with one value that the request has."""
    return {
        name.removeprefix("has "): values[f"value {name.removeprefix('has ')}"]
        for name, value in values.items()
        if name.startswith("has ") and ":" in name and value == "true"
    }


def _request(policies: Sequence[Policy], values: Mapping[str, str]) -> Shown:
    keys = tuple(dict.fromkeys(_present(values, "key")))
    context: dict[str, str | tuple[str, ...]] = {**_single(values)}
    if keys:
        context[LEADING_KEYS] = keys
    solved = Request(values["action"], values["resource"], context)
    request, decision = _named(policies, solved)
    who = _who(context.get(TAG))
    text = f"{who} may call {request.action} on {_short(request.resource)}"
    if keys:
        text += f" with {'key' if len(keys) == 1 else 'keys'} {', '.join(map(_quoted, keys))}"
    others = [f"{k} {_quoted(v)}" for k, v in _single(values).items() if k != TAG]
    if others:
        text += f" ({', '.join(others)})"
    return Shown(text, decision)


def _who(tag: object) -> str:
    if tag is None:
        return "a session without a tag"
    return f"a session tagged {_quoted(str(tag))}"


def _named(policies: Sequence[Policy], solved: Request) -> tuple[Request, Decision | None]:
    """The same request under an action that exists, where one is allowed as well."""
    service = solved.action.partition(":")[0]
    exact = [action for action in _ACTIONS if action.lower() == solved.action]
    similar = [action for action in _ACTIONS if action.startswith(f"{service}:")]
    known = {f"dynamodb:{operation}" for operation in OPERATIONS}
    candidates = exact or [action for action in similar if action not in known]
    for action in candidates:
        request = replace(solved, action=action)
        decision = _decided(policies, request)
        if decision and decision.allowed:
            return request, decision
    named = replace(solved, action=exact[0]) if exact else solved
    return named, _decided(policies, named)


def _decided(policies: Sequence[Policy], request: Request) -> Decision | None:
    try:
        return evaluate(policies, request)
    except UnmodelledError:
        return None


def _attempt(policy: Policy, values: Mapping[str, str]) -> Shown:
    tags = tuple(dict.fromkeys(_present(values, "tag")))
    single = _single(values)
    context: dict[str, str | tuple[str, ...]] = {**single}
    if tags:
        context[TAG_KEYS] = tags
    action = {"sts:tagsession": "sts:TagSession"}.get(values["action"], "sts:AssumeRole")
    request = Request(action, "*", context)
    kind, _, name = values["principal"].partition(" ")
    given = Principal("Service" if kind == "Service" else "AWS", name)
    for principal in (given, *_SOMEBODY) if name.startswith("arn:") else _SOMEBODY:
        decision = _trusted(policy, principal, request)
        if decision and decision.allowed:
            break
    tag = single.get(REQUEST_TAG)
    with_tags = f"with the tags {', '.join(map(_quoted, tags))}" if tags else "without a tag"
    valued = f", `organization_id` being {_quoted(tag)}" if tag is not None else ""
    text = f"{principal.value} may call {request.action} {with_tags}{valued}"
    return Shown(text, decision)


def _trusted(policy: Policy, principal: Principal, request: Request) -> Decision | None:
    try:
        return evaluate_trust(policy, principal, request)
    except (UnmodelledError, ValueError):
        return None


def _quoted(text: str) -> str:
    """A text of the solver on one line, between backticks."""
    return f"`{text.encode('unicode_escape').decode('ascii')}`"


def _short(arn: str) -> str:
    """The part of an ARN that names the resource."""
    parts = arn.split(":", 5)
    return parts[-1] if len(parts) == 6 and parts[-1] else _quoted(arn)
