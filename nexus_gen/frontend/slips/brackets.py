"""Braces, brackets and commas that are missing or too many."""

from __future__ import annotations

import re

from nexus_gen.frontend.slips.scene import COMMENT, NEXT_KEY, Scene, Slip

_FLOW = {"{": "}", "[": "]"}


def comma(scene: Scene) -> Slip | None:
    """Two entries of braces or brackets with nothing between them."""
    if "expected ','" not in scene.problem:
        return None
    if scene.character == ":":
        match = re.search(r"[^\s:,{\[]\s+(?P<second>[A-Za-z_][\w-]*)$", scene.before)
        if match is None:
            return None
        column, second = match.start("second"), match["second"]
    elif re.search(r"[^\s:,{\[]\s+$", scene.before) and (
        word := re.match(r"[\"'{\[]|[\w-]+", scene.text[scene.column :])
    ):
        column, second = scene.column, word[0]
    else:
        return None
    return Slip(
        scene.line,
        column,
        second,
        f"a comma is missing before `{second}`",
        "no comma",
        f"write `, {second}`",
    )


def open_bracket(scene: Scene) -> Slip | None:
    """A brace or bracket that is not closed on its line."""
    mark = scene.opened
    if mark is None or "expected ','" not in scene.problem:
        return None
    line = scene.lines[mark.line]
    bracket = line[mark.column]
    closing = _FLOW[bracket]
    rest = line[mark.column :]
    if scene.line == mark.line:
        if scene.character not in "}]" or scene.character == closing:
            return None
        rest = line[mark.column : scene.column]
        if bracket == "[":
            rest = NEXT_KEY.split(rest)[0]
    elif any(lower.strip() for lower in scene.lines[mark.line + 1 : scene.line]):
        return Slip(
            mark.line,
            mark.column,
            bracket,
            f"a `{bracket}` is opened here, and not closed before line {scene.line + 1}",
            "not closed",
            f"close it with `{closing}`, and put a comma between entries",
        )
    rest = COMMENT.sub("", rest).rstrip(" ,")
    return Slip(
        mark.line,
        mark.column,
        rest,
        f"a `{bracket}` is opened here, and not closed",
        "not closed",
        f"write {rest}{closing}",
    )


def closing_bracket(scene: Scene) -> Slip | None:
    """A brace or bracket that closes nothing."""
    if scene.character not in ("}", "]") or scene.flow:
        return None
    return Slip(
        scene.line,
        scene.column,
        scene.character,
        f"`{scene.character}` closes nothing",
        "closes nothing",
        "remove it, or open what it closes",
    )


def no_opening(scene: Scene) -> Slip | None:
    """`title: type: string}`, `{match: level], sort: title}`: the bracket before is missing."""
    text = COMMENT.sub("", scene.text).rstrip()
    if scene.flow and scene.character == ":":
        match = re.search(r": +(?P<key>[\w-]+)$", scene.before)
        return _not_opened(scene.line, match.start("key"), match["key"], "{") if match else None
    if scene.flow[-1:] + scene.character == "{]":
        start = scene.before.rfind(": ") + 2
        value = text[start : scene.column + 1]
        is_list = start > 1 and not set(value) & set(":[{")
        return _not_opened(scene.line, start, value, "[") if is_list else None
    if scene.flow or scene.character != ":":
        return None
    match = re.match(r"\s*(?:- +)?[\w.-]+: +(?P<value>\S.*(?P<closing>[}\]]))$", text)
    if match is None:
        return None
    value, closing = match["value"], match["closing"]
    opening = next(key for key, other in _FLOW.items() if other == closing)
    if value.count(closing) <= value.count(opening):
        return None
    return _not_opened(scene.line, match.start("value"), value, opening)


def _not_opened(line: int, column: int, text: str, opening: str) -> Slip:
    return Slip(
        line,
        column,
        text,
        f"a `{opening}` is missing before `{text}`",
        "not opened",
        f"write {opening}{text}",
    )
