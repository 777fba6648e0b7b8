"""The problems that decide the claims of `nexus_gen.backends.isolation.claims`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nexus_gen.backends.isolation.claims import OPERATIONS
from nexus_gen.verify.iam.policy import Policy
from nexus_gen.verify.iam.rendered import Rendered, Role, Table
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.layout import Layout
from nexus_gen.verify.isolation.problems import Problem, Session
from nexus_gen.verify.isolation.terms import Term
from nexus_gen.verify.isolation.trust import service_problems, trust_problems

_KEYED = tuple(f"dynamodb:{operation}" for operation in OPERATIONS)


@dataclass(frozen=True, slots=True)
class Subject:
    """One vertical as it is rendered: its table, the tenant role, the roles of its functions."""

    name: str
    table: Table
    tenant: Role
    functions: tuple[Role, ...]
    attributes: frozenset[str]


def subjects(rendered: Rendered, layout: Layout) -> Iterator[Subject]:
    """The verticals of an environment: a tenant role each, named by the functions that use it."""
    users: dict[str, list[str]] = {}
    tables: dict[str, str] = {}
    for function in rendered.functions:
        if function.tenant_role:
            users.setdefault(function.tenant_role, []).append(function.role)
            tables[function.tenant_role] = function.table
    for arn, roles in users.items():
        tenant, table = rendered.role(arn), rendered.table(tables[arn])
        functions = tuple(role for one in roles if (role := rendered.role(one)))
        if tenant and table and functions:
            name = tenant.address.split(".")[1].replace("_", "-")
            attributes = layout.attributes.get(name, frozenset())
            yield Subject(name, table, tenant, functions, attributes)


def vertical_problems(subject: Subject, separator: str | None) -> Iterator[Problem]:
    """Everything that is claimed of one vertical, but its layout."""
    policies = [document.policy for document in subject.tenant.policies]
    touching = _Touching(subject, separator)
    yield from _key_problems(subject.name, policies, touching)
    yield from _other_problems(subject.name, policies, subject.table)
    for function in subject.functions:
        yield from function_problems(subject.name, function, subject.tenant.arn)
        yield from trust_problems(subject.name, subject.tenant.trust.policy, function.arn)
    yield from _own_problems(subject, policies)


class _Touching:
    """When the first key of a request is one of the other tenant's."""

    def __init__(self, subject: Subject, separator: str | None) -> None:
        table = subject.table
        self.targets = {table.arn: table.hash_key in subject.attributes}
        for index, hash_key in table.indexes:
            self.targets[f"{table.arn}/index/{index}"] = hash_key in subject.attributes
        self._separator = separator

    def term(self, session: Session) -> Term:
        """The session's request names a place and a key there at which the other's items may be.

        Where the code that makes the key is not ours, they may be at any key.
        """
        key = session.keys[0]
        begins = terms.begins(
            key.text, terms.concat([session.victim, terms.string(self._separator or "")])
        )
        places = []
        for target, made in self.targets.items():
            there = terms.equal(session.resource, terms.string(target))
            owned = begins if made and self._separator is not None else terms.TRUE
            places.append(terms.both([there, owned]))
        return terms.both([key.present, terms.either(places)])


def _is_action(session: Session, names: Sequence[str]) -> Term:
    return terms.either(terms.equal(session.action, terms.string(n.lower())) for n in names)


def _key_problems(name: str, policies: list[Policy], touching: _Touching) -> Iterator[Problem]:
    session = Session(policies)
    for operation, action in zip(OPERATIONS, _KEYED, strict=True):
        named = _is_action(session, [action])
        yield session.problem(f"{name}.key.{operation}", named, touching.term(session))
    without = [terms.negation(key.present) for key in session.keys]
    yield session.problem(f"{name}.key.absent", _is_action(session, _KEYED), *without)
    tagged = Session(policies, any_tag=True)
    yield tagged.problem(f"{name}.key.any-tag", _is_action(tagged, _KEYED), touching.term(tagged))


def _other_problems(name: str, policies: list[Policy], table: Table) -> Iterator[Problem]:
    session = Session(policies)
    dynamodb = terms.begins(session.action, terms.string("dynamodb:"))
    keyed = _is_action(session, _KEYED)
    yield session.problem(f"{name}.unkeyed", dynamodb, terms.negation(keyed))
    itself = terms.equal(session.resource, terms.string(table.arn))
    below = terms.begins(session.resource, terms.string(f"{table.arn}/index/"))
    elsewhere = terms.both(
        [
            terms.begins(session.resource, terms.string("arn:")),
            terms.negation(terms.either([itself, below])),
        ]
    )
    yield session.problem(f"{name}.elsewhere", keyed, elsewhere)
    anybody = Session(policies, any_tag=True)
    untagged = terms.either(
        [terms.negation(anybody.tag.present), terms.equal(anybody.tag.text, '""')]
    )
    yield anybody.problem(f"{name}.untagged", _is_data(anybody.action), untagged)
    decrypts = terms.both(
        [
            terms.equal(session.action, terms.string("kms:decrypt")),
            session.via.present,
            terms.begins(session.via.text, terms.string("dynamodb.")),
        ]
    )
    neither = terms.negation(terms.either([dynamodb, decrypts]))
    yield session.problem(f"{name}.others", neither)


def _is_data(action: Term) -> Term:
    services = ("dynamodb:", "dax:", "s3:")
    return terms.either(terms.begins(action, terms.string(service)) for service in services)


def function_problems(name: str, role: Role, tenant: str) -> Iterator[Problem]:
    """What is claimed of the role of a function; `tenant` is the ARN of its tenant role."""
    policies = [document.policy for document in role.policies]
    session = Session(policies, any_tag=True)
    decrypts = terms.both(
        [
            terms.equal(session.action, terms.string("kms:decrypt")),
            session.via.present,
            terms.begins(session.via.text, terms.string("dynamodb.")),
        ]
    )
    data = terms.either([_is_data(session.action), decrypts])
    yield session.problem(f"{name}.function.data", data)
    becomes = terms.both(
        [
            _is_action(session, ("sts:AssumeRole", "sts:TagSession")),
            terms.equal(session.resource, terms.string(tenant)),
        ]
    )
    identity = terms.either(
        terms.begins(session.action, terms.string(service)) for service in ("sts:", "iam:")
    )
    yield session.problem(f"{name}.function.roles", identity, terms.negation(becomes))
    yield from service_problems(f"{name}.function.trust", role.trust.policy)


def _own_problems(subject: Subject, policies: list[Policy]) -> Iterator[Problem]:
    session = Session(policies)
    key = session.keys[0]
    own = terms.both(
        [
            session.tag.present,
            key.present,
            terms.begins(key.text, terms.concat([session.tag.text, terms.string("#")])),
            *(terms.negation(other.present) for other in session.keys[1:]),
        ]
    )
    arn = subject.table.arn
    for operation, action in zip(OPERATIONS, _KEYED, strict=True):
        there = terms.equal(session.resource, terms.string(arn))
        name = f"{subject.name}.own.{operation}"
        yield session.problem(name, _is_action(session, [action]), there, own, possible=True)
    for index, _ in subject.table.indexes:
        there = terms.equal(session.resource, terms.string(f"{arn}/index/{index}"))
        name = f"{subject.name}.own.Query.{index}"
        query = _is_action(session, ["dynamodb:Query"])
        yield session.problem(name, query, there, own, possible=True)
