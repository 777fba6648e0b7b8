"""The encoding says what the evaluator says, of random policies and random requests.

The evaluator is the reference: it is tested sentence by sentence against the IAM User Guide.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nexus_gen.verify.iam import Condition, Policy, Statement, UnmodelledError
from nexus_gen.verify.iam.evaluator import Request, evaluate
from nexus_gen.verify.isolation import terms
from nexus_gen.verify.isolation.counterexamples import shown
from nexus_gen.verify.isolation.encoding import Encoder, Symbols, Value
from nexus_gen.verify.isolation.problems import (
    LEADING_KEYS,
    PREFIX,
    TAG,
    Session,
    script_of,
)
from nexus_gen.verify.isolation.solving import is_installed, solve
from tests.conftest import absent_tool

TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/t"
OBJECTS = "arn:aws:s3:::files/organizations"
VARIABLE = "${aws:PrincipalTag/organization_id}"
PATTERNS = (
    f"{VARIABLE}#*",
    f"{VARIABLE}*",
    f"{VARIABLE}",
    f"*{VARIABLE}#*",
    f"{VARIABLE}?*",
    f"x{VARIABLE}",
    "*",
    "?*",
    "a*",
    "b#x",
    "${*}#*",
)
TEXTS = ("a", "b", "ab", "a#x", "b#x", "ab#x", "xa", "a#", "*#x", "#x")
OPERATORS = ("StringEquals", "StringLike", "StringNotEquals", "StringNotLike")


@pytest.fixture(scope="module", autouse=True)
def solver() -> None:
    """Skips where cvc5 is absent."""
    if not is_installed():
        absent_tool("cvc5", "`make setup`, or `pip install cvc5`")


patterns = st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2, unique=True).map(tuple)
keyed = st.builds(
    Condition,
    operator=st.sampled_from(OPERATORS),
    key=st.just(LEADING_KEYS),
    values=patterns,
    qualifier=st.sampled_from(["ForAllValues", "ForAnyValue"]),
    if_exists=st.booleans(),
)
plain = st.builds(
    Condition,
    operator=st.sampled_from(OPERATORS),
    key=st.sampled_from([TAG, PREFIX, "aws:RequestedRegion"]),
    values=patterns,
    if_exists=st.booleans(),
)
null = st.builds(
    Condition,
    operator=st.just("Null"),
    key=st.sampled_from([LEADING_KEYS, TAG, PREFIX]),
    values=st.sampled_from([("true",), ("false",)]),
)
actions = st.sampled_from(
    [("dynamodb:GetItem",), ("dynamodb:*",), ("dynamodb:Get*", "dynamodb:?can"), ("*",)]
)
resources = st.sampled_from([(TABLE,), (f"{TABLE}/index/*",), ("*",), (f"{OBJECTS}/{VARIABLE}/*",)])
statements = st.builds(
    Statement,
    effect=st.sampled_from(["Allow", "Allow", "Deny"]),
    actions=actions,
    resources=resources,
    conditions=st.lists(keyed | plain | null, max_size=3).map(tuple),
)
policies = st.builds(
    Policy,
    version=st.sampled_from(["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"]),
    statements=st.lists(statements, min_size=1, max_size=3).map(tuple),
)
context = st.fixed_dictionaries(
    {},
    optional={
        TAG: st.sampled_from(TEXTS),
        PREFIX: st.sampled_from(TEXTS),
        "aws:RequestedRegion": st.sampled_from(TEXTS),
        LEADING_KEYS: st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(tuple),
    },
)
requests = st.builds(
    Request,
    action=st.sampled_from(["dynamodb:GetItem", "dynamodb:Scan", "s3:GetObject"]),
    resource=st.sampled_from([TABLE, f"{TABLE}/index/gsi1", f"{OBJECTS}/a/x", f"{OBJECTS}/b/x"]),
    context=context,
)


def encoded(policy: Policy, request: Request) -> str:
    """Whether the encoding allows the request: the verdict of the solver on a known request."""

    def known(value: str | tuple[str, ...] | None) -> Value:
        assert not isinstance(value, tuple)
        return Value("false" if value is None else "true", terms.string(value or ""))

    given = dict(request.context)
    keys = given.get(LEADING_KEYS, ())
    single = {k.lower(): known(given.get(k)) for k in (TAG, PREFIX, "aws:RequestedRegion")}
    symbols = Symbols(
        terms.string(request.action.lower()),
        terms.string(request.resource),
        single,
        {LEADING_KEYS.lower(): tuple(known(key) for key in keys) or (known(None),)},
    )
    encoder = Encoder(symbols)
    allowed = encoder.allowed([policy])
    assert not encoder.free
    return solve(script_of(encoder.declarations, [allowed]), {}).verdict


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(policies, requests)
@example(
    Policy(
        "2012-10-17",
        (
            Statement("Allow", actions=("dynamodb:*",), resources=("*",)),
            Statement(
                "Deny",
                actions=("*",),
                resources=("*",),
                conditions=(
                    Condition("StringNotLike", LEADING_KEYS, (f"{VARIABLE}#*",), "ForAllValues"),
                ),
            ),
        ),
    ),
    Request("dynamodb:GetItem", TABLE, {TAG: "a", LEADING_KEYS: ("a#x", "b#x")}),
)
def test_the_encoding_agrees_with_the_evaluator(policy: Policy, request: Request) -> None:
    try:
        allowed = evaluate([policy], request).allowed
    except UnmodelledError:
        return  # the evaluator has no answer, so there is none to agree with
    try:
        verdict = encoded(policy, request)
    except UnmodelledError:
        return  # no answer is no pass
    assert verdict == ("sat" if allowed else "unsat")


def test_most_policies_are_modelled_by_both() -> None:
    """The comparison above compares something: of its examples few have no answer."""
    counts = {"compared": 0, "allowed": 0, "open": 0}

    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    @given(policies, requests)
    def count(policy: Policy, request: Request) -> None:
        try:
            allowed = evaluate([policy], request).allowed
            Encoder(
                Symbols('""', '""', {}, {LEADING_KEYS.lower(): (Value("true", '"a"'),)})
            ).allowed([policy])
        except UnmodelledError:
            counts["open"] += 1
        else:
            counts["compared"] += 1
            counts["allowed"] += allowed

    count()
    assert counts["compared"] > counts["open"]
    assert counts["allowed"] > 10


@settings(max_examples=60, deadline=None)
@given(policies)
def test_what_the_solver_finds_the_evaluator_allows(policy: Policy) -> None:
    session = Session([policy])
    key = session.keys[0]
    foreign = terms.both(
        [
            key.present,
            session.tag.present,
            terms.begins(key.text, terms.concat([session.victim, terms.string("#")])),
        ]
    )
    known = terms.equal(session.action, terms.string("dynamodb:getitem"))
    there = terms.equal(session.resource, terms.string(TABLE))
    try:
        problem = session.problem("foreign", known, there, foreign)
    except UnmodelledError:
        return
    answer = solve(problem.script, problem.watched)
    assert answer.verdict != "unknown"
    if answer.verdict == "sat":
        found = shown(problem, answer.values)
        assert found.decision is None or found.decision.allowed, (found.text, answer.values)


def test_a_mixed_batch_needs_two_keys_to_be_seen() -> None:
    """With too few keys, the hole of `ForAnyValue` would look closed."""
    policy = Policy(
        "2012-10-17",
        (
            Statement(
                "Allow",
                actions=("dynamodb:BatchGetItem",),
                resources=(TABLE,),
                conditions=(
                    Condition("StringLike", LEADING_KEYS, (f"{VARIABLE}#*",), "ForAnyValue"),
                ),
            ),
        ),
    )
    session = Session([policy])
    assert len(session.keys) == 2
    foreign = terms.begins(session.keys[0].text, terms.concat([session.victim, '"#"']))
    problem = session.problem("x", session.keys[0].present, foreign)
    assert solve(problem.script, problem.watched).verdict == "sat"
    alone = terms.negation(session.keys[1].present)
    problem = session.problem("x", session.keys[0].present, foreign, alone)
    assert solve(problem.script, problem.watched).verdict == "unsat"


@pytest.mark.parametrize(
    "condition",
    [
        Condition("StringEqualsIgnoreCase", TAG, ("a",)),
        Condition("ArnLike", "aws:SourceArn", ("arn:aws:s3:::x",)),
        Condition("StringLike", LEADING_KEYS, ("a",)),
    ],
    ids=str,
)
def test_what_has_no_meaning_is_refused(condition: Condition) -> None:
    statement = Statement("Allow", actions=("*",), resources=("*",), conditions=(condition,))
    policy = Policy("2012-10-17", (statement,), "aws_iam_role_policy.x")
    with pytest.raises(UnmodelledError, match="in statement 1") as refused:
        Session([policy]).problem("x")
    assert refused.value.source == "aws_iam_role_policy.x"


def test_a_wildcard_beside_a_variable_is_refused_where_it_denies() -> None:
    condition = Condition("StringLike", PREFIX, (f"*{VARIABLE}",))
    deny = Statement("Deny", actions=("*",), resources=("*",), conditions=(condition,))
    with pytest.raises(UnmodelledError, match="a wildcard beside a variable"):
        Session([Policy("2012-10-17", (deny,))]).problem("x")
