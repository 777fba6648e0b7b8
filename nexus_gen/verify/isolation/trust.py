"""Claims about who may assume a role, as SMT problems."""

from __future__ import annotations

from nexus_gen.verify.iam.policy import Policy
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.encoding import Encoder, Symbols, Value, values_needed
from nexus_gen.verify.isolation.problems import (
    TAG_CHARACTERS,
    TAG_LENGTH,
    Problem,
    script_of,
    text_of,
)
from nexus_gen.verify.isolation.terms import Term

REQUEST_TAG = "aws:RequestTag/organization_id"
TAG_KEYS = "aws:TagKeys"
TAG_NAME = "organization_id"
LAMBDA = "Service lambda.amazonaws.com"


class Assumption:
    """An unknown attempt to assume a role: who, with which tags."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        # one more than for other keys: beside the tag that is at fault, the tenant's own
        count = values_needed([policy], TAG_KEYS.lower()) + 1
        self.keys = tuple(Value(f"hasTag{n}", f"tag{n}") for n in range(count))
        self.tag = Value("tagged", "a")
        self.principal, self.action = "principal", "action"

    def problem(
        self, claim: str, *conditions: Term, actions: tuple[str, ...] = (), possible: bool = False
    ) -> Problem:
        """Whether there is an attempt like this that passes for each of `actions`.

        Without actions, for any action at all.
        """
        single, multi = {REQUEST_TAG.lower(): self.tag}, {TAG_KEYS.lower(): self.keys}
        values = (*self.keys, self.tag)
        sorts = {value.present: "Bool" for value in values}
        sorts |= {value.text: "String" for value in values}
        sorts |= dict.fromkeys((self.principal, self.action), "String")
        watched = {"principal": self.principal, "action": self.action}
        passed = []
        for action in [terms.string(name) for name in actions] or [self.action]:
            encoder = Encoder(Symbols(action, '""', single, multi, self.principal))
            passed.append(encoder.allowed([self.policy]))
            sorts |= encoder.declarations
            named = {REQUEST_TAG: self.tag, **encoder.free}
            for name, value in named.items():
                watched |= {f"has {name}": value.present, f"value {name}": value.text}
        for number, value in enumerate(self.keys):
            watched |= {f"has tag {number}": value.present, f"value tag {number}": value.text}
        first = [terms.equal(self.action, terms.string(name)) for name in actions[:1]]
        script = script_of(sorts, [*self._assumptions(), *first, *conditions, *passed])
        return Problem(claim, possible, script, watched, (self.policy,))

    def _assumptions(self) -> list[Term]:
        """Tags are texts that STS takes; the request's tag is among the keys of its tags."""
        tagged = terms.either(
            terms.both([key.present, terms.equal(key.text, terms.string(TAG_NAME))])
            for key in self.keys
        )
        named = [terms.negation(terms.equal(key.text, '""')) for key in self.keys]
        text = text_of(self.tag.text, TAG_CHARACTERS, TAG_LENGTH, 0)
        return [text, terms.implies(self.tag.present, tagged), *named]


def trust_problems(vertical: str, policy: Policy, function: str) -> list[Problem]:
    """What is claimed of the trust of a vertical's tenant role; `function` is an ARN."""
    attempt = Assumption(policy)
    principal = terms.equal(attempt.principal, terms.string(f"AWS {function}"))
    untagged = terms.either(
        [terms.negation(attempt.tag.present), terms.equal(attempt.tag.text, '""')]
    )
    key = attempt.keys[0]
    stranger = terms.negation(terms.equal(key.text, terms.string(TAG_NAME)))
    session = ("sts:assumerole", "sts:tagsession")
    others = [terms.negation(one.present) for one in attempt.keys[1:]]
    own = terms.equal(key.text, terms.string(TAG_NAME))
    return [
        attempt.problem(f"{vertical}.trust.principal", terms.negation(principal)),
        attempt.problem(f"{vertical}.trust.untagged", untagged, actions=session[:1]),
        attempt.problem(
            f"{vertical}.trust.other-tags", terms.both([key.present, stranger]), actions=session
        ),
        attempt.problem(
            f"{vertical}.own.session",
            terms.both([principal, attempt.tag.present, key.present, own, *others]),
            terms.negation(terms.equal(attempt.tag.text, '""')),
            actions=session,
            possible=True,
        ),
    ]


def service_problems(claim: str, policy: Policy) -> list[Problem]:
    """That nobody but the Lambda service assumes the role of a function."""
    attempt = Assumption(policy)
    other = terms.negation(terms.equal(attempt.principal, terms.string(LAMBDA)))
    return [attempt.problem(claim, other)]
