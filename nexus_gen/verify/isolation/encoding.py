"""IAM policies as SMT: whether a request, all of whose parts may be unknown, is allowed.

The meaning is that of `nexus_gen.verify.iam.evaluator`; a test compares the two. Where AWS
documents no answer (a negated operator whose variable has no value, `Null` of an empty text) the
answer is left open, so that a claim has to hold for both. What has no meaning here raises
`UnmodelledError`.

Condition keys that a claim does not speak of are free: a caller may have any value of them. That
can refute a claim that holds, never prove one that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nexus_gen.verify.iam.patterns import AnyCharacter, AnyText, Part, Text, Variable, parts
from nexus_gen.verify.iam.policy import Condition, Policy, Statement, UnmodelledError
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.terms import Term

_EXACT = ("StringEquals", "StringNotEquals")
_LIKE = ("StringLike", "StringNotLike")
_ACCOUNT = re.compile(r"\d{12}|arn:[\w-]+:iam::\d{12}:root")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a request may have: whether it does, and which."""

    present: Term
    text: Term


@dataclass(frozen=True, slots=True)
class Symbols:
    """A request in terms of unknowns.

    Attributes:
        action: in lower case, as IAM compares actions without case.
        single: condition keys with one value, by name in lower case.
        multi: condition keys with several; as many values as can matter (see `values_needed`).
        principal: who asks a trust policy, `AWS arn:...` or `Service lambda.amazonaws.com`.
    """

    action: Term
    resource: Term
    single: Mapping[str, Value]
    multi: Mapping[str, tuple[Value, ...]]
    principal: Term = ""


def values_needed(policies: Iterable[Policy], key: str) -> int:
    """How many values of a multivalued key are enough to look at.

    Take any request that violates a claim by one of its values. Keep that value and, for each
    condition on the key, one value that decides it; conditions over all values stay true of fewer.
    What is left violates the claim as well and has no more values than this.
    """
    conditions = (
        condition
        for policy in policies
        for statement in policy.statements
        for condition in statement.conditions
    )
    return 1 + sum(condition.key.lower() == key for condition in conditions)


class Encoder:
    """Encodes policies over one request, and collects the unknowns that this takes."""

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        self._free: dict[str, Value] = {}
        self._declared: dict[str, str] = {}

    @property
    def free(self) -> Mapping[str, Value]:
        """Condition keys that the policies ask for and the request does not fix."""
        return self._free

    @property
    def declarations(self) -> Mapping[str, str]:
        """Unknowns beyond those of the request: name -> sort."""
        return self._declared

    def allowed(self, policies: Sequence[Policy]) -> Term:
        """Whether some statement allows the request and none denies it.

        Raises UnmodelledError, whose source is that of the policy.
        """
        allows: list[Term] = []
        denies: list[Term] = []
        for policy in policies:
            for statement in policy.statements:
                allow = statement.effect == "Allow"
                try:
                    term = self._applies(statement, policy.version, positive=allow)
                except UnmodelledError as error:
                    what = f"{error.what}, in {statement.label}"
                    raise UnmodelledError(what, policy.source) from None
                (allows if allow else denies).append(term)
        return terms.both([terms.either(allows), terms.negation(terms.either(denies))])

    def _applies(self, statement: Statement, version: str, *, positive: bool) -> Term:
        if bool(statement.principals) != bool(self._symbols.principal):
            raise UnmodelledError(f"{statement.label}: a trust policy is none of an identity")
        named = (
            self._principal(statement)
            if statement.principals
            else self._resource(statement, version, positive)
        )
        return terms.both(
            [
                self._action(statement),
                named,
                *(self.condition(one, version, positive) for one in statement.conditions),
            ]
        )

    def _action(self, statement: Statement) -> Term:
        patterns = statement.actions or statement.not_actions
        languages = (terms.language(parts(pattern.lower(), "")) for pattern in patterns)
        named = terms.is_in(self._symbols.action, terms.union(languages))
        return named if statement.actions else terms.negation(named)

    def _principal(self, statement: Statement) -> Term:
        """Whether the statement names who asks; an account's root stands for anybody in it."""
        asking = self._symbols.principal
        return terms.either(
            terms.TRUE
            if named.value == "*"
            else terms.begins(asking, terms.string("AWS "))
            if _ACCOUNT.fullmatch(named.value)
            else terms.equal(asking, terms.string(f"{named.kind} {named.value}"))
            for named in statement.principals
        )

    def _resource(self, statement: Statement, version: str, positive: bool) -> Term:
        if statement.not_resources:
            positive = not positive
        patterns = (parts(p, version) for p in statement.resources or statement.not_resources)
        value = self._symbols.resource
        named = terms.either(self._matches(value, pattern, positive) for pattern in patterns)
        return named if statement.resources else terms.negation(named)

    def condition(self, condition: Condition, version: str, positive: bool) -> Term:
        """Whether the condition holds; `positive` where this may be taken for more than it is."""
        key = condition.key.lower()
        values = self._values(key)
        if condition.operator == "Null":
            return self._null(condition, values)
        if key in self._symbols.multi and condition.qualifier is None:
            raise UnmodelledError(f"`{condition}`: a multivalued key without a set operator")
        return self._compared(condition, version, values, positive)

    def _compared(
        self, condition: Condition, version: str, values: tuple[Value, ...], positive: bool
    ) -> Term:
        answers = [self._compare(condition, version, value.text, positive) for value in values]
        if condition.qualifier is None:
            (value,), (answer,) = values, answers
            absent_holds = condition.if_exists or _negated(condition)
            if absent_holds:
                return terms.implies(value.present, answer)
            return terms.both([value.present, answer])
        there = [_counts(value) for value in values]
        if condition.qualifier == "ForAllValues":
            return terms.both(map(terms.implies, there, answers))
        some = terms.either(terms.both(pair) for pair in zip(there, answers, strict=True))
        if condition.if_exists:
            nothing = terms.negation(terms.either(value.present for value in values))
            return terms.either([nothing, some])
        return some

    def _values(self, key: str) -> tuple[Value, ...]:
        if key in self._symbols.multi:
            return self._symbols.multi[key]
        if key in self._symbols.single:
            return (self._symbols.single[key],)
        if key not in self._free:
            number = len(self._free)
            self._free[key] = Value(f"has{number}", f"value{number}")
            self._declared |= {f"has{number}": "Bool", f"value{number}": "String"}
        return (self._free[key],)

    def _null(self, condition: Condition, values: tuple[Value, ...]) -> Term:
        """`Null` is about presence; of an empty text AWS documents no answer."""
        present = terms.either(
            terms.both([value.present, terms.either([terms.negation(_empty(value)), self._open()])])
            for value in values
        )
        return terms.negation(present) if condition.values == ("true",) else present

    def _compare(self, condition: Condition, version: str, value: Term, positive: bool) -> Term:
        operator = condition.operator
        if operator == "Bool":
            return terms.either(terms.equal(value, terms.string(v)) for v in condition.values)
        if operator not in (*_EXACT, *_LIKE):
            raise UnmodelledError(f"the condition operator `{operator}`")
        patterns = [parts(v, version, wildcards=operator in _LIKE) for v in condition.values]
        if not _negated(condition):
            return terms.either(self._matches(value, pattern, positive) for pattern in patterns)
        matched = terms.either(self._matches(value, pattern, not positive) for pattern in patterns)
        resolved = terms.both(self._resolved(part) for pattern in patterns for part in pattern)
        if resolved == terms.TRUE:
            return terms.negation(matched)
        return f"(ite {resolved} {terms.negation(matched)} {self._open()})"

    def _resolved(self, part: Part) -> Term:
        return self._variable(part).present if isinstance(part, Variable) else terms.TRUE

    def _variable(self, part: Variable) -> Value:
        key = part.key.lower()
        if key in self._symbols.multi:
            raise UnmodelledError(f"the multivalued key `{part.key}` as a variable")
        (value,) = self._values(key)
        return value

    def _open(self) -> Term:
        """An answer that is not known."""
        return self._unknown("open", "Bool")

    def _unknown(self, name: str, sort: str) -> Term:
        made = f"{name}{len(self._declared)}"
        self._declared[made] = sort
        return made

    def _matches(self, value: Term, pattern: tuple[Part, ...], positive: bool) -> Term:
        """Whether a string matches a pattern; not where a variable of it has no value."""
        if not any(isinstance(part, Variable) for part in pattern):
            return terms.is_in(value, terms.language(pattern))
        resolved = [self._resolved(part) for part in pattern if isinstance(part, Variable)]
        body, rest = (pattern[:-1], True) if pattern[-1] == AnyText() else (pattern, False)
        pieces: list[Term] = []
        for part in body:
            pieces.append(self._piece(part, resolved, positive))
        text = terms.concat(pieces)
        found = terms.begins(value, text) if rest else terms.equal(value, text)
        return terms.both([*resolved, found])

    def _piece(self, part: Part, conditions: list[Term], positive: bool) -> Term:
        """The text of a part; for a wildcard a text that has to exist."""
        match part:
            case Text(text):
                return terms.string(text)
            case Variable():
                return self._variable(part).text
        if not positive:
            raise UnmodelledError("a wildcard beside a variable where the proof needs an exact no")
        text = self._unknown("any", "String")
        if isinstance(part, AnyCharacter):
            conditions.append(f"(= (str.len {text}) 1)")
        return text


def _negated(condition: Condition) -> bool:
    return "Not" in condition.operator


def _empty(value: Value) -> Term:
    return terms.equal(value.text, '""')


def _counts(value: Value) -> Term:
    """Whether a set operator looks at the value; it does not at an empty one."""
    return terms.both([value.present, terms.negation(_empty(value))])
