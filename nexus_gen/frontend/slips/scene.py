"""Where libyaml stopped, with the tokens and brackets before, and what may be found there."""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml import CSafeLoader, MarkedYAMLError, YAMLError
from yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    Token,
)

from nexus_gen.frontend.positions import Mark

NEXT_KEY = re.compile(r"\s*,\s*[\w-]+\s*:(\s|$)")
"""The entry that follows in braces."""

COMMENT = re.compile(r"\s+#.*$")


class Slip(NamedTuple):
    """What went wrong.

    Attributes:
        line, column: 0-based, of the culprit.
        text: the culprit.
        fact: what is wrong with it.
        note: the same in a few words.
        help: the move.
    """

    line: int
    column: int
    text: str
    fact: str
    note: str
    help: str


class Scene(NamedTuple):
    """Where libyaml stopped.

    Attributes:
        line, column: 0-based, of the first character that it could not take.
        opened: where the construct begins that it was reading, if it says so.
        token: the last token before.
        flow: brackets that are open after `token`.
    """

    lines: tuple[str, ...]
    problem: str
    context: str
    line: int
    column: int
    opened: Mark | None
    token: Token | None
    flow: str

    @classmethod
    def of(cls, error: MarkedYAMLError, mark: Mark, text: str, lines: tuple[str, ...]) -> Scene:
        """The place of an error, whose mark is given, in a text."""
        token, flow = _last_token(text, mark)
        return cls(
            lines,
            str(error.problem),
            str(error.context),
            mark.line,
            mark.column,
            error.context_mark,
            token,
            flow,
        )

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands on the line before the error."""
        return self.text[: self.column]

    @property
    def character(self) -> str:
        return self.text[self.column : self.column + 1]


def _last_token(text: str, mark: Mark) -> tuple[Token | None, str]:
    """The last token that begins before a mark, and the brackets that are open after it."""
    last: Token | None = None
    brackets = ""
    loader = CSafeLoader(text)
    try:
        while loader.check_token():
            token = loader.get_token()
            if token is None or _begins_past(token, mark):
                break
            last, brackets = token, _nested(brackets, token)
    except YAMLError:
        pass
    return last, brackets


def _begins_past(token: Token, mark: Mark) -> bool:
    return (token.start_mark.line, token.start_mark.column) >= (mark.line, mark.column)


def _nested(brackets: str, token: Token) -> str:
    if isinstance(token, FlowMappingStartToken):
        return f"{brackets}{{"
    if isinstance(token, FlowSequenceStartToken):
        return f"{brackets}["
    if isinstance(token, FlowMappingEndToken | FlowSequenceEndToken):
        return brackets[:-1]
    return brackets
