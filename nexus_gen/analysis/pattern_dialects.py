"""What other dialects of regular expressions write, in the part that all readers share.

Sources: ECMA-262 (2025), section 22.2.1, with Unicode; Python's `re`; pcre2pattern(3); IEEE Std
1003.1, 9.3.5, for the named classes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from nexus_gen.analysis.pattern_case import any_case, closes_last

_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CLASSES = frozenset("dDwW")
_CONTROLS = frozenset("tnrfv")
_QUANTIFIER = re.compile(r"\{[0-9]+(,[0-9]*)?\}")
_LOOSE_QUANTIFIER = re.compile(r"\{ *([0-9]*) *(, *([0-9]*) *)?\}")
_HEX = re.compile(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}")
_FLAGS = re.compile(r"\(\?([aimsux]+)(?:-[imsx]+)?([:)])")
_NAMED = re.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')")
_POSIX = re.compile(r"\[:(\^?)([a-z]+):\]")
_DELIMITED = re.compile(r"/(\^.*|.*[^\\]\$)/([a-z]*)", re.DOTALL)

_SPACES = r" \t\n\v\f\r"
_NAMED_CLASSES = {
    "alpha": "A-Za-z",
    "digit": "0-9",
    "alnum": "A-Za-z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": _SPACES,
    "blank": r" \t",
    "punct": r"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E",
    "xdigit": "0-9A-Fa-f",
    "word": r"\w",
    "cntrl": r"\x00-\x1F\x7F",
    "print": r"\x20-\x7E",
    "graph": r"\x21-\x7E",
    "ascii": r"\x00-\x7F",
}
_ESCAPES = {
    "a": (r"\x07", "ECMA-262 does not know this escape"),
    "e": (r"\x1B", "neither Python nor ECMA-262 knows this escape"),
    "0": (r"\x00", "Python reads it as an octal number"),
    "A": ("^", "ECMA-262 does not know this escape"),
    "Z": ("$", "ECMA-262 does not know this escape"),
    "z": ("$", "neither Python nor ECMA-262 knows this escape"),
    "R": (r"(?:\r\n|[\n\v\f\r\x85\u2028\u2029])", "neither Python nor ECMA-262 knows this escape"),
    "h": (r"[\t \xA0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000]", "only PCRE and Java know it"),
    "H": (r"[^\t \xA0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000]", "only PCRE and Java know it"),
}
_ANCHORS = frozenset("AZz")
_PROPERTY = re.compile(r"[pP](\{[^}]*\}|[A-Z])")
_NUMBERED = (
    re.compile(r"u\{([0-9a-fA-F]{1,6})\}|x\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8})"),
    re.compile(r"o\{([0-7]{1,6})\}|([0-3]?[0-7]{2})(?![0-9])|0([0-7])(?![0-9])"),
)
_MAX_CHARACTER = 0x10FFFF

_OPENINGS = (
    ("(?=", "look-ahead may search the text again and again"),
    ("(?!", "look-ahead may search the text again and again"),
    ("(?<=", "look-behind is limited to a fixed width in Python, and not in ECMA-262"),
    ("(?<!", "look-behind is limited to a fixed width in Python, and not in ECMA-262"),
    ("(?P=", "back references cannot be matched in linear time"),
    ("(?>", "ECMA-262 has no atomic groups"),
    ("(?(", "ECMA-262 has no conditions"),
    ("(?|", "neither Python nor ECMA-262 resets numbers of groups"),
    ("(?R", "neither Python nor ECMA-262 knows recursion"),
    ("(?&", "neither Python nor ECMA-262 knows recursion"),
    ("(?P>", "neither Python nor ECMA-262 knows recursion"),
)


class Unportable(NamedTuple):
    """A part of a pattern that does not mean the same everywhere.

    Attributes:
        part: the text of it.
        why: the difference, without a full stop.
        instead: what means the same to all; None if nothing does.
    """

    part: str
    why: str
    instead: str | None = None


class Reading(NamedTuple):
    """What was found in a pattern.

    Attributes:
        problems: the parts that are not portable, in order.
        portable: the pattern with each of them replaced; None if one of them cannot be.
    """

    problems: tuple[Unportable, ...]
    portable: str | None

    @property
    def worst(self) -> Unportable | None:
        """The first part that nothing replaces, else the first; None if all is portable."""
        unlike = (one for one in self.problems if one.instead is None)
        return next(unlike, next(iter(self.problems), None))


def read(pattern: str, *, is_line: bool = False) -> Reading:
    """The parts of a pattern that are not portable, and a pattern that is and means the same.

    Args:
        is_line: whether the texts hold no line end and no control character.
    """
    return _Reader(pattern, is_line).read()


class _Reader:
    """Reads a pattern once and writes the portable one beside it."""

    def __init__(self, pattern: str, is_line: bool) -> None:
        self._pattern = pattern
        self._is_line = is_line
        self._position = 0
        self._written: list[str] = []
        self._problems: list[Unportable] = []
        self._flags: set[str] = set()

    def read(self) -> Reading:
        self._delimiters()
        while self._position < len(self._pattern):
            self._next()
        portable: str | None = "".join(self._written)
        if any(problem.instead is None for problem in self._problems):
            portable = None
        if portable is not None:
            portable = re.sub(r"(?<!\\)\$\$$", "$", re.sub(r"^\^\^", "^", portable))
        if portable is not None and "i" in self._flags:
            portable = any_case(portable)
        return Reading(tuple(self._problems), portable if self._problems else self._pattern)

    def _delimiters(self) -> None:
        """`/^...$/i`, as JavaScript and Perl write a pattern: the slashes are no part of it."""
        if match := _DELIMITED.fullmatch(self._pattern):
            why = "the slashes of JavaScript and Perl would be a part of the text"
            self._pattern = match[1]
            flags = set(match[2]) - set("dgyu")
            self._found(f"/{match[2]}", why, "" if self._take(flags) else None)

    def _next(self) -> None:
        character = self._pattern[self._position]
        if character == "\\":
            self._escape(in_class=False)
        elif match := _POSIX.match(self._pattern, self._position):
            self._posix(match, in_class=False)
        elif character == "[":
            self._class()
        elif character == "(":
            self._group()
        elif character in "*+?{":
            self._quantifier()
        elif character in "]}":
            self._replace(character, "ECMA-262 wants it escaped", f"\\{character}")
        elif "x" in self._flags and (character.isspace() or character == "#"):
            line = re.compile(r"#[^\n]*|\s+").match(self._pattern, self._position)
            self._position += len(line[0]) if line else 1
        elif character == "." and "s" in self._flags and not self._is_line:
            self._keep(character, r"[\d\D]")
        else:
            self._keep(character, character)

    def _keep(self, text: str, written: str) -> None:
        """Go past a text and write another that means the same to everybody."""
        self._written.append(written)
        self._position += len(text)

    def _found(self, part: str, why: str, instead: str | None) -> None:
        self._problems.append(Unportable(part, why, instead))

    def _replace(self, part: str, why: str, instead: str | None = None) -> None:
        self._found(part, why, instead)
        self._keep(part, instead or "")

    def _take(self, flags: set[str]) -> bool:
        """Whether flags for the whole pattern can be done without."""
        if flags - set("aimsx") or (flags & {"m"} and not self._is_line):
            return False
        self._flags |= flags
        return True

    def _group(self) -> None:
        rest = self._pattern[self._position :]
        if rest.startswith("(?:") or not rest.startswith("(?"):
            self._keep(
                "(?:" if rest.startswith("(?:") else "(", rest[: 3 if rest[1:2] == "?" else 1]
            )
        elif match := _NAMED.match(rest):
            why = "Python and ECMA-262 write named groups differently, and names have no use here"
            self._replace(match[0], why, "(")
        elif match := _FLAGS.match(rest):
            self._inline_flags(match)
        elif rest.startswith("(?#"):
            end = rest.find(")")
            self._replace(rest[: end + 1] or rest, "ECMA-262 has no comments", "")
        else:
            opening, why = next(
                (one for one in _OPENINGS if rest.startswith(one[0])),
                ("(?", "ECMA-262 does not know this kind of group"),
            )
            self._replace(opening, why)

    def _inline_flags(self, match: re.Match[str]) -> None:
        """`(?i)` at the beginning, or around the whole pattern."""
        part, flags = match[0], set(match[1])
        before, rest = "".join(self._written), self._pattern[self._position :]
        is_all = before in ("", "^") and (match[2] == ")" or closes_last(rest))
        can_go = is_all and "-" not in part and self._take(flags)
        self._replace(
            part,
            "ECMA-262 has no flags inside a pattern",
            ("" if match[2] == ")" else "(?:") if can_go else None,
        )

    def _quantifier(self) -> None:
        match = _QUANTIFIER.match(self._pattern, self._position)
        text = match[0] if match else self._pattern[self._position]
        loose = _LOOSE_QUANTIFIER.match(self._pattern, self._position)
        if text != "{":
            self._keep(text, text)
        elif loose and (loose[1] or loose[3]) and self._written:
            bounds = f"{loose[1] or '0'}{',' if loose[2] else ''}{loose[3] or ''}"
            why = "it is a quantifier to one reader and text to another"
            self._replace(loose[0], why, f"{{{bounds}}}")
            text = loose[0]
        else:
            self._replace("{", "it is a quantifier to one reader and text to another", r"\{")
            return
        following = self._pattern[self._position : self._position + 1]
        if following == "+":
            self._possessive(text)
        elif following == "?":
            self._keep("?", "?")

    def _possessive(self, text: str) -> None:
        rest = self._pattern[self._position + 1 :]
        is_fixed = text.startswith("{") and "," not in text
        same = is_fixed or rest in ("", "$", r"\Z", r"\z")
        self._found(f"{text}+", "ECMA-262 has no possessive quantifiers", text if same else None)
        self._position += 1

    def _escape(self, *, in_class: bool) -> None:
        start = self._position + 1
        escaped = self._pattern[start : start + 1]
        part = f"\\{escaped}"
        hexadecimal = _HEX.match(self._pattern, start)
        if hexadecimal:
            self._keep(f"\\{hexadecimal[0]}", f"\\{hexadecimal[0]}")
        elif (
            escaped in _SYNTAX | _CLASSES | _CONTROLS
            or (escaped in "bB" and not in_class)
            or (escaped == "-" and in_class)
        ):
            self._keep(part, part)
        elif escaped in "sS":
            self._white_space(part, in_class)
        elif match := _PROPERTY.match(self._pattern, start):
            why = "Python has no classes of Unicode"
            self._replace(f"\\{match[0]}", why)
        elif (number := self._numbered(start)) is not None:
            text, code = number
            self._replace(f"\\{text}", "ECMA-262 or Python reads it otherwise", _character(code))
        elif escaped in "123456789k":
            self._replace(part, "back references cannot be matched in linear time")
        elif escaped == "b":
            self._replace(
                part, "it is a letter in a class, which ECMA-262 writes otherwise", r"\x08"
            )
        elif escaped == "Q" and not in_class:
            text, _, _ = self._pattern[start + 1 :].partition(r"\E")
            quoted = "".join(f"\\{one}" if one in _SYNTAX else one for one in text)
            whole = self._pattern[self._position : start + 1 + len(text) + 2]
            self._replace(whole, "neither Python nor ECMA-262 knows this quote", quoted)
        elif escaped in _ESCAPES and not (in_class and escaped in "AZzRhH"):
            instead, why = _ESCAPES[escaped]
            self._replace(part, why, instead)
        elif escaped == "c" and (letter := self._pattern[start + 1 : start + 2]).isalpha():
            why = "Python does not know this escape"
            self._replace(f"{part}{letter}", why, _character(ord(letter) % 32))
        elif escaped.isalpha():
            self._replace(part, "ECMA-262 does not know this escape, or means something else")
        else:
            self._replace(part, "ECMA-262 does not let this character be escaped", escaped)

    def _white_space(self, part: str, in_class: bool) -> None:
        """White space of ASCII; a line holds no other than the space."""
        spaces = " " if self._is_line else _SPACES
        why = "Python and ECMA-262 take different characters for white space"
        before = self._written[-1] if self._written else ""
        alone = self._pattern[self._position + 2 : self._position + 3] == "]"
        if not in_class:
            self._replace(part, why, f"[{spaces}]" if part == r"\s" else f"[^{spaces}]")
        elif part == r"\s":
            self._replace(part, why, spaces)
        elif before in ("[", "[^") and alone:
            self._written[-1] = "[^" if before == "[" else "["
            self._replace(part, why, spaces)
        elif [one.part for one in self._problems[-1:]] == [r"\s"] and self._is_whole_class(alone):
            self._written[-1] = r"\d\D"
            self._problems[-1:] = [Unportable(r"\s\S", why, r"\d\D")]
            self._position += 2
        else:
            self._replace(part, why)

    def _is_whole_class(self, alone: bool) -> bool:
        """Whether a class is `[\\s\\S]`."""
        return alone and self._pattern.startswith(r"[\s", self._position - 3)

    def _numbered(self, start: int) -> tuple[str, int] | None:
        """A character by its number in base 16 or 8, or by its name."""
        if (name := re.compile(r"N\{([^}]*)\}").match(self._pattern, start)) is not None:
            try:
                return name[0], ord(unicodedata.lookup(name[1]))
            except (KeyError, TypeError):
                return None
        for pattern, base in zip(_NUMBERED, (16, 8), strict=True):
            if (match := pattern.match(self._pattern, start)) is not None:
                code = int(next(filter(None, match.groups())), base)
                return (match[0], code) if code <= _MAX_CHARACTER else None
        return None

    def _posix(self, match: re.Match[str], *, in_class: bool) -> None:
        """`[:alpha:]` of POSIX, which to others is a class of its letters."""
        listed = _NAMED_CLASSES.get(match[2])
        if self._is_line and match[2] in ("space", "blank"):
            listed = " "
        alone = (
            "".join(self._written)[-1:] == "["
            and self._pattern[self._position + len(match[0]) :][:1] == "]"
        )
        instead = listed
        if listed and match[1]:
            instead = f"^{listed}" if alone or not in_class else None
        if instead is not None and not in_class:
            instead = f"[{instead}]"
        self._replace(match[0], "only POSIX knows named classes", instead)

    def _class(self) -> None:
        opening = "[^" if self._pattern.startswith("[^", self._position) else "["
        rest = self._pattern[self._position :]
        if rest.startswith("[^]") and "]" not in rest[3:]:
            self._replace("[^]", "Python ends the class at another `]`", r"[\d\D]")
            return
        self._keep(opening, opening)
        if self._pattern.startswith("]", self._position):
            why = "a `]` there ends the class in ECMA-262 only"
            self._found(f"{opening}]", why, rf"{opening}\]")
            self._keep("]", r"\]")
        while (rest := self._pattern[self._position :])[:1] not in ("]", ""):
            if match := _POSIX.match(rest):
                self._posix(match, in_class=True)
            elif match := re.compile(r"(\\[dDwW])-(?=[^\]])").match(rest):
                why = "a range cannot begin with a class"
                self._found(match[0], why, rf"{match[1]}\-")
                self._keep(match[0], rf"{match[1]}\-")
            elif rest[0] == "\\":
                self._escape(in_class=True)
            elif match := re.compile(r"(.)-(?=\\[dDwWsS])", re.DOTALL).match(rest):
                why = "a range cannot end with a class"
                self._found(match[0], why, rf"{match[1]}\-")
                self._keep(match[0], rf"{match[1]}\-")
            elif rest[0] == "[":
                self._replace("[", "inside a class, some readers take it for another", r"\[")
            elif rest[:2] in ("--", "&&", "||", "~~"):
                why = "inside a class, some readers take it for an operation on sets"
                self._replace(rest[:2], why)
            else:
                self._keep(rest[0], rest[0])
        if self._position < len(self._pattern):
            self._keep("]", "]")


def _character(code: int) -> str:
    """A character as itself where it is printable, else by its number."""
    character = chr(code)
    if character in _SYNTAX | {"-"}:
        return f"\\{character}" if character != "-" else r"\x2D"
    if character.isprintable():
        return character
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
