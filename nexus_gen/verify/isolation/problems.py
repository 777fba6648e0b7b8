"""Claims about a session's requests as SMT problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nexus_gen.verify.iam.policy import Policy
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.encoding import Encoder, Symbols, Value, values_needed
from nexus_gen.verify.isolation.terms import Term

TAG = "aws:PrincipalTag/organization_id"
LEADING_KEYS = "dynamodb:LeadingKeys"
PREFIX = "s3:prefix"
VIA = "kms:ViaService"

TENANT_CHARACTERS = ("a-z", "A-Z", "0-9", "_", "-")
TENANT_LENGTH = 64
TAG_CHARACTERS = ("a-z", "A-Z", "0-9", " ", "_", ".", ":", "/", "=", "+", "-", "@")
"""Of a session tag's value; STS takes letters, digits and spaces of all scripts beside these (STS
API reference, Tag: `[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*`). None of either is `#`, so that ASCII ones
stand for all of them."""

TAG_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Problem:
    """One question to the solver.

    Attributes:
        claim: name of the claim.
        possible: whether a solution proves the claim; otherwise it refutes it.
        script: SMT-LIB up to and without `(check-sat)`.
        watched: what to ask of a solution: name -> term.
        policies: what the request is held against.
    """

    claim: str
    possible: bool
    script: str
    watched: Mapping[str, Term]
    policies: tuple[Policy, ...] = field(repr=False)


class Session:
    """The unknown request of a tenant's session: tenant `a`, whose data is not to be touched: `b`.

    Args:
        any_tag: whether the tag may be any that STS takes, not only a tenant id.
    """

    def __init__(self, policies: Sequence[Policy], *, any_tag: bool = False) -> None:
        self.policies = tuple(policies)
        count = values_needed(policies, LEADING_KEYS.lower())
        self.keys = tuple(Value(f"hasKey{n}", f"key{n}") for n in range(count))
        self.tag = Value("tagged", "a")
        self.prefix = Value("hasPrefix", "prefix")
        self.via = Value("hasVia", "via")
        self.action, self.resource, self.victim = "action", "resource", "b"
        self._any_tag = any_tag

    def problem(self, claim: str, *conditions: Term, possible: bool = False) -> Problem:
        """Whether there is a request like this that is allowed."""
        symbols = Symbols(
            self.action,
            self.resource,
            single={
                TAG.lower(): self.tag,
                PREFIX: self.prefix,
                VIA.lower(): self.via,
            },
            multi={LEADING_KEYS.lower(): self.keys},
        )
        encoder = Encoder(symbols)
        allowed = encoder.allowed(self.policies)
        values = (*self.keys, self.tag, self.prefix, self.via)
        sorts = {value.present: "Bool" for value in values}
        sorts |= {value.text: "String" for value in values}
        sorts |= dict.fromkeys((self.action, self.resource, self.victim), "String")
        script = script_of(
            {**sorts, **encoder.declarations}, [*self._assumptions(), *conditions, allowed]
        )
        return Problem(claim, possible, script, self._watched(encoder), self.policies)

    def _assumptions(self) -> Iterable[Term]:
        characters, length = (
            (TAG_CHARACTERS, TAG_LENGTH) if self._any_tag else (TENANT_CHARACTERS, TENANT_LENGTH)
        )
        yield terms.implies(self.tag.present, text_of(self.tag.text, characters, length, 0))
        yield text_of(self.victim, TENANT_CHARACTERS, TENANT_LENGTH)
        yield terms.implies(
            self.tag.present, terms.negation(terms.equal(self.tag.text, self.victim))
        )
        if not self._any_tag:
            yield terms.negation(terms.equal(self.tag.text, '""'))
        for key in self.keys:
            yield terms.negation(terms.equal(key.text, '""'))

    def _watched(self, encoder: Encoder) -> dict[str, Term]:
        watched = {"action": self.action, "resource": self.resource, "b": self.victim}
        named = {TAG: self.tag, PREFIX: self.prefix, VIA: self.via, **encoder.free}
        for name, value in named.items():
            watched |= {f"has {name}": value.present, f"value {name}": value.text}
        for number, value in enumerate(self.keys):
            watched |= {f"has key {number}": value.present, f"value key {number}": value.text}
        return watched


def text_of(value: Term, characters: Sequence[str], longest: int, shortest: int = 1) -> Term:
    """Whether a string has only these characters, and as many."""
    repeated = terms.repeated(terms.characters(characters), min(shortest, 1))
    return terms.both([terms.is_in(value, repeated), f"(<= (str.len {value}) {longest})"])


def script_of(sorts: Mapping[str, str], assertions: Iterable[Term]) -> str:
    """Declarations and assertions."""
    lines = ["(set-logic ALL)"]
    lines += [f"(declare-const {name} {sort})" for name, sort in sorts.items()]
    lines += [f"(assert {term})" for term in assertions]
    return "\n".join(lines)
