"""All claims of an output: decided, and turned into findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nexus_gen.backends.isolation.claims import Claim, runtime_claims, vertical_claims
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.iam.policy import UnmodelledError
from nexus_gen.verify.iam.rendered import Document, Place, Rendered, Table
from nexus_gen.verify.isolation.charset import stranger
from nexus_gen.verify.isolation.claimed import (
    Subject,
    function_problems,
    subjects,
    vertical_problems,
)
from nexus_gen.verify.isolation.counterexamples import shown
from nexus_gen.verify.isolation.layout import PATTERN, Layout
from nexus_gen.verify.isolation.lints import finding, lint
from nexus_gen.verify.isolation.problems import Problem
from nexus_gen.verify.isolation.solving import Answer

Solve = Callable[[Sequence[Problem]], Sequence[Answer]]
"""Answers in the order of the problems."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came out.

    Attributes:
        claims: everything that was looked at.
        findings: what is wrong; empty if every claim holds and nothing is against the rules.
    """

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    problem: Problem
    documents: tuple[Document, ...]
    place: Place


def prove(environments: Iterable[Rendered], layout: Layout, solve: Solve) -> Proof:
    """Decide the claims of all environments."""
    claims: dict[Claim, None] = dict.fromkeys(runtime_claims())
    findings: dict[Finding, None] = dict.fromkeys(_runtime(layout))
    questions: dict[str, _Question] = {}
    for rendered in dict.fromkeys(environments):
        findings |= dict.fromkeys(lint(rendered))
        for subject in subjects(rendered, layout):
            indexes = [name for name, _ in subject.table.indexes]
            claims |= dict.fromkeys(vertical_claims(subject.name, indexes))
            findings |= dict.fromkeys(_indexes(subject.table, subject))
        try:
            for question in _questions(rendered, layout):
                questions.setdefault(question.problem.script, question)
        except UnmodelledError as error:
            findings[_unmodelled(error, rendered)] = None
    asked = list(questions.values())
    texts = {claim.name: claim.text for claim in claims}
    answers = solve([question.problem for question in asked])
    for question, answer in zip(asked, answers, strict=True):
        findings |= dict.fromkeys(_judged(question, answer, texts))
    return Proof(tuple(claims), tuple(findings))


def _questions(rendered: Rendered, layout: Layout) -> Iterator[_Question]:
    """Problems of every role: of verticals by their claims, of others that they reach no data."""
    known: set[str] = set()
    for subject in subjects(rendered, layout):
        known |= {subject.tenant.arn, *(role.arn for role in subject.functions)}
        roles = (subject.tenant, *subject.functions)
        documents = tuple(d for role in roles for d in (role.trust, *role.policies))
        for problem in vertical_problems(subject, layout.separator):
            place = next((d.place for d in subject.tenant.policies), subject.tenant.place)
            yield _Question(problem, documents, place)
    for role in rendered.roles:
        if role.arn not in known:
            documents = (role.trust, *role.policies)
            for problem in function_problems(role.address, role, ""):
                yield _Question(problem, documents, role.place)


def _runtime(layout: Layout) -> Iterator[Finding]:
    for problem in layout.problems:
        yield finding("NX527", problem.message, problem.place)
    if layout.pattern is None:
        yield finding("NX522", f"there is no `{PATTERN}` to read", layout.pattern_place)
        return
    try:
        taken = stranger(layout.pattern)
    except UnmodelledError as error:
        yield finding("NX522", f"not modelled: {error.what}", layout.pattern_place)
        return
    if taken is not None:
        message = f"{taken!a} is taken for a tenant id"
        yield finding("NX527", message, layout.pattern_place)


def _indexes(table: Table, subject: Subject) -> Iterator[Finding]:
    """Partition keys that handlers do not fill with what the runtime makes."""
    places = dict(table.index_places)
    for name, hash_key in (("", table.hash_key), *table.indexes):
        if hash_key not in subject.attributes:
            what = f"the index `{name}`" if name else "the table"
            message = f"{what} is keyed by `{hash_key}`, which does not begin with the tenant"
            yield finding("NX527", message, places.get(name, table.place))


def _unmodelled(error: UnmodelledError, rendered: Rendered) -> Finding:
    places = {
        document.address: document.place
        for role in rendered.roles
        for document in (role.trust, *role.policies)
    }
    place = places.get(error.source, Place("", 0))
    return finding("NX522", f"not modelled: {error.what}", place)


def _judged(question: _Question, answer: Answer, texts: dict[str, str]) -> Iterator[Finding]:
    problem = question.problem
    claim = f"`{problem.claim}`"
    promised = texts.get(problem.claim, "a role that is no tenant's reaches no data")
    if answer.verdict == "unknown":
        message = f"{claim} is neither proved nor refuted: {answer.reason}"
        yield finding("NX523", message, question.place)
    elif problem.possible and answer.verdict == "unsat":
        yield finding("NX521", f"{claim} does not hold: {promised}", question.place)
    elif not problem.possible and answer.verdict == "sat":
        yield _refuted(question, answer, promised)


def _refuted(question: _Question, answer: Answer, promised: str) -> Finding:
    """A counterexample, at the statement that allows it."""
    problem = question.problem
    request = shown(problem, answer.values)
    place, by = question.place, ""
    if request.decision and request.decision.statement:
        decision = request.decision
        statement = request.decision.statement
        documents = [d for d in question.documents if d.policy is decision.policy]
        place = documents[0].place_of(statement) if documents else place
        by = f"allowed by {statement.label}"
    victim = ""
    if ".key." in problem.claim and answer.values.get("b"):
        victim = f", which may be an item of organization `{answer.values['b']}`"
    doubt = "" if request.agreed else " (the evaluator does not agree: please report this)"
    code = "NX525" if "principal" in answer.values else "NX529"
    return finding(
        code,
        f"{request.text}{victim}{doubt}",
        place,
        rule=problem.claim,
        note=by,
        help=f"what should hold: {promised}",
    )
