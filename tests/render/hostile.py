"""Text that a spec could carry to break out of a literal, the same on every run."""

from __future__ import annotations

from functools import cache

from tests.sizes import chance, size

COUNT = size(ci=3_000, soak=20_000)

_NASTY = [
    *"\"'\\`${}%#*/<>[]()|&~_-+=!.:;,@^? \t\n\r\0",
    *(
        "${",
        "%{",
        "$${",
        "%%{",
        "$$${",
        "~}",
        "\\${",
        '"${"',
        "${var.x}",
        "%{ if true }",
        "%{endif}",
    ),
    *(
        '"""',
        "'''",
        '\\"',
        "\\'",
        "\\\\",
        "\\n",
        "\\u0041",
        "\\N{DASH}",
        "\\x41",
        "\\",
        '"\n',
        "'\n",
    ),
    *("*/", "/*", "//", "<!--", "-->", "]]>", "</script>", "```", "~~~", "---", "- ", "1. ", "> "),
    *("# ", "## ", "![x](y)", "[x]: y", "<a>", "&amp;", "|", "\\|", "    ", "{{ x }}", "{% x %}"),
    *(
        "noqa",
        "# type: ignore",
        "checkov:skip=CKV_AWS_1:x",
        "EOF",
        "<<EOF",
        "yes",
        "null",
        "~",
        "0x1",
    ),
    *("12:30:45", "!!python/object:os.system", "&a", "*a", "? ", ": ", "- - ", "%YAML 1.1", "@tag"),
    *(
        "\x00",
        "\x07",
        "\x08",
        "\x0b",
        "\x0c",
        "\x1b[31m",
        "\x7f",
        "\x80",
        "\x85",
        "\x9f",
        "\xa0",
        "\xad",
    ),
    *(
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\ufffe",
        "\uffff",
    ),
    *(
        "é",
        "e\u0301",
        "ß",
        "İ",
        "漢",
        "\uac00",
        "\U0001f600",
        "👩‍🚀",
        "\U000e0041",
        "\U0010ffff",
        "\U0001fffe",
    ),
    *("\u0378", "\U00013460", "\ue000", "\u0600", "\u061c", "\u3000", "\u115f", "\ufe0f", "\u180e"),
]
_WORDS = ["a", "Course", "offers", "x", "0", "9", "the", "organization"]
_ASCII = [chr(point) for point in range(128)]
_SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff"]


@cache
def hostile_texts() -> tuple[str, ...]:
    """`COUNT` different texts that UTF-8 can carry."""
    draw = chance("hostile texts")
    singles = ["", *_NASTY, *_ASCII, *(a + b for a in "$%" for b in ("{", "${", "$", "{{"))]
    texts = dict.fromkeys(singles)
    while len(texts) < COUNT:
        alphabet = draw.choice([_NASTY, _NASTY + _WORDS, _ASCII])
        texts["".join(draw.choices(alphabet, k=draw.randint(1, 12)))] = None
    return tuple(texts)


@cache
def surrogate_texts() -> tuple[str, ...]:
    """Texts that UTF-8 cannot carry."""
    draw = chance("surrogate texts")
    return tuple(
        "".join(draw.choices(_NASTY, k=3)) + surrogate + "".join(draw.choices(_WORDS, k=2))
        for surrogate in _SURROGATES
        for _ in range(10)
    )
