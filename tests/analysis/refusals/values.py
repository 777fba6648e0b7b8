"""Refusals of what fields take."""

from __future__ import annotations

from ..documents import Refusal, course, vertical

_RULES = "change the default or the field's rules"
_BACKTRACKS = (
    "let what follows a repetition, and what is repeated in it, begin with characters that it "
    "cannot contain"
)
_NESTED = "{type: integer}"
for _level in range(9, 0, -1):
    _kind = "«list»" if _level == 9 else "list"
    _NESTED = f"{{type: {_kind}, max_items: 2, of: {_NESTED}}}"

VALUES = (
    Refusal(
        "NX241",
        course("level: {type: enum, values: [low, high], default: «hihg»}"),
        "did you mean `high`?",
    ),
    Refusal("NX241", course("seats: {type: integer, maximum: 9, default: «10»}"), _RULES),
    Refusal("NX241", course("price: {type: decimal, default: «'1.005'»}"), _RULES),
    Refusal("NX241", course("code: {type: string, max_length: 2, default: «abc»}"), _RULES),
    Refusal("NX241", course("code: {type: string, pattern: '^x$', default: «y»}"), _RULES),
    Refusal("NX241", course("site: {type: url, default: «example.com»}"), _RULES),
    Refusal(
        "NX241",
        course("tags: {type: list, of: {type: slug}, default: «[Not a slug]»}"),
        _RULES,
    ),
    Refusal(
        "NX242",
        course("seats: {type: integer, minimum: «2», maximum: 1}"),
        "swap `minimum` and `maximum`, or change one",
    ),
    Refusal(
        "NX242",
        course("price: {type: decimal, minimum: «'10'», maximum: '9.99'}"),
        "swap `minimum` and `maximum`, or change one",
    ),
    Refusal(
        "NX242",
        course("title: {type: string, min_length: «300»}"),
        "`max_length` is 240 unless you say otherwise: give one",
    ),
    Refusal(
        "NX242",
        course("tags: {type: list, of: {type: slug}, min_items: «3», max_items: 2}"),
        "swap `min_items` and `max_items`, or change one",
    ),
    Refusal("NX242", course("site: {type: url, max_length: «7»}"), "give it 8 at least"),
    Refusal(
        "NX242",
        course("sites: {type: list, of: {type: url, max_length: «1»}}"),
        "give it 8 at least",
    ),
    Refusal(
        "NX242",
        course("code: {type: string, pattern: «'[A-Z]{3}-[0-9]'», max_length: 4}"),
        "change one of them",
    ),
    Refusal("NX242", course("code: {type: string, pattern: «'a{257}'»}"), "change one of them"),
    Refusal(
        "NX242",
        course("code: {type: text, min_length: 9, pattern: «'^(a|bcd){1,2}$'»}"),
        "change one of them",
    ),
    Refusal(
        "NX242",
        course("price: {type: decimal, minimum: «'0.001'», maximum: '0.009'}"),
        "change one of them",
    ),
    Refusal(
        "NX242",
        course(f"price: {{type: decimal, minimum: «'1{'0' * 30}'», scale: 8}}"),
        "change one of them",
    ),
    Refusal(
        "NX242",
        course(f"price: {{type: decimal, maximum: «'-1{'0' * 30}'», scale: 8}}"),
        "change one of them",
    ),
    Refusal("NX242", course("size: {type: number, minimum: «1.0e+126»}"), "change a bound"),
    Refusal("NX242", course("size: {type: number, maximum: «-1.0e+126»}"), "change a bound"),
    Refusal(
        "NX242",
        course("size: {type: number, minimum: «1.0e-150», maximum: 1.0e-140}"),
        "change a bound",
    ),
    Refusal(
        "NX245",
        course("code: {type: string, pattern: «'(a'»}"),
        "close the group with `)`, or write `\\(` for the sign",
    ),
    Refusal(
        "NX246",
        course("code: {type: string, pattern: «'^\\s+$'»}"),
        "write '^[ ]+$'; the space there is U+0020 alone",
    ),
    Refusal(
        "NX246",
        course("code: {type: string, pattern: «'^(a)\\1$'»}"),
        "nothing here means the same as `\\1`: say without it what is legal",
    ),
    Refusal("NX247", course("code: {type: string, pattern: «'^(a+)+$'»}"), _BACKTRACKS),
    Refusal(
        "NX247",
        course("code: {type: text, max_length: 50000, pattern: «'a+b'»}"),
        f"{_BACKTRACKS}; begin the pattern with `^`",
    ),
    Refusal(
        "NX248",
        course(f"cube: {_NESTED}"),
        "make it flatter, or store this part as `json`",
    ),
    Refusal(
        "NX261",
        course("lang: {type: string, required: true, default: «en»}"),
        "remove the default, or `required: true`",
    ),
    Refusal(
        "NX309",
        vertical(
            "  «Course»:\n    fields: {a: {type: list, of: {type: text}, max_items: 41}}\n"
            "    access: {read: [member]}\n"
        ),
        "lower the bounds of `a`, or move it to a child entity",
    ),
    Refusal(
        "NX330",
        vertical(
            "  «Course»:\n    fields: {a: {type: text, max_length: 100000}, b: {type: text}}\n"
            "    access: {read: [member]}\n"
        ),
        "lower the bounds of `a`, or let such a write be answered with 413",
    ),
)
