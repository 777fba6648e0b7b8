"""Refusals of indexes and unique fields."""

from __future__ import annotations

from ..documents import Refusal, course, vertical

_MATCHABLE = (
    "legal types: `string`, `slug`, `email`, `uuid`, `integer`, `boolean`, `date`, `enum`, `ref`"
)
_SORTABLE = (
    "legal types: `string`, `slug`, `email`, `uuid`, `integer`, `number`, `decimal`, `date`, "
    "`datetime`, `enum`"
)


def _index(declaration: str, fields: str = "starts: {type: date}") -> dict[str, str]:
    return course(fields, f"    indexes: {{{declaration}}}\n")


def _nested(depth: int, last: str) -> dict[str, str]:
    """Entities `E0x` to `E{depth}x`, each the parent of the next, and other lines of the last."""
    texts = []
    for level in range(depth + 1):
        parent = f"    parent: E{level - 1}x\n" if level else ""
        rest = "    fields: {x: {type: string, max_length: 481}}\n    access: {read: [member]}\n"
        texts.append(f"  E{level}x:\n{last if level == depth else parent}{rest}")
    return vertical("".join(texts))


KEYS = (
    Refusal("NX218", _index("by_start: {match: [«start»]}"), "did you mean `starts`?"),
    Refusal("NX218", _index("by_start: {sort: «stars»}"), "did you mean `starts`?"),
    Refusal(
        "NX218",
        _index("mine: {match: [«teacher»]}"),
        "its fields: `created_by`, `starts`",
    ),
    Refusal(
        "NX218",
        course("slug: {type: slug}", "    unique: [slug, «slig»]\n"),
        "did you mean `slug`?",
    ),
    Refusal("NX219", _index("a: {match: [«price»]}", "price: {type: decimal}"), _MATCHABLE),
    Refusal("NX219", _index("a: {sort: «active»}", "active: {type: boolean}"), _SORTABLE),
    Refusal("NX219", course("body: {type: text}", "    unique: [«body»]\n"), _MATCHABLE),
    Refusal(
        "NX220",
        _index("a: {sort: «title»}", "title: {type: string, max_length: 256}"),
        "give `title` a `max_length` of at most 249",
    ),
    Refusal(
        "NX220",
        _index(
            "a: {match: «[x, y]»}",
            "x: {type: string, max_length: 256}, y: {type: string, max_length: 256}",
        ),
        "give `x` a `max_length` of at most 237",
    ),
    Refusal(
        "NX220",
        course("code: {type: string, max_length: 500}", "    unique: [«code»]\n"),
        "give `code` a `max_length` of at most 492",
    ),
    Refusal(
        "NX220",
        _nested(2, "    parent: E1x\n    indexes: {by_x: {match: «[x]»}}\n"),
        "give `x` a `max_length` of at most 479",
    ),
    Refusal("NX220", _nested(74, "    parent: «E73x»\n"), "nest it under fewer parents"),
    Refusal(
        "NX221",
        _index("one: {match: [a, b]}, «two»: {match: [b, a]}", "a: {type: date}, b: {type: date}"),
        "remove one of them",
    ),
    Refusal(
        "NX222",
        _index("by_start: {match: [starts], sort: «starts»}"),
        "order by another field, or leave `sort` out",
    ),
    Refusal(
        "NX223",
        _index("«newest»: {sort: created_at}"),
        "remove it, or say what it should match or order by",
    ),
    Refusal(
        "NX224",
        _index("a: {match: [«cursor»]}", "cursor: {type: integer}"),
        "give the field another name",
    ),
    Refusal(
        "NX306",
        vertical(
            "  Course:\n    fields: {"
            + ", ".join(f"f{number}: {{type: date}}" for number in range(21))
            + "}\n    indexes:\n"
            + "".join(f"      i{number}: {{sort: f{number}}}\n" for number in range(20))
            + "      «i20»: {sort: f20}\n    access: {read: [member]}\n"
        ),
        "remove some: each costs a write for every change",
    ),
)
