"""Claims about objects: a session reaches and lists its own organization's prefix alone.

Objects of an organization lie below `organizations/{tenant}/`. Without `/` at the end `org1` would
reach `org10`; with `/` in a tenant id, one organization would lie inside another, which is why the
claims need the runtime's charset and do not hold for every tag that STS takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nexus_gen.backends.isolation.claims import LISTINGS, OBJECTS
from nexus_gen.verify.iam.policy import Policy
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.problems import Problem, Session
from nexus_gen.verify.isolation.terms import Term

ROOT = "organizations/"


def storage_problems(name: str, policies: Sequence[Policy], bucket: str) -> Iterator[Problem]:
    """What is claimed of a tenant role's policies about a bucket, named by its ARN."""
    session = Session(policies)
    s3 = terms.begins(session.action, terms.string("s3:"))
    foreign = terms.begins(session.resource, _objects(bucket, session.victim))
    yield session.problem(f"{name}.object", s3, foreign)

    itself = terms.equal(session.resource, terms.string(bucket))
    lists = _one_of(session, LISTINGS)
    theirs = terms.concat([terms.string(ROOT), session.victim, terms.string("/")])
    overlaps = terms.either(
        [
            terms.negation(session.prefix.present),
            terms.begins(session.prefix.text, theirs),
            terms.begins(theirs, session.prefix.text),
        ]
    )
    yield session.problem(f"{name}.listing", lists, itself, overlaps)

    inside = terms.begins(session.resource, terms.string(f"{bucket}/"))
    listed = terms.both([itself, lists])
    yield session.problem(f"{name}.bucket", s3, terms.negation(terms.either([inside, listed])))
    yield from _own(name, session, bucket)


def _own(name: str, session: Session, bucket: str) -> Iterator[Problem]:
    own = terms.both(
        [session.tag.present, terms.begins(session.resource, _objects(bucket, session.tag.text))]
    )
    for action in OBJECTS:
        named = _one_of(session, [action])
        yield session.problem(f"{name}.own.{action}", named, own, possible=True)
    prefix = terms.concat([terms.string(ROOT), session.tag.text, terms.string("/")])
    listing = terms.both(
        [
            session.tag.present,
            terms.equal(session.resource, terms.string(bucket)),
            session.prefix.present,
            terms.begins(session.prefix.text, prefix),
        ]
    )
    named = _one_of(session, LISTINGS[:1])
    yield session.problem(f"{name}.own.{LISTINGS[0]}", named, listing, possible=True)


def _objects(bucket: str, tenant: Term) -> Term:
    """How the ARN of each of a tenant's objects begins."""
    return terms.concat([terms.string(f"{bucket}/{ROOT}"), tenant, terms.string("/")])


def _one_of(session: Session, actions: Sequence[str]) -> Term:
    return terms.either(
        terms.equal(session.action, terms.string(f"s3:{action.lower()}")) for action in actions
    )
