"""Quotes that are missing, not closed, or closed too early."""

from __future__ import annotations

import re

from yaml import ScalarToken

from nexus_gen.frontend.positions import Mark
from nexus_gen.frontend.slips.scene import COMMENT, NEXT_KEY, Scene, Slip

_ACTIONS = ("read", "create", "update", "delete", "allow")
_PAIR = re.compile(r"\s*(?:- +)?(?P<key>[\w.-]+): +(?P<value>\S.*)$")


def star(scene: Scene) -> Slip | None:
    """`*` for everything, which begins an alias."""
    mark = scene.opened
    if mark is None or "an alias" not in scene.context:
        return None
    key = _key_above(scene.lines, mark.line)
    what = {"cors_origins": "the origins of your pages"} | dict.fromkeys(_ACTIONS, "the roles")
    return Slip(
        mark.line,
        mark.column,
        "*",
        "`*` begins an alias of YAML, and no name follows",
        "no name",
        f"list {what[key]}, one by one" if key in what else 'quote it if you mean the text: "*"',
    )


def _key_above(lines: tuple[str, ...], at: int) -> str:
    """The key whose value a line is, or is part of."""
    for line in reversed(lines[: at + 1]):
        if keys := re.findall(r"([\w-]+):(?:\s|$)", line):
            return str(keys[-1])
    return ""


def open_quote(scene: Scene) -> Slip | None:
    """A quote without its partner, or one inside quotes that ends the text."""
    mark = scene.opened if "a quoted scalar" in scene.context else None
    if mark is None or "escape" in scene.problem:
        token = scene.token
        if not isinstance(token, ScalarToken) or token.plain:
            return None
        mark, end = token.start_mark, token.end_mark
        is_adjacent = (end.line, end.column) == (scene.line, scene.column)
        if end.line == mark.line and not is_adjacent:
            return None
    return _unquoted(mark, scene.lines[mark.line][mark.column :], scene.flow[-1:])


def _unquoted(mark: Mark, text: str, flow: str) -> Slip | None:
    """A text that begins with a quote, and goes on past where it should end."""
    quote, rest = text[0], text[1:].rstrip()
    end = rest.rfind(quote)
    if end > 0 and not (flow == "{" and NEXT_KEY.search(rest[:end])):
        inner = rest[:end]
        return Slip(
            mark.line,
            mark.column,
            quote + inner + quote,
            f"a quote inside {quote}...{quote} ends the text",
            "ends too early",
            f"write {_quoted(inner, quote)}",
        )
    if flow:
        rest = re.split(r"\s*,\s" if flow == "[" else NEXT_KEY, rest.rstrip("]}, "))[0]
    else:
        rest = COMMENT.sub("", rest)
    return Slip(
        mark.line,
        mark.column,
        quote + rest,
        "a quote is opened here, and not closed on this line",
        "not closed",
        f"write {quote}{rest}{quote}",
    )


def _quoted(text: str, quote: str = '"') -> str:
    """A text that holds quotes or backslashes, in quotes."""
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escape(scene: Scene) -> Slip | None:
    r"""`"\d"`"""
    mark = scene.opened
    if mark is None or "escape" not in scene.problem:
        return None
    found = re.match(r'"((?:[^"\\]|\\.)*)"', scene.lines[mark.line][mark.column :])
    if found is None:
        return None
    sign = scene.text[scene.column : scene.column + 2]
    meant = re.sub(r'\\([\\"])', r"\1", found[1])
    return Slip(
        mark.line,
        mark.column,
        found[0],
        f"`{sign}` is no escape of a text in double quotes",
        "a backslash in double quotes",
        f"write {_quoted(meant)}",
    )


def colon(scene: Scene) -> Slip | None:
    """A colon inside a text that has no quotes."""
    if scene.character != ":":
        return None
    if scene.flow:
        start = scene.before.rfind(": ") + 2
        if start == 1 or not scene.before[start:].strip() or "," in scene.before[start:]:
            return None
        value = re.split(r"[,}\]]", scene.text[start:])[0]
    elif match := _PAIR.match(scene.text):
        start, value = match.start("value"), COMMENT.sub("", match["value"])
        if not start <= scene.column or value[0] in "\"'{[|>&*!":
            return None
    else:
        return None
    value = value.rstrip()
    return Slip(
        scene.line,
        start,
        value,
        "a text with a colon and a space in it needs quotes",
        "needs quotes",
        f"write {_in_quotes(value)}",
    )


def bare_brackets(scene: Scene) -> Slip | None:
    """`{pattern: ^[A-Z]{3}$}`: a text in braces that holds brackets of its own."""
    match = re.search(r": +(?P<value>[^\s\"'{\[][^,]*)$", scene.before)
    if not scene.flow or scene.character not in "{[" or match is None:
        return None
    start = match.start("value")
    rest = COMMENT.sub("", scene.text[start:]).rstrip()
    value = NEXT_KEY.split(rest)[0]
    if value == rest:
        value = rest.removesuffix("}" * len(scene.flow))
    text = value.removesuffix('"')
    return Slip(
        scene.line,
        start,
        value,
        f"a text with a `{scene.character}` in it needs quotes here",
        "needs quotes",
        f"write {_in_quotes(text)}",
    )


def first_character(scene: Scene) -> Slip | None:
    """A text that begins with a sign that means something to YAML."""
    if "cannot start any token" not in scene.problem or scene.character not in ("%", "@", "`"):
        return None
    value = COMMENT.sub("", scene.text[scene.column :])
    if scene.flow:
        value = re.split(r"[,}\]]", value)[0]
    value = value.rstrip()
    return Slip(
        scene.line,
        scene.column,
        value,
        f"a text that begins with `{scene.character}` needs quotes",
        "needs quotes",
        f"write {_in_quotes(value)}",
    )


def _in_quotes(text: str) -> str:
    return _quoted(text) if '"' in text or "\\" in text else f'"{text}"'
