"""What Python and ECMA-262 read alike is let through, what they do not is named."""

from __future__ import annotations

import re

import pytest

from nexus_gen.analysis.portable_patterns import compile_error, unportable


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^[a-z]{2}(-[A-Z]{2})?$",
        r"^\d{3,}\.\w+$",
        r"(?:a|b)*?c+?d??",
        r"[\w.\-\]\\^]+",
        r"\bword\b",
        r"é\u00e9\x41\/\t",
        r"[^\n\r]",
        "a{0,3}b{2}",
        r"\{\}\[\]",
        "[a-z0-9_-]",
    ],
)
def test_a_portable_pattern(pattern: str) -> None:
    assert compile_error(pattern) is None
    assert unportable(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "part", "instead"),
    [
        (r"\s", r"\s", "[ ]"),
        (r"[\S]", r"\S", "[^ ]"),
        (r"(a)\1", r"\1", ""),
        (r"\Aa", r"\A", ""),
        (r"a\Z", r"\Z", ""),
        (r"\a", r"\a", ""),
        (r"\U0001F600", r"\U", ""),
        (r"\-", r"\-", "-"),
        (r"\@", r"\@", "@"),
        ("(?=a)", "(?=", ""),
        ("(?!a)", "(?!", ""),
        ("(?<=a)b", "(?<=", ""),
        ("(?<!a)b", "(?<!", ""),
        ("(?P<name>a)", "(?P", "("),
        ("(?i:a)", "(?", ""),
        ("(?#note)a", "(?#", ""),
        ("(?>a)", "(?>", ""),
        ("(a)(?(1)b|c)", "(?(", ""),
        ("a++", "++", "+"),
        ("a{2}+", "{2}+", "{2}"),
        ("a{,3}", "{", r"\{"),
        ("{", "{", r"\{"),
        ("}", "}", r"\}"),
        ("a]", "]", r"\]"),
        ("[]a]", "[]", r"[\]"),
        ("[^]a]", "[^]", r"[\]"),
        ("[[a]", "[", r"\["),
        ("[a&&b]", "&&", ""),
    ],
)
def test_a_pattern_that_is_not_portable(pattern: str, part: str, instead: str) -> None:
    assert compile_error(pattern) is None, "only what compiles is asked about"
    found = unportable(pattern)
    assert found is not None
    assert (found.part, found.instead) == (part, instead)
    assert found.why


@pytest.mark.parametrize("pattern", ["[a", "(a", "a)", "*a", r"\p{L}", "a{3,2}", "^*a", "(" * 5000])
def test_what_does_not_compile_has_a_reason(pattern: str) -> None:
    assert compile_error(pattern)


def test_what_is_said_to_do_the_same_does_the_same() -> None:
    for part, instead in ((r"\s", "[ ]"), (r"\S", "[^ ]"), (r"\-", "-"), (r"\@", "@")):
        for text in (" ", "a", "-", "@"):
            assert bool(re.search(part, text)) == bool(re.search(instead, text))
