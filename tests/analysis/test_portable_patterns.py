"""What Python and ECMA-262 read alike is let through, what they do not is named."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import warnings

import pytest

from nexus_gen.analysis.pattern_dialects import read
from nexus_gen.analysis.portable_patterns import compile_error, is_sound, unportable
from nexus_runtime.text_checks import compile_pattern
from tests.conftest import absent_tool


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
    ("pattern", "part", "portable"),
    [
        (r"(a)\1", r"\1", None),
        (r"^(?P<y>\d{4})-(?P=y)$", "(?P=", None),
        ("(?=a)", "(?=", None),
        ("(?!a)", "(?!", None),
        ("(?<=a)b", "(?<=", None),
        ("(?<!a)b", "(?<!", None),
        ("(?>a)", "(?>", None),
        ("(a)(?(1)b|c)", "(?(", None),
        ("a++b", "++", None),
        ("[a&&b]", "&&", None),
        (r"[a\S]", r"\S", None),
        (r"\p{L}", r"\p{L}", None),
        (r"[\p{Lu} ]", r"\p{Lu}", None),
        (r"\pL", r"\pL", None),
        (r"\X", r"\X", None),
        ("(?m)^a$", "(?m)", None),
        ("a(?i)b", "(?i)", None),
        ("(?i)é", "(?i)", None),
        ("[[:foo:]]", "[:foo:]", None),
        (r"\-", r"\-", "-"),
        (r"\@", r"\@", "@"),
        ("(?P<name>a)", "(?P<name>", "(a)"),
        ("(?#note)a", "(?#note)", "a"),
        ("a{2}+b", "{2}+", "a{2}b"),
        ("{", "{", r"\{"),
        ("a{1,3", "{", r"a\{1,3"),
        ("}", "}", r"\}"),
        ("a]", "]", r"a\]"),
        ("[[a]", "[", r"[\[a]"),
        ("/^a$/", "/", "^a$"),
        (r"^\Aa\Z$", r"\A", "^a$"),
        (r"a\$\Z", r"\Z", r"a\$$"),
    ],
)
def test_a_pattern_that_is_not_portable(pattern: str, part: str, portable: str | None) -> None:
    found = read(pattern)
    assert found.portable == portable
    assert found.worst is not None
    assert found.worst.part == part
    assert found.worst.why


PYTHON = [
    *(r"^\s+$", r"^[\s-]+$", r"\S", r"^[^\s]$", r"^[\S]$", r"^[\s\S]$", r"^a\sb$", r"^[^\S]$"),
    *("^(?P<y>a+)-$", r"\Aab\Z", "(?i)^ab$", "^(?i:ab|-)$", "(?i)^[a-b]-$", "(?i)^[^a_]+$"),
    *("(?s)^a.b$", "(?x) ^ a b # c", "(?x)^[a b]$", "(?i)^[0-Z]$", r"(?i)^\w-$", "(?a)^a$"),
    *("^a{,2}$", "^a{,2}?$", "a{", "^{$", "^}$", "^a]$", "^[]a]$", "^[^]a]$", "^[[a]$", "^[[a]]$"),
    *(
        "^a++$",
        "^a{2}+$",
        "^(?#x)a$",
        r"^\-$",
        r"^\_$",
        r"^\ $",
        r"^\a$",
        r"^\0$",
        r"^[\b]$",
        r"^\101$",
    ),
    *(r"^\N{LATIN SMALL LETTER A}$", r"^\N{HYPHEN-MINUS}$", r"^\U0001F600$", r"^\x5d$", r"^\055$"),
    r"^[\N{HYPHEN-MINUS}a]$",
]
"""Patterns that mean to Python what their writer means."""

JAVASCRIPT = [
    *("^(?<y>a+)-$", r"^\u{61}$", r"^[\u{61}b]$", r"^\u{1F600}+$", r"^\cA$", r"^\0$", r"^[\b]$"),
    *("^a{0,2}$", r"^[\-a]$", "^[^]$", r"^(?<a>a)|(?<b>b)$"),
]
"""Those that mean it to ECMA-262 with the flag `u`."""

OTHERS = {
    "^[[:alpha:]]+$": "^[a-zA-Z]+$",
    "^[[:digit:]a]$": "^[0-9a]$",
    "^[^[:space:]]+$": r"^[^ \t\n\r\f\v]+$",
    "^[[:^alpha:]]$": "^[^a-zA-Z]$",
    "^[:alpha:]$": "^[a-zA-Z]$",
    "^[[:punct:]]$": "^[!-/:-@\\[-`{-~]$",
    "^[[:upper:][:blank:]-]$": "^[A-Z \t-]$",
    "^[[:xdigit:]]$": "^[0-9a-fA-F]$",
    "/^a-$/": "^a-$",
    "/^ab$/i": "(?i)^ab$",
    "^(?i)ab$": "(?i)^ab$",
    "^(?'y'a+)-$": "^(a+)-$",
    r"\Aab\z": "\\Aab\\Z",
    r"^\x{61}$": "^a$",
    r"^\o{141}$": "^a$",
    r"^\Qa{\E$": r"^a\{$",
    r"^[\w-_]$": r"^[\w_-]$",
    r"^[\d-a]$": r"^[\da-]$",
    r"^[a-\d]$": r"^[\da-]$",
    "^a{1, 2}$": "^a{1,2}$",
    "^a{ ,2 }$": "^a{0,2}$",
    r"^\h$": "^[\\t \xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]$",
    r"^\R$": "^(\r\n|[\n\v\f\r\x85\u2028\u2029])$",
    r"^\e$": "^\x1b$",
}
"""Those of other dialects, and what they mean there in Python's."""

LINES = [
    "".join(letters)
    for size in range(4)
    for letters in itertools.product("aAbB1_-[]^{},/ ", repeat=size)
] + [
    "ab ",
    "a\xa0b",
    "\u3000",
    "é",
    "😀",
    "😀😀",
    "Ab-",
    "ſ",
    "K",
    "\xad",
    "a{,2}",
    "a{1, 2}",
    ":",
    "~",
]
TEXTS = [
    *LINES,
    "\n",
    "a\nb",
    "ab\n",
    "\t",
    "\r\n",
    "\x00",
    "\x01",
    "\x07",
    "\x08",
    "\x1b",
    "\v",
    "\x85",
]


@pytest.mark.parametrize("is_line", [True, False])
@pytest.mark.parametrize(("pattern", "meant"), [*zip(PYTHON, PYTHON, strict=True), *OTHERS.items()])
def test_what_is_offered_means_the_same(pattern: str, meant: str, *, is_line: bool) -> None:
    offered = read(pattern, is_line=is_line).portable
    assert offered is not None
    assert is_sound(offered)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        original = re.compile(meant.replace("$", r"\Z"), re.ASCII)
    taken = compile_pattern(offered)
    texts = LINES if is_line else TEXTS
    assert [text for text in texts if bool(taken(text)) != bool(original.search(text))] == []


@pytest.mark.parametrize("pattern", JAVASCRIPT)
def test_what_is_offered_means_the_same_as_in_javascript(pattern: str) -> None:
    if shutil.which("node") is None:
        absent_tool("node", "Node.js")
    offered = read(pattern).portable
    assert offered is not None
    assert is_sound(offered)
    program = (
        "const [p, t] = JSON.parse(require('fs').readFileSync(0));"
        "const r = new RegExp(p, 'u'); console.log(JSON.stringify(t.map(one => r.test(one))))"
    )
    for one in (pattern, offered):
        done = subprocess.run(
            ["node", "-e", program],
            input=json.dumps([one, TEXTS]),
            capture_output=True,
            text=True,
            check=True,
        )
        taken = compile_pattern(offered)
        assert [bool(taken(text)) for text in TEXTS] == json.loads(done.stdout), one


@pytest.mark.parametrize("pattern", ["[a", "(a", "a)", "*a", r"\p{L}", "a{3,2}", "^*a", "(" * 5000])
def test_what_does_not_compile_has_a_reason(pattern: str) -> None:
    assert compile_error(pattern)
