"""Patterns of other dialects, and broken ones; what is offered is the same to run.

`tests/analysis/test_portable_patterns.py` runs what is offered beside what was written.
"""

from __future__ import annotations

from .scoring import Mistake

_PATTERN = 'pattern: "^[A-Z]{3}$"'
NOTHING = "nothing here means the same as"


def _pattern(name: str, written: str, meant: str, says: str = "") -> Mistake:
    return Mistake(
        f"pattern: {name}", _PATTERN, f"pattern: «'{written}'»", f"pattern: '{meant}'", says
    )


PATTERNS = (
    _pattern("a named group of Python", r"^(?P<y>\d{4})$", r"^(\d{4})$"),
    _pattern("a named group of JavaScript", r"^(?<y>[0-9]{4})-$", "^([0-9]{4})-$"),
    _pattern("two named groups", "^(?P<a>x)(?P<b>y)$", "^(x)(y)$"),
    _pattern("a named group that is named again", r"^(?P<y>\d)-(?P=y)$", r"^\d-\d$", NOTHING),
    _pattern("a letter of Unicode", r"^\p{L}+$", "^[A-Za-z]+$", NOTHING),
    _pattern("a capital of Unicode, and a space", r"^[\p{Lu} ]+$", "^[A-Z ]+$", NOTHING),
    _pattern("a property in short", r"^\pL+$", "^[A-Za-z]+$", NOTHING),
    _pattern("no letter of Unicode", r"^\P{L}+$", "^[^A-Za-z]+$", NOTHING),
    _pattern("at most three", "^[a-z]{,3}$", "^[a-z]{0,3}$"),
    _pattern("at most three, with a space", "^[a-z]{1, 3}$", "^[a-z]{1,3}$"),
    _pattern("a class of POSIX", "^[[:alpha:]]+$", "^[A-Za-z]+$"),
    _pattern("two classes of POSIX", "^[[:digit:][:upper:]_]+$", "^[0-9A-Z_]+$"),
    _pattern("a class of POSIX, negated", "^[^[:digit:]]+$", "^[^0-9]+$"),
    _pattern("a class of POSIX without its brackets", "^[:alpha:]+$", "^[A-Za-z]+$"),
    _pattern("a class that POSIX has not", "^[[:letter:]]+$", "^[A-Za-z]+$", NOTHING),
    _pattern("the slashes of JavaScript", "/^[a-z]+$/", "^[a-z]+$"),
    _pattern("slashes and a flag", "/^ab$/i", "^[Aa][Bb]$"),
    _pattern("a flag at the beginning", "(?i)^[a-c]x$", "^[a-cA-C][Xx]$"),
    _pattern("a flag after the beginning", "^(?i)[a-c]x$", "^[a-cA-C][Xx]$"),
    _pattern("a flag around a part", "^a(?i:b)c$", "^a[Bb]c$", NOTHING),
    _pattern("white space", r"^\w+\s\w+$", r"^\w+[ ]\w+$"),
    _pattern("no white space", r"^\S+$", "^[^ ]+$"),
    _pattern("white space in a class", r"^[\w\s-]+$", r"^[\w -]+$"),
    _pattern("anchors of Python", r"\A[A-Z]+\Z", "^[A-Z]+$"),
    _pattern("anchors of Ruby", r"\A[A-Z]+\z", "^[A-Z]+$"),
    _pattern("a hyphen after a class", r"^[\w-.]+$", r"^[\w\-.]+$"),
    _pattern("a hyphen with a backslash", r"^\d{3}\-\d{4}$", r"^\d{3}-\d{4}$"),
    _pattern("an at sign with a backslash", r"^\w+\@\w+$", r"^\w+@\w+$"),
    _pattern("look-ahead", "^(?!-)[a-z-]+$", "^[a-z][a-z-]*$", NOTHING),
    _pattern("look-behind", "^[a-z-]+(?<!-)$", "^[a-z-]*[a-z]$", NOTHING),
    _pattern("a password", r"^(?=.*\d)(?=.*[a-z]).{8,}$", ".{8,}$", NOTHING),
    _pattern("a back reference", r"^([a-z])\1$", "^[a-z]{2}$", NOTHING),
    _pattern("possessive", "^[a-z]++$", "^[a-z]+$"),
    _pattern("possessive, and it matters", "^[a-z]++a$", "^[a-z]+a$", NOTHING),
    _pattern("a comment", "^(?#code)[A-Z]{3}$", "^[A-Z]{3}$"),
    _pattern("a code point", r"^\u{41}+$", "^A+$"),
    _pattern("a range the wrong way", "^[Z-A]+$", "^[A-Z]+$"),
    _pattern("bounds the wrong way", "^[A-Z]{3,1}$", "^[A-Z]{1,3}$"),
    _pattern("a group left open", "^([A-Z]{3}$", "^([A-Z]{3})$", "close the group with `)`"),
    _pattern("a class left open", "^[A-Z{3}$", "^[A-Z]{3}$", "close the class with `]`"),
    _pattern("a parenthesis too many", "^[A-Z]{3})$", "^[A-Z]{3}$", "remove the `)`"),
    _pattern("a glob", "*.png", r"^.*\.png$", "`.*` is any text"),
)
