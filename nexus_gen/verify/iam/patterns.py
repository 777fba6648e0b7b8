"""Patterns of policies: text, wildcards and variables as a sequence of parts.

`arn:aws:s3:::files/organizations/${aws:PrincipalTag/organization_id}/*` is text, a variable, text
and a wildcard. Both the evaluator and the proof read patterns through this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nexus_gen.verify.iam.errors import UnmodelledError

EXPANDING_VERSION = "2012-10-17"
"""The policy version that has variables; in an older one `${aws:username}` is that very text (IAM
User Guide, "IAM JSON policy elements: Version")."""

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_ESCAPES = ("*", "?", "$")
_VARIABLE_NAME = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9_./=+@:-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that stand for themselves."""

    value: str


@dataclass(frozen=True, slots=True)
class AnyText:
    """`*`: any number of characters, also none."""


@dataclass(frozen=True, slots=True)
class AnyCharacter:
    """`?`: exactly one character."""


@dataclass(frozen=True, slots=True)
class Variable:
    """`${key}`: the value of a condition key of the request, taken as text."""

    key: str


Part = Text | AnyText | AnyCharacter | Variable


@lru_cache(maxsize=4096)
def parts(pattern: str, version: str, *, wildcards: bool = True) -> tuple[Part, ...]:
    """The parts of a pattern in a policy of this version, neighbouring texts joined.

    `wildcards` is False for operators such as StringEquals, to which `*` is a character. Raises
    UnmodelledError for a variable with a default value and for a brace that closes nothing.
    """
    joined: list[Part] = []
    for part in _parts(pattern, version, wildcards):
        last = joined[-1] if joined else None
        if isinstance(part, Text) and isinstance(last, Text):
            joined[-1] = Text(last.value + part.value)
        elif not (isinstance(part, Text) and not part.value):
            joined.append(part)
    return tuple(joined)


def _parts(pattern: str, version: str, wildcards: bool) -> Iterator[Part]:
    if version != EXPANDING_VERSION:
        yield from _plain(pattern, wildcards)
        return
    place = 0
    for found in _VARIABLE.finditer(pattern):
        yield from _plain(pattern[place : found.start()], wildcards)
        yield _variable(found[1], pattern)
        place = found.end()
    rest = pattern[place:]
    if "${" in rest:
        raise UnmodelledError(f"a variable that is not closed in `{pattern}`")
    yield from _plain(rest, wildcards)


def _variable(name: str, pattern: str) -> Part:
    if name in _ESCAPES:
        return Text(name)
    if not _VARIABLE_NAME.fullmatch(name):
        raise UnmodelledError(f"the variable `${{{name}}}` in `{pattern}`")
    return Variable(name)


def _plain(text: str, wildcards: bool) -> Iterator[Part]:
    if not wildcards:
        yield Text(text)
        return
    for character in text:
        if character == "*":
            yield AnyText()
        elif character == "?":
            yield AnyCharacter()
        else:
            yield Text(character)


def matches(
    pattern: tuple[Part, ...],
    value: str,
    resolve: Callable[[str], str | None],
    *,
    ignore_case: bool = False,
) -> bool | None:
    """Whether a value matches; None where a variable has no value in the request.

    What a variable stands for is text: a `*` in a tag is not a wildcard (IAM User Guide, "IAM
    policy elements: Variables and tags": the value comes from the request, escapes are `${*}`).
    """
    expression = []
    for part in pattern:
        match part:
            case Text(text):
                expression.append(re.escape(text))
            case AnyText():
                expression.append(".*")
            case AnyCharacter():
                expression.append(".")
            case Variable(key):
                resolved = resolve(key)
                if resolved is None:
                    return None
                expression.append(re.escape(resolved))
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else 0)
    return re.fullmatch("".join(expression), value, flags) is not None
