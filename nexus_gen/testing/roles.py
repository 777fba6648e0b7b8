"""Roles that the double knows: what they may do, who may assume them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from nexus_gen.testing import dynamodb, s3
from nexus_gen.verify.iam import Policy, Principal, UnmodelledError
from nexus_gen.verify.iam.patterns import Variable, parts

_SESSION_KEYS = frozenset({"aws:tagkeys", "sts:rolesessionname"})
_TAG_PREFIXES = ("aws:principaltag/", "aws:requesttag/")
_SERVICE_KEYS = frozenset({"kms:viaservice"})
_KNOWN = _SESSION_KEYS | _SERVICE_KEYS | dynamodb.CONDITION_KEYS | s3.CONDITION_KEYS
"""Condition keys, in lower case, that a request carries wherever AWS would have it carry them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of IAM.

    Raises UnmodelledError where a policy asks for a condition key that the double does not put
    into requests: to take it for absent would be a guess.

    Attributes:
        arn: `arn:aws:iam::123456789012:role/name`.
        policies: its identity policies.
        trust: who may assume it; None for nobody within the tests.
        tags: the role's own tags, which its sessions have too.
    """

    arn: str
    policies: tuple[Policy, ...]
    trust: Policy | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.condition_keys:
            if key.lower() not in _KNOWN and not key.lower().startswith(_TAG_PREFIXES):
                raise UnmodelledError(f"the condition key `{key}`", self.arn)

    @property
    def condition_keys(self) -> tuple[str, ...]:
        """Condition keys and variables that its policies ask for."""
        trust = (self.trust,) if self.trust else ()
        return tuple(key for policy in (*self.policies, *trust) for key in _keys_of(policy))

    @property
    def principal(self) -> Principal:
        """The role as the caller of AssumeRole."""
        return Principal("AWS", self.arn)

    @property
    def account(self) -> str:
        """Account that the role belongs to."""
        return self.arn.split(":")[4]

    @property
    def name(self) -> str:
        """Name without its path."""
        return self.arn.rpartition("/")[2]

    def with_resources(self, actual: Mapping[str, str]) -> Role:
        """The role in a world where resources have other ARNs.

        `actual` maps an ARN of the policies to the one that stands in its place, for example the
        made-up ARN of a mocked apply to that of a table on moto. What lies below an ARN
        (`<table>/index/*`) moves with it.
        """
        return replace(
            self,
            arn=actual.get(self.arn, self.arn),
            policies=tuple(_moved(policy, actual) for policy in self.policies),
            trust=_moved(self.trust, actual) if self.trust else None,
        )


def _keys_of(policy: Policy) -> Iterator[str]:
    for statement in policy.statements:
        texts = [*statement.resources, *statement.not_resources]
        for condition in statement.conditions:
            yield condition.key
            texts += condition.values
        for text in texts:
            for part in parts(text, policy.version):
                if isinstance(part, Variable):
                    yield part.key


def _moved(policy: Policy, actual: Mapping[str, str]) -> Policy:
    def place(arn: str) -> str:
        for old, new in actual.items():
            if arn == old or arn.startswith((f"{old}/", f"{old}:")):
                return new + arn.removeprefix(old)
        return arn

    return replace(
        policy,
        statements=tuple(
            replace(
                statement,
                resources=tuple(place(arn) for arn in statement.resources),
                not_resources=tuple(place(arn) for arn in statement.not_resources),
                principals=tuple(replace(p, value=place(p.value)) for p in statement.principals),
            )
            for statement in policy.statements
        ),
    )
