"""Spaces, colons and line ends that are missing, and lines that are indented unlike others."""

from __future__ import annotations

import re

from yaml import ScalarToken

from nexus_gen.frontend.slips.scene import Scene, Slip

_RUN_TOGETHER = re.compile(r"(?:^|(?<=\s)|(?<=[{,-]))(?P<key>[A-Za-z_][\w-]*:)(?=[^\s/:}\],])")
_DASH = re.compile(r"\s*(?P<dash>-)(?=[\w\"'])")


def run_together(scene: Scene) -> Slip | None:
    """`required:true`, `-member`: a space is missing."""
    token = scene.token
    first = scene.line
    if scene.flow and scene.character == ":" and scene.text[scene.column + 1 :].strip():
        if (match := re.search(r"[\w-]+$", scene.before)) and scene.text[scene.column + 1] != " ":
            return _without_space(scene.line, match.start(), f"{match[0]}:", "colon")
        return None
    if scene.opened is not None and "simple key" in scene.context:
        first = scene.opened.line
    elif isinstance(token, ScalarToken) and token.plain:
        first = token.start_mark.line
    elif "expected key" not in scene.problem and "mapping values" not in scene.problem:
        return None
    for number in range(first, scene.line + 1):
        line = scene.lines[number] if number < len(scene.lines) else ""
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda quoted: "_" * len(quoted[0]), line)
        for pattern, what in ((_RUN_TOGETHER, "key"), (_DASH, "dash")):
            if match := pattern.search(bare) if what == "key" else pattern.match(bare):
                sign = "colon" if what == "key" else "dash"
                return _without_space(number, match.start(what), match[what], sign)
    return None


def _without_space(line: int, column: int, text: str, sign: str) -> Slip:
    return Slip(
        line,
        column,
        text,
        f"a space is missing after the {sign}",
        "no space",
        f"write `{text} `, with a space after it",
    )


def no_colon(scene: Scene) -> Slip | None:
    """A key without its colon: `fields`, `price {type: decimal}`."""
    token = scene.token
    if scene.flow:
        match = re.search(r"(?:[{,]\s*)(?P<key>[\w-]+)\s+(?P<quoted>[\"'].*)?$", scene.before)
        if match is None or not (match["quoted"] or scene.character in "[{\"'"):
            return None
        return _without_colon(scene.line, match.start("key"), match["key"])
    if scene.opened is not None and "simple key" in scene.context:
        number, column = scene.opened.line, scene.opened.column
    elif "mapping values" in scene.problem and (
        beginning := re.match(r"\s*(?:- +)?(?P<key>[A-Za-z_][\w-]*)\s+[\[{]", scene.text)
    ):
        number, column = scene.line, beginning.start("key")
    elif "mapping values" in scene.problem and isinstance(token, ScalarToken) and token.plain:
        number, column = token.start_mark.line, token.start_mark.column
    else:
        return None
    line = scene.lines[number]
    match = re.match(r"(?P<key>[A-Za-z_][\w-]*)(?=\s|$)", line[column:])
    if match is None or line[:column].strip(" -"):
        return None
    return _without_colon(number, column, match["key"])


def _without_colon(line: int, column: int, key: str) -> Slip:
    return Slip(
        line,
        column,
        key,
        f"`{key}` stands where a key is expected, and no colon follows",
        "no colon",
        f"write `{key}:`",
    )


def two_keys(scene: Scene) -> Slip | None:
    """`delete: soft: true`, `parent: Course    fields:`."""
    match = re.match(r"\s*(?:- +)?(?P<first>[\w.-]+):\s+(?P<rest>.*)$", scene.text)
    if match is None or scene.flow:
        return None
    rest = match["rest"]
    second = re.match(r"(?P<key>[a-z_]\w*|[A-Z]\w*(?=:$)):(\s|$)", rest)
    if second is None or match["first"] == "description":
        second = re.search(r"(?:\s{2,}|(?<=[}\]]))(?P<key>[\w-]+):(\s|$)", rest)
    if second is None:
        return None
    start = match.start("rest") + second.start("key")
    is_short = second.start("key") == 0 and rest[second.end("key") + 1 :].strip()[:1] not in "{["
    return Slip(
        scene.line,
        start,
        second["key"],
        f"`{match['first']}` and `{second['key']}` stand on one line",
        "a second key",
        f"put `{second['key']}` on a line of its own, below"
        + (f", or write `{match['first']}: {{{rest.strip()}}}`" if is_short else ""),
    )


def indentation(scene: Scene) -> Slip | None:
    """A line that is indented like none of those around it."""
    is_layout = "expected key" in scene.problem or "mapping values" in scene.problem
    word = re.match(r"(?P<indent> *)(?P<key>[\w-]+)", scene.text)
    if not is_layout or word is None or scene.flow or _opens_a_block(scene):
        return None
    indent = len(word["indent"])
    above = _indents_above(scene)
    if not above or indent in (depth for depth, _ in above):
        return None
    depth, key = min(above, key=lambda known: abs(known[0] - indent))
    return Slip(
        scene.line,
        indent,
        word["key"],
        f"`{word['key']}` is indented by {indent} spaces, and `{key}` above it by {depth}",
        f"{indent} spaces",
        "indent both alike: keys of one mapping begin in one column",
    )


def _opens_a_block(scene: Scene) -> bool:
    """Whether the line is the first below a key, which may be indented as it likes."""
    above = (line for line in reversed(scene.lines[: scene.line]) if line.strip())
    return next(above, "").rstrip().endswith(":")


def _indents_above(scene: Scene) -> list[tuple[int, str]]:
    """Indents and names of the keys around a line: of its siblings, and of what it is inside."""
    found: list[tuple[int, str]] = []
    lowest = 1 << 30
    for line in reversed(scene.lines[: scene.line]):
        match = re.match(r"(?P<indent> *)(?P<key>[\w-]+):", line)
        if match is None or (depth := len(match["indent"])) >= lowest:
            continue
        lowest = depth
        found.append((depth, match["key"]))
    return found
