"""What becomes of claims that the solver does not decide, and of things that are not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nexus_gen.backends.isolation.claims import runtime_claims, vertical_claims
from nexus_gen.verify.iam.rendered import Place, Rendered
from nexus_gen.verify.isolation.layout import Layout, read_layout
from nexus_gen.verify.isolation.problems import Problem
from nexus_gen.verify.isolation.proving import prove
from nexus_gen.verify.isolation.solving import Answer, solve
from tests import sample
from tests.isolation.conftest import WHOLE, Corpus
from tests.isolation.corpus import answers


def whole(corpus: Corpus) -> tuple[Rendered, Layout]:
    return corpus.rendered(WHOLE), read_layout(sample.built() / "generated", sample.built())


def test_every_claim_of_a_vertical_is_asked(corpus: Corpus) -> None:
    asked: list[Problem] = []

    def note(problems: Sequence[Problem]) -> list[Answer]:
        asked.extend(problems)
        return answers(problems)

    rendered, layout = whole(corpus)
    proof = prove([rendered], layout, note)
    claims = vertical_claims("education", ["gsi1", "gsi2", "gsi3"])
    assert set(proof.claims) == {*claims, *runtime_claims()}
    # how keys are made is read, not solved
    assert {p.claim for p in asked} == {c.name for c in claims} - {"education.layout"}
    assert {p.claim for p in asked if p.possible} == {c.name for c in claims if c.possible}


def test_environments_that_render_the_same_are_proved_once(corpus: Corpus) -> None:
    rendered, layout = whole(corpus)
    counts: list[int] = []

    def count(problems: Sequence[Problem]) -> list[Answer]:
        counts.append(len(problems))
        return answers(problems)

    prove([rendered], layout, count)
    prove([rendered, rendered], layout, count)
    assert counts[0] == counts[1] > 0


def test_a_claim_that_is_not_decided_is_no_pass(corpus: Corpus) -> None:
    rendered, layout = whole(corpus)

    def give_up(problems: Sequence[Problem]) -> list[Answer]:
        return [Answer("unknown", reason="no answer within 20 seconds") for _ in problems]

    findings = prove([rendered], layout, give_up).findings
    assert {one.code for one in findings} == {"NX523"}
    (message,) = (one.message for one in findings if "key.GetItem" in one.message)
    assert message.endswith("is neither proved nor refuted: no answer within 20 seconds")


def test_the_solver_says_when_it_runs_out_of_time() -> None:
    script = "\n".join(
        [
            "(set-logic ALL)",
            "(declare-const a String) (declare-const b String)",
            '(assert (str.in_re a ((_ re.loop 1 64) (re.range "a" "z"))))',
            '(assert (not (str.in_re a ((_ re.loop 1 64) (re.range "a" "z")))))',
            '(assert (= (str.++ a b "x" a) (str.++ b a "y" b)))',
        ]
    )
    answer = solve(script, {}, milliseconds=1)
    assert answer.verdict in ("unsat", "unknown")
    if answer.verdict == "unknown":
        assert answer.reason


def test_a_role_that_no_function_names_must_not_reach_data(corpus: Corpus) -> None:
    rendered, layout = whole(corpus)
    functions = tuple(replace(f, tenant_role="") for f in rendered.functions)
    findings = prove([replace(rendered, functions=functions)], layout, answers).findings
    refuted = {one.rule for one in findings if one.code == "NX529"}
    assert "module.education.aws_iam_role.tenant.function.data" in refuted


def test_a_policy_that_belongs_to_no_role_is_not_passed_over(corpus: Corpus) -> None:
    rendered, layout = whole(corpus)
    strange = replace(rendered, unread=(("aws_kms_grant.x", Place("generated/x.tf", 3)),))
    (found,) = prove([strange], layout, answers).findings
    assert (found.code, found.path, found.line) == ("NX522", "generated/x.tf", 3)


def test_without_a_pattern_of_tenant_ids_nothing_is_known(corpus: Corpus) -> None:
    rendered, layout = whole(corpus)
    (found,) = prove([rendered], replace(layout, pattern=None), answers).findings
    assert found.code == "NX522"
    (found,) = prove([rendered], replace(layout, pattern=r"\A\w+\Z"), answers).findings
    assert (found.code, found.message) == ("NX522", r"not modelled: the pattern `\A\w+\Z`")
