"""SMT-LIB terms as text (SMT-LIB 2.6, theory of Unicode strings)."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_gen.verify.iam.patterns import AnyCharacter, AnyText, Part, Text
from nexus_gen.verify.iam.policy import UnmodelledError

Term = str
"""A term of sort Bool or String, or a regular language."""

TRUE: Term = "true"
FALSE: Term = "false"


def string(text: str) -> Term:
    """A string literal; `\\u{...}` for everything but plain printable ASCII."""
    return '"' + "".join(c if _plain(c) else f"\\u{{{ord(c):x}}}" for c in text) + '"'


def _plain(character: str) -> bool:
    return " " <= character <= "~" and character not in '"\\'


def both(terms: Iterable[Term]) -> Term:
    """All of the terms."""
    return _joined("and", terms, TRUE)


def either(terms: Iterable[Term]) -> Term:
    """One of the terms at least."""
    return _joined("or", terms, FALSE)


def _joined(operator: str, terms: Iterable[Term], empty: Term) -> Term:
    listed = tuple(terms)
    if len(listed) > 1:
        return f"({operator} {' '.join(listed)})"
    return listed[0] if listed else empty


def negation(term: Term) -> Term:
    """The opposite."""
    return {TRUE: FALSE, FALSE: TRUE}.get(term, f"(not {term})")


def implies(condition: Term, then: Term) -> Term:
    """`then` wherever `condition` is."""
    return f"(=> {condition} {then})"


def equal(left: Term, right: Term) -> Term:
    """Equality."""
    return f"(= {left} {right})"


def concat(terms: Iterable[Term]) -> Term:
    """The strings one after the other."""
    listed = tuple(terms)
    if len(listed) > 1:
        return f"(str.++ {' '.join(listed)})"
    return listed[0] if listed else '""'


def begins(value: Term, prefix: Term) -> Term:
    """Whether a string begins so."""
    return f"(str.prefixof {prefix} {value})"


def is_in(value: Term, language: Term) -> Term:
    """Whether a string is in a regular language."""
    return f"(str.in_re {value} {language})"


def language(pattern: Iterable[Part]) -> Term:
    """The language of a pattern without variables. Raises UnmodelledError for one with."""
    return _sequence([_symbol(part) for part in pattern])


def _symbol(part: Part) -> Term:
    match part:
        case Text(text):
            return f"(str.to_re {string(text)})"
        case AnyText():
            return "re.all"
        case AnyCharacter():
            return "re.allchar"
    raise UnmodelledError(f"a variable in `{part}`")


def _sequence(languages: list[Term]) -> Term:
    if len(languages) > 1:
        return f"(re.++ {' '.join(languages)})"
    return languages[0] if languages else '(str.to_re "")'


def union(languages: Iterable[Term]) -> Term:
    """All strings of any of the languages."""
    listed = tuple(languages)
    if len(listed) > 1:
        return f"(re.union {' '.join(listed)})"
    return listed[0] if listed else "re.none"


def repeated(language: Term, at_least: int = 0) -> Term:
    """Repetitions without an upper bound; bound the length of the string for one."""
    return {0: f"(re.* {language})", 1: f"(re.+ {language})"}[at_least]


def characters(ranges: Iterable[str]) -> Term:
    """One character: of a range `a-z` or the one that stands alone."""
    return union(
        f"(re.range {string(r[0])} {string(r[2])})" if len(r) == 3 else f"(str.to_re {string(r)})"
        for r in ranges
    )
