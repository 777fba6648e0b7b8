"""No pattern that a text can stop gets through, and ordinary ones do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.analysis.ambiguity import MAX_STEPS, cost
from tests.sizes import examples

from .backtracking import Matcher, TooManyStepsError

CATASTROPHIC = (
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^(.*)*$",
    "^([a-zA-Z]+)*$",
    "^(a|b|ab)*$",
    r"^(\w+-?)*$",
    "^(x+x+)+y$",
    "^(a*)*$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^(\d+|[0-9a-f]+)*$",
    "^(ab|[a-c]b)*$",
    "^((a?){3}b?)*$",
    "^(a{1,30}){1,30}$",
    "^([^@]+@?)+$",
    "^(foo|fo|o)*$",
    "^((a?|b?)c)*$",
    "(a?){20}a{20}$",
    "^" + "a?" * 20 + "a" * 20 + "$",
    "^" + "(a|a)" * 30 + "$",
    "^(a|b|[ab])*c(x+)+$",
    "^a*a*a*a*$",
    "^.*.*.*x$",
    r"^\d+\d+\d+$",
)

ORDINARY = (
    "",
    "^[a-z]{2}(-[A-Z]{2})?$",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^[A-Z]{3}-[0-9]{4}$",
    "^(foo|bar|baz)+$",
    "^#[0-9a-fA-F]{6}$",
    r"^[a-zA-Z][a-zA-Z0-9_]*(\.[a-zA-Z][a-zA-Z0-9_]*)*$",
    r"^([0-9]{1,3}\.){3}[0-9]{1,3}$",
    r"^P(T(\d+H)?(\d+M)?)?$",
    r"^\+?[0-9 ]{5,20}$",
    "^[0-9a-f]{64}$",
    "^[a-z]{1,20}[a-z0-9]{1,20}[a-z]{1,20}$",
    r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
    "^([0-9]{4} ?){4}$",
    "^([0-9]{1,3},?){1,4}$",
    "foo|bar",
    "a+b",
    "^[^a-z]+$",
    r"^\D*\d\W?$",
    "^(?:a|b)*?c$",
    "^[A-Za-z0-9]{128}$",
)


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_pattern_that_backtracks_is_past_the_limit(pattern: str) -> None:
    assert cost(pattern, 256).steps(256) > MAX_STEPS


@pytest.mark.parametrize("pattern", ORDINARY)
def test_an_ordinary_pattern_is_within_the_limit(pattern: str) -> None:
    assert cost(pattern, 256).steps(256) <= MAX_STEPS


def test_long_texts_bear_less() -> None:
    assert cost("a+b", 256).steps(256) <= MAX_STEPS < cost("a+b", 50_000).steps(50_000)
    assert cost("^a+b", 50_000).steps(50_000) <= MAX_STEPS


def test_a_bounded_pattern_bounds_the_steps_of_a_long_text() -> None:
    assert cost("^[a-z]{1,9}[a-z]{1,9}$", 100_000).steps(100_000) <= MAX_STEPS


def test_a_pattern_of_many_positions_is_refused_rather_than_guessed() -> None:
    assert cost("^(" + "[a-z]" * 500 + ")*$", 10).steps(10) == float("inf")


_LEAVES = st.sampled_from(["a", "b", "[ab]"])


def _combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["*", "+", "?", "{2}", "{0,3}", "{2,}"])
    return st.one_of(
        st.tuples(parts, parts).map("".join),
        st.tuples(parts, parts).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(parts, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    )


_PATTERNS = st.recursive(_LEAVES, _combined, max_leaves=8).map(lambda body: f"^{body}c$")
_TEXTS = st.tuples(
    st.text("ab", max_size=4), st.text("ab", min_size=1, max_size=3), st.integers(1, 12)
).map(lambda parts: parts[0] + parts[1] * parts[2])


@examples(ci=400, soak=10_000)
@given(_PATTERNS, _TEXTS)
def test_no_text_takes_more_steps_than_the_bound(pattern: str, text: str) -> None:
    """The bound counts paths; a path costs the matcher a few steps a character for each node."""
    bound = cost(pattern, len(text)).steps(len(text))
    if bound > 2_000:
        return
    matcher = Matcher(pattern, limit=int((bound + len(text) + 2) * len(pattern) * 4))
    try:
        found = matcher.search(text)
    except TooManyStepsError:
        pytest.fail(f"more than {matcher.steps} steps for {pattern!r} on {text!r}, bound {bound}")
    assert found == (re.search(pattern, text) is not None)
